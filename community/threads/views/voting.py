"""One's own word on whether a post helped: yes, no, or taken back."""

from functools import partial
from typing import Protocol

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.members.models import Member
from community.threads.models import Post
from community.threads.reading import Request, sign_in_first, visible_post
from community.threads.voting import unvote, vote


class Act(Protocol):
    def __call__(self, *, by: Member, post: Post) -> bool: ...


@require_POST
def post_helpful(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, partial(vote, is_helpful=True), my_vote=True)


@require_POST
def post_unhelpful(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, partial(vote, is_helpful=False), my_vote=False)


@require_POST
def post_unvote(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, unvote, my_vote=None)


def _act(request: Request, pk: int, act: Act, my_vote: bool | None) -> HttpResponse:
    post = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=post.get_absolute_url())
    act(by=request.user, post=post)
    if not request.htmx:
        return redirect(post)
    return render(request, "components/vote_button.html", {"post": post, "may_vote": True, "my_vote": my_vote})
