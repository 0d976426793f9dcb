"""Photos taken in while somebody is writing, and taken out again. Answers are JSON, for the editor's script."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.members.limits import TooSoon
from community.threads import attaching
from community.threads.models import Attachment
from community.threads.reading import Request, sign_in_first, visible_post

SIGN_IN = "You are no longer signed in. Sign in in another tab and try again: your text is kept."


@require_POST
def upload_photo(request: Request) -> HttpResponse:
    """`photo` (a file) and `alt`: 201 with `id`, `url`, `small` and its `markdown`; else `error`, a sentence."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": SIGN_IN}, status=403)
    upload = request.FILES.get("photo")
    if upload is None:
        return JsonResponse({"error": "No photo came with this."}, status=400)
    try:
        photo = attaching.take_photo(by=request.user, upload=upload, alt=request.POST.get("alt", ""))
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=400)
    except TooSoon as error:
        return JsonResponse({"error": str(error)}, status=429, headers={"Retry-After": str(error.retry_after_seconds)})
    url = photo.large.url
    shown = f"![{_in_brackets(photo.alt)}]({url})"
    return JsonResponse({"id": photo.pk, "url": url, "small": photo.small.url, "markdown": shown}, status=201)


@require_POST
def remove_photo(request: Request, pk: int) -> HttpResponse:
    """204 for a script; a page's form goes back to the post that had it."""
    photo = get_object_or_404(Attachment.objects.select_related("post__thread"), pk=pk)
    post = visible_post(request, photo.post_id) if photo.post_id else None
    if post is None and photo.uploader_id != request.user.pk:
        raise Http404
    if not request.user.is_authenticated:
        return sign_in_first(request, then=post.get_absolute_url() if post else "/")
    attaching.remove_photo(by=request.user, photo=photo)
    if post is None or "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect(post)


def _in_brackets(words: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", words)
