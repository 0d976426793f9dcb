"""Where the other links of our mails about reviews lead: to be asked no more, and to take back what was written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.threads.models import Post
from community.threads.permissions import can_withdraw
from reviews.inviting.forgetting import forget, take_back
from reviews.inviting.links import address_of, review_of
from reviews.inviting.owners import is_unvisited, owner_of
from reviews.inviting.stopping import go_on, is_stopped, stop
from reviews.views.invited import unlisted, veiled

NOT_WHOLE = "This link is not complete. Copy the whole of it from the mail, or click it there."


@csrf_exempt  # the signed token is the permission: a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_more_invitations(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts; a POST that says nothing else stops."""
    address = address_of(token)
    if address is None:
        raise Http404(NOT_WHOLE)
    if request.method == "POST":
        go_on(address) if request.POST.get("again") else stop(address)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("You are not asked again.", content_type="text/plain")
        return redirect("no_more_invitations", token=token)
    context = {"address": veiled(address), "is_stopped": is_stopped(address, owner_of(address))}
    return unlisted(render(request, "reviews/invited/stop.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def written_by_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What was written without signing in, for who has its mailbox: to read, to delete, or to delete all with it."""
    review = review_of(token)
    if review is None:
        raise Http404(NOT_WHOLE)
    author = review.thread.author
    is_ours_to_forget = is_unvisited(author) and not author.erased_at
    if request.method == "POST":
        if request.POST.get("what") == "all" and is_ours_to_forget:
            forget(author)
        else:
            take_back(review)
        return redirect("written_by_invitation", token=token)
    opening = review.thread.posts.select_related("thread", "author").get(kind=Post.Kind.OPENING)
    context = {
        "review": review,
        "opening": opening,
        "may_delete": can_withdraw(author, opening),
        "may_forget": is_ours_to_forget,
        "is_forgotten": bool(author.erased_at),
    }
    return unlisted(render(request, "reviews/invited/written.html", context))
