"""The page on which a question is asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from community.threads import unsigned
from community.threads.drafting import discard_draft, read_draft
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from forum.asking import ask_question
from forum.forms import QuestionForm
from forum.models import Question
from forum.views.answering import writer_of

PLACE = "question"
HELD = "Thank you. A moderator reads your question before others see it. You will hear from us."


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _submit(request)
    kept = _kept_text(request)
    from_link = {name: request.GET.get(name, "") for name in ("title", "product", "category")}
    initial = from_link | kept
    form = QuestionForm(by=writer_of(request), offered=str(initial["product"]), initial=initial)
    return refused(request, "forum/ask.html", {"is_resumed": bool(kept), "draft_place": PLACE}, form)


def _submit(request: Request) -> HttpResponse:
    form = QuestionForm(request.POST, request.FILES, by=writer_of(request))
    if not form.is_valid() or (form.by is None and not unsigned.keep(request, PLACE, form)):
        return refused(request, "forum/ask.html", {"draft_place": PLACE}, form)
    if form.by is None:
        return sign_in_first(request, then=reverse("ask"))
    question = form.attempt(lambda: _ask(form))
    if question is None:
        return refused(request, "forum/ask.html", {"draft_place": PLACE}, form)
    discard_draft(by=form.by, place=PLACE)
    unsigned.forget(request, PLACE)
    if not question.thread.is_published:
        messages.info(request, HELD)
    return redirect(question)


def _ask(form: QuestionForm) -> Question:
    fields = ("category", "title", "body", "product", "tags", "photos", "submission_key")
    return ask_question(by=form.by, **{name: form.cleaned_data[name] for name in fields})


def _kept_text(request: Request) -> dict[str, Any]:
    """What they wrote before they signed in, or else their draft."""
    kept = unsigned.find(request, PLACE)
    if not kept and request.user.is_authenticated:
        kept = read_draft(request.user, PLACE)
    return kept
