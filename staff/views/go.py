"""The helpful link's address: leads to the stored page and nowhere else."""

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.tasks import async_task

from community.threads.models import Post
from community.threads.reading import Request
from staff.models import HelpfulLink
from staff.outcomes.opening import is_person, visitor_marks

ASKED_ONCE_IN = 600  # seconds


@never_cache
@require_safe
def go(request: Request, token: str) -> HttpResponse:
    """Counting is the worker's: reading changes nothing."""
    readable = Q(post__in=Post.objects.visible_to(request.user)) | Q(message__isnull=False)
    links = HelpfulLink.objects.filter(readable)  # a message's token is known to its customer alone
    link = get_object_or_404(links, token=token)
    if is_person(request):
        now = timezone.now()
        marks = visitor_marks(request, now)
        if cache.add(
            f"opened:{link.pk}:{marks[0]}", True, ASKED_ONCE_IN
        ):  # it counts once a day: a loop fills no queue
            async_task("staff.tasks.count_opening", link.pk, request.user.pk, marks, now.isoformat())
    response = HttpResponseRedirect(link.url)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
