"""Buttons on a question's page that change where it stands: solved, closed, waiting, and each taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.threads.models import Post, Thread
from community.threads.reading import Request, sign_in_first
from forum import closing, needing_details, solving, still_needing
from forum.models import Question


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    return _on_answer(request, pk, solving.accept, "Thank you. It stands first now, as the accepted answer.")


@require_POST
def unaccept(request: Request, pk: int) -> HttpResponse:
    return _on_answer(request, pk, solving.unaccept, "It is no longer the accepted answer.")


@require_POST
def close_question(request: Request, pk: int) -> HttpResponse:
    return _on_question(request, pk, closing.close, "The question is closed. It takes no further answers.")


@require_POST
def reopen_question(request: Request, pk: int) -> HttpResponse:
    return _on_question(request, pk, closing.reopen, "The question is open again.")


@require_POST
def enough_details(request: Request, pk: int) -> HttpResponse:
    return _on_question(request, pk, needing_details.enough_details, "It no longer waits for details.")


@require_POST
def need_no_more(request: Request, pk: int) -> HttpResponse:
    return _on_question(request, pk, still_needing.need_no_more, "Good to hear. Mark what helped, if an answer did.")


def _on_answer(request: Request, pk: int, act: Callable[..., bool], done: str) -> HttpResponse:
    visible = Post.objects.visible_to(request.user).answers().filter(thread__question__isnull=False)
    post = get_object_or_404(visible.select_related("thread"), pk=pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=post.get_absolute_url())
    if act(by=request.user, post=post):
        messages.success(request, done)
    return redirect(post)


def _on_question(request: Request, pk: int, act: Callable[..., bool], done: str) -> HttpResponse:
    threads = Thread.objects.visible_to(request.user).questions()
    thread = get_object_or_404(threads.filter(question__isnull=False).select_related("question"), pk=pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=thread.get_absolute_url())
    question: Question = thread.question
    if act(by=request.user, question=question):
        messages.success(request, done)
    return redirect(thread)
