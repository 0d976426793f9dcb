"""Fetching one post for one reader: the door that every view of this room comes in by."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from community.members.models import Member
from community.threads.models import Post


class Request(HttpRequest):
    """What django-htmx's middleware makes of a request."""

    htmx: HtmxDetails


class MemberRequest(Request):
    """As it is behind `login_required`."""

    user: Member


def visible_post(request: HttpRequest, pk: int) -> Post:
    """The post with its thread and author. 404 unless the reader may see it. One query."""
    posts = Post.objects.visible_to(request.user).select_related("thread", "author", "parent")
    return get_object_or_404(posts, pk=pk)


def sign_in_first(request: Request, *, then: str) -> HttpResponse:
    """To the sign-in page, and from there to the page `then`: never to an address that takes only POST."""
    response = redirect_to_login(then)
    return HttpResponseClientRedirect(response.url) if request.htmx else response
