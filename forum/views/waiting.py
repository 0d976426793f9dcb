"""Two short forms: who asked still needs help, and somebody needs to know more from who asked."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.threads.drafting import discard_draft, read_draft
from community.threads.forms import CommentForm
from community.threads.models import Post, Thread
from community.threads.permissions import require
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from forum import needing_details, still_needing
from forum.models import Question
from forum.permissions import can_ask_for_details, can_still_need

HELD = "Thank you. A moderator reads it before others see it."


class Page(NamedTuple):
    """What one of the two forms says. `act` takes by, question, submission_key and, under the name `field`, a text."""

    template: str
    field: str
    label: str
    help_text: str
    act: Callable[..., Post]
    may: Callable[[Any, Question], bool]
    refusal: str
    done: str


STILL = Page(
    "forum/still_need_help.html",
    "missing",
    "What is still missing?",
    "What you tried from the answers, and what happened then. Everybody who reads the question sees this.",
    still_needing.still_need_help,
    can_still_need,
    "Only who asked can say this, once somebody has answered.",
    "Your question is back among those that need an answer.",
)
DETAILS = Page(
    "forum/ask_for_details.html",
    "what",
    "What do you need to know?",
    "One clear question. Who asked is told at once, and the question waits for them.",
    needing_details.ask_for_details,
    can_ask_for_details,
    "Only staff and trusted members ask for more about an open question.",
    "Asked. The question waits until there is an answer.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def still_need_help(request: Request, pk: int) -> HttpResponse:
    return _page(request, pk, STILL)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_details(request: Request, pk: int) -> HttpResponse:
    return _page(request, pk, DETAILS)


def _page(request: Request, pk: int, page: Page) -> HttpResponse:
    threads = Thread.objects.visible_to(request.user).questions().filter(question__isnull=False)
    question = get_object_or_404(threads.select_related("question__category", "author"), pk=pk).question
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    require(page.may(request.user, question), page.refusal)
    place = f"{page.field}:{pk}"
    context = {"question": question, "thread": question.thread, "draft_place": place}
    if request.method != "POST":
        return refused(request, page.template, context, _form(page, initial=read_draft(request.user, place)))
    form = _form(page, data=request.POST)
    said = _say(request, question, page, form) if form.is_valid() else None
    if said is None:
        return refused(request, page.template, context, form)
    discard_draft(by=request.user, place=place)
    messages.success(request, page.done if said.is_published else HELD)
    return redirect(said)


def _form(page: Page, **options: Any) -> CommentForm:
    form = CommentForm(**options)
    form.fields["body"].label, form.fields["body"].help_text = page.label, page.help_text
    return form


def _say(request: Request, question: Question, page: Page, form: CommentForm) -> Post | None:
    words = {page.field: form.cleaned_data["body"], "submission_key": form.cleaned_data["submission_key"]}
    return form.attempt(partial(page.act, by=request.user, question=question, **words))
