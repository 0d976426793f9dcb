"""“I have this question too”, and taking that back: by members, and by strangers without a session or a token."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from community.members.visitors import visitor_of
from community.threads.models import Thread
from forum.me_too import have_no_more, have_too
from forum.models import Question
from forum.strangers import give_mark, is_sent_from_here, mark_of, new_mark

Act = Callable[[HttpRequest, Question], HttpResponse]


@csrf_exempt  # strangers' pages are one for all and carry no token: see _by_stranger
@require_POST
def me_too(request: HttpRequest, pk: int) -> HttpResponse:
    if request.user.is_authenticated:
        return _by_member(request, pk, True)
    return _by_stranger(request, pk, True)


@csrf_exempt
@require_POST
def not_me_too(request: HttpRequest, pk: int) -> HttpResponse:
    if request.user.is_authenticated:
        return _by_member(request, pk, False)
    return _by_stranger(request, pk, False)


@csrf_protect
def _by_member(request: HttpRequest, pk: int, has_it: bool) -> HttpResponse:
    question = _question(request, pk)
    act = have_too if has_it else have_no_more
    act(by=request.user, question=question)  # type: ignore[arg-type]  # csrf_protect's caller has looked
    return _back_to(question)


def _by_stranger(request: HttpRequest, pk: int, has_it: bool) -> HttpResponse:
    question, mark = _question(request, pk), mark_of(request)
    if not is_sent_from_here(request):
        raise PermissionDenied("This came from another site. Open the question here and press the button there.")
    response = _back_to(question)
    if has_it:
        mark = mark or new_mark()
        have_too(by=mark, question=question, address=visitor_of(request))
        give_mark(response, mark)
    elif mark:
        have_no_more(by=mark, question=question)
    return response


def _question(request: HttpRequest, pk: int) -> Question:
    threads = Thread.objects.visible_to(request.user).questions().filter(question__isnull=False)
    thread = get_object_or_404(threads.select_related("question"), pk=pk)
    return thread.question


def _back_to(question: Question) -> HttpResponse:
    return redirect(f"{question.get_absolute_url()}#me-too")
