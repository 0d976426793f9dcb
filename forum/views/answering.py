"""An answer's arrival, and a page of its own for what was refused or written before signing in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.members.models import Member
from community.threads import unsigned
from community.threads.drafting import discard_draft, read_draft
from community.threads.models import Post, Thread
from community.threads.permissions import require
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from forum.answering import answer_question
from forum.forms import AnswerForm
from forum.standing import place_of

HELD = "Thank you. A moderator reads your answer before others see it. You will hear from us."


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    questions = Thread.objects.visible_to(request.user).questions().select_related("question", "product", "author")
    thread = get_object_or_404(questions.filter(question__isnull=False), pk=pk)
    require(thread.is_published, "This question waits for a moderator. It can be answered once everybody sees it.")
    require(not thread.is_closed, "This question is closed. It takes no further answers.")
    return _submit(request, thread) if request.method == "POST" else _write(request, thread)


def _write(request: Request, thread: Thread) -> HttpResponse:
    writer, place = writer_of(request), place_of(thread.pk)
    kept = unsigned.find(request, place)
    form = AnswerForm(by=writer, initial=kept or (read_draft(writer, place) if writer else {}))
    return refused(request, "forum/answer.html", _about(thread) | {"is_resumed": bool(kept)}, form)


def _submit(request: Request, thread: Thread) -> HttpResponse:
    place = place_of(thread.pk)
    form = AnswerForm(request.POST, request.FILES, by=writer_of(request))
    if not form.is_valid() or (form.by is None and not unsigned.keep(request, place, form)):
        return refused(request, "forum/answer.html", _about(thread), form)
    if form.by is None:
        return sign_in_first(request, then=request.path)
    made = form.attempt(lambda: _answer(form, thread))
    if made is None:
        return refused(request, "forum/answer.html", _about(thread), form)
    discard_draft(by=form.by, place=place)
    unsigned.forget(request, place)
    if not made.is_published:
        messages.info(request, HELD)
    return redirect(made)


def _answer(form: AnswerForm, thread: Thread) -> Post:
    fields = ("body", "photos", "submission_key")
    return answer_question(by=form.by, question=thread.question, **{name: form.cleaned_data[name] for name in fields})


def writer_of(request: HttpRequest) -> Member | None:
    """Who writes; None while they have not signed in."""
    return request.user if request.user.is_authenticated else None


def _about(thread: Thread) -> dict[str, Any]:
    opening = thread.posts.get(kind=Post.Kind.OPENING)
    return {"thread": thread, "opening": opening, "draft_place": place_of(thread.pk)}
