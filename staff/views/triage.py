"""Trying triage: what would be raised for a text, or is raised for a thread, and why. Nothing is stored."""

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from community.members.text import LineField, TextField
from community.threads.models import Thread
from staff.access import StaffRequest, for_managers
from staff.marking import mark_words
from staff.models import Conversation, ConversationType, DeskSettings, Reason
from staff.triage.case import Finding, Said
from staff.triage.detectors import DETECTORS
from staff.triage.reading import Origin, read_case, words_of
from staff.triage.trying import OUTSIDE, QUESTION, REVIEW, Tried, try_case, try_post, try_text

FOUND = 10
PLACES = {
    QUESTION: "As a question in the community",
    REVIEW: "As a review in the community",
    OUTSIDE: "As said elsewhere, or to us alone",
}


class TryForm(forms.Form):
    text = TextField(label="Text", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))
    place = forms.ChoiceField(label="Where", choices=list(PLACES.items()), initial=QUESTION, widget=forms.RadioSelect)
    parent = TextField(
        label="What it answers",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only for what is said elsewhere.",
    )
    stars = forms.TypedChoiceField(
        label="Stars",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "None"), *((n, n) for n in range(1, 6))],
    )
    waited = forms.IntegerField(
        label="Unanswered for so many business hours", required=False, min_value=0, max_value=10_000, initial=0
    )

    def tried(self) -> Tried:
        given, desk = self.cleaned_data, DeskSettings.current()
        text, stars, words = given["text"], given["stars"], words_of(desk, [given["text"]])
        if given["place"] == OUTSIDE:
            return try_text(text, parent=given["parent"], rating=stars, words=words)
        waited = given["waited"] or 0
        return try_post(text, kind=given["place"], rating=stars, waited_hours=waited, words=words, desk=desk)


class PickForm(forms.Form):
    q = LineField(label="Words of its title, or its number", max_length=200, required=False)

    def threads(self, reader: object) -> QuerySet[Thread]:
        asked = self.cleaned_data["q"]
        visible = Thread.objects.visible_to(reader)
        if asked.isascii() and asked.isdecimal() and len(asked) < 10:
            return visible.filter(pk=int(asked))
        return visible.filter(title__icontains=asked).order_by("-last_post_at")[:FOUND] if asked else visible.none()


@dataclass(frozen=True)
class Shown:
    """One text with the words in it that raise something."""

    who: str
    html: SafeString
    said: Said


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def try_triage(request: StaffRequest) -> HttpResponse:
    """`?thread=` a thread as it stands now, `?q=` threads to pick from; POST judges a text and keeps nothing of it."""
    form = TryForm(request.POST or None)
    pick = PickForm(request.GET)
    thread = _thread(request)
    tried = form.tried() if request.method == "POST" and form.is_valid() else _try_thread(thread) if thread else None
    context = {
        "form": form,
        "pick": pick,
        "threads": pick.threads(request.user) if pick.is_valid() and "q" in request.GET else None,
        "thread": thread,
        "desk_page": "triage",
    } | (_outcome(tried) if tried else {})
    return render(request, "staff/triage.html", context, status=422 if form.errors else 200)


def _thread(request: StaffRequest) -> Thread | None:
    asked = request.GET.get("thread", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return None
    visible = Thread.objects.visible_to(request.user).select_related("author", "question__category", "review")
    return visible.filter(pk=int(asked)).first()


def _try_thread(thread: Thread) -> Tried | None:
    conversation = Conversation.objects.filter(thread=thread).first()
    case = read_case(Origin(thread=thread), conversation, timezone.now())
    return try_case(case) if case.texts else None


def _outcome(tried: Tried) -> dict[str, object]:
    found = {finding.kind for finding in tried.findings}
    return {
        "tried": tried,
        "percent": round(tried.score * 100),
        "type": ConversationType(tried.suggestion.type).label,
        "reasons": [(_label(finding.kind), finding) for finding in tried.findings],
        "not_found": [_label(detector.kind) for detector in DETECTORS if detector.kind not in found],
        "texts": [_show(said, tried.findings) for said in tried.case.texts],
    }


def _label(kind: str) -> str:
    return Reason(kind=kind).get_kind_display()


def _show(said: Said, findings: tuple[Finding, ...]) -> Shown:
    who = "The company" if said.is_official else "A colleague" if said.is_staff else "A customer"
    words = [finding.evidence for finding in findings if finding.key == said.key]
    return Shown(who, mark_words(linebreaks(said.body, autoescape=True), words), said)
