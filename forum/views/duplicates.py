"""Finding the question that answers another one already, linking the two, and taking the link back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.members.text import tidy_line
from community.threads.models import Thread
from community.threads.permissions import require
from community.threads.reading import Request, sign_in_first
from forum.duplicates import SENTENCE, candidates_for, mark_duplicate, question_at, unmark_duplicate
from forum.models import Question
from forum.permissions import can_link

LONGEST = 300
NOT_FOUND = "No public question is at that address. Paste the address of the question, or search for its title."


@require_safe
def duplicate(request: Request, pk: int) -> HttpResponse:
    """`?q=` words of the other question's title, or its address. Without it: questions much like this one."""
    thread = _thread(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    require(can_link(request.user, thread.question), SENTENCE)
    return _choose(request, thread, tidy_line(request.GET.get("q", "")[:LONGEST]))


@require_POST
def link_duplicate(request: Request, pk: int) -> HttpResponse:
    """`of`: the number or address of the question that answers this one."""
    thread, of = _thread(request, pk), tidy_line(request.POST.get("of", "")[:LONGEST])
    if not request.user.is_authenticated:
        return sign_in_first(request, then=thread.get_absolute_url())
    canonical = question_at(of)
    try:
        if canonical is None:
            require(can_link(request.user, thread.question), SENTENCE)
            raise ValidationError(NOT_FOUND)
        if mark_duplicate(by=request.user, question=thread.question, of=canonical):
            messages.success(request, "It is linked. Both questions stay as they are.")
    except ValidationError as error:
        return _choose(request, thread, of, error=error.messages[0])
    return redirect(thread)


@require_POST
def unlink_duplicate(request: Request, pk: int) -> HttpResponse:
    thread = _thread(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=thread.get_absolute_url())
    if unmark_duplicate(by=request.user, question=thread.question):
        messages.success(request, "The link is taken back.")
    return redirect(thread)


def _thread(request: Request, pk: int) -> Thread:
    threads = Thread.objects.visible_to(request.user).questions().filter(question__isnull=False)
    return get_object_or_404(threads.select_related("question", "author"), pk=pk)


def _choose(request: Request, thread: Thread, text: str, error: str = "") -> HttpResponse:
    question: Question = thread.question
    named = question_at(text) if text else None
    found = [named] if named and named.pk != question.pk else candidates_for(question, text)
    context = {"thread": thread, "found": found, "q": text, "error": error}
    return render(request, "forum/duplicate.html", context, status=400 if error else 200)
