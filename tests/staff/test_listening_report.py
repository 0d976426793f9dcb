"""The two-week report: its numbers are counted by another way here, and each opens just what it counts."""

import csv
import random
import re
from collections import Counter
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from staff.closing import no_reply_needed
from staff.listening.answering import mark_posted, write_answer
from staff.listening.report import headlines, heard_in, tables
from staff.listening.standing import Filters, mentions
from staff.listening.taking import take
from staff.models import Conversation, Mention, Message, Outcome, Source

pytestmark = pytest.mark.django_db
TEXTS = {
    1: "I love my Alder & Tarn jumper, thank you!",
    0: "An Alder & Tarn shop opens in Leeds.",
    -1: "My Alder & Tarn jacket leaks, I am disappointed.",
}


@pytest.fixture
def weeks(brand: Any, responder: Any) -> list[dict[str, Any]]:
    """Two dozen mentions over four weeks, from three places, of every tone; and what was put into each."""
    dice = random.Random(11)
    sources = [Source.objects.create(name=name, kind=Source.Kind.HAND) for name in ("Blog", "Forum", "News")]
    notes = []
    for nth in range(24):
        note = {"source": dice.choice(sources), "tone": dice.choice([1, 0, -1]), "days": dice.uniform(0, 28)}
        note["act"] = dice.choice(["posted", "written", "dismissed", "nothing"])
        mention = take(source=note["source"], external_id=str(nth), text=TEXTS[note["tone"]])
        notes.append(note | {"pk": mention.pk} | _acted(mention, note, responder, dice))
    return notes


def _acted(mention: Mention, note: dict[str, Any], by: Any, dice: random.Random) -> dict[str, Any]:
    heard_at = timezone.now() - timedelta(days=note["days"])
    current = Conversation.objects.get(mention=mention)
    note["type"] = current.shown_type
    if note["act"] in ("posted", "written"):
        note["type"] = "retention"
        message = write_answer(by=by, conversation=current, body="Hello.", type="retention")
        if note["act"] == "posted":
            mark_posted(by=by, message=message, permalink="https://x.example/1")
            note["effect"] = dice.choice(["strengthened", "weakened", ""])
            if note["effect"]:
                Outcome.objects.create(message=message, effect=note["effect"], evidence="thanked")
    elif note["act"] == "dismissed":
        no_reply_needed(by=by, conversation=current, because="News")
    note["wait"] = timedelta(hours=dice.randint(1, 20)) if note["act"] == "posted" else None
    Mention.objects.filter(pk=mention.pk).update(seen_at=heard_at)
    if note["wait"]:
        Conversation.objects.filter(pk=current.pk).update(first_company_response_at=heard_at + note["wait"])
    return note


def numbers(weeks: list[dict[str, Any]], responder: Any, days: int = 14) -> tuple[list[dict[str, Any]], Any, Any]:
    filters = Filters(days=days)
    heard = heard_in(mentions(filters, responder))
    inside = [note for note in weeks if note["days"] <= days]
    return inside, dict(headlines(heard, filters)), {table.key: table for table in tables(heard, filters)}


def test_the_headlines_count_what_was_heard_answered_and_still_waits(weeks, responder):
    inside, head, _ = numbers(weeks, responder)
    acts = Counter(note["act"] for note in inside)
    assert head["heard"].number == len(inside)
    assert head["answered"].number == acts["posted"]
    assert head["still waiting"].number == acts["written"] + acts["nothing"]  # written is not posted


def test_where_and_in_what_tone(weeks, responder):
    inside, _, found = numbers(weeks, responder)
    for line in found["places"].lines:
        here = [note for note in inside if note["source"].name == line.label]
        tones = Counter(note["tone"] for note in here)
        assert [cell.number for cell in line.cells[:4]] == [len(here), tones[1], tones[0], tones[-1]]


def test_which_types_were_answered_and_how_fast_with_who_waits_in_the_denominator(weeks, responder):
    """Rule 4. The trap: leave who still waits out, and the median is that of the few we answered."""
    inside, _, found = numbers(weeks, responder)
    line = next(line for line in found["types"].lines if line.label == "Retention")
    here = [note for note in inside if note["type"] == "retention"]
    waits = sorted(note["wait"] for note in here if note["act"] == "posted")
    asked = len([note for note in here if note["act"] != "dismissed"])
    assert [cell.number for cell in line.cells[:2]] == [len(here), len(waits)]
    rank = -(-asked // 2) - 1
    hours = waits[rank].total_seconds() / 3600 if rank < len(waits) else None
    assert line.cells[4].words == (f"{hours:.0f} h" if hours else "–")


def test_what_came_of_it_by_the_customers_evidence_beside_staffs(weeks, responder):
    inside, _, found = numbers(weeks, responder)
    effects = Counter(note.get("effect") or "unknown" for note in inside if note["act"] == "posted")
    lines = {line.label: [cell.number for cell in line.cells] for line in found["outcomes"].lines}
    answered = sum(effects.values())
    assert lines["Strengthened"] == [effects["strengthened"], 0]
    assert lines["Weakened"] == [effects["weakened"], 0]
    assert lines["Unknown yet"] == [effects["unknown"], answered]


@pytest.mark.parametrize("days", [7, 14, 0])
def test_every_number_opens_just_what_it_counts(weeks, responder, as_, days):
    page = as_(responder).get(reverse("listening_report"), {"days": days})
    links = re.findall(r'href="(/staff/listening/\?[^"]+)">(\d+)<', page.text)
    assert len(links) > 15
    for address, number in links:
        shown = as_(responder).get(unescape(address))
        assert shown.context["page"].paginator.count == int(number), address


def test_two_weeks_unless_another_period_is_chosen(weeks, responder, as_):
    page = as_(responder).get(reverse("listening_report"))
    assert page.context["filters"].days == 14
    assert as_(responder).get(reverse("listening_report"), {"days": "13"}).context["filters"].days == 14


def test_the_file_has_a_row_for_each_and_no_formulas(weeks, responder, as_):
    Mention.objects.update(author="=HYPERLINK(1)")
    page = as_(responder).get(reverse("listening_report_csv"), {"days": 0})
    rows = list(csv.DictReader(StringIO(page.content.decode())))
    assert len(rows) == 24 and {row["Author"] for row in rows} == {"'=HYPERLINK(1)"}


def test_the_report_costs_the_same_for_many(weeks, responder, as_, django_assert_max_num_queries):
    client = as_(responder)
    client.get(reverse("listening_report"))
    for name in ("listening_report", "listening"):
        with django_assert_max_num_queries(10):
            client.get(reverse(name), {"days": 0})


def test_nothing_heard_is_said(responder, as_):
    assert "Nothing was heard" in as_(responder).get(reverse("listening_report")).text
    assert not Message.objects.exists()
