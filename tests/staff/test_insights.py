"""Figures that a manager can trust: nothing flatters, nothing is added up, and every number opens its list."""

import random
import re
from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from community.threads.models import Post, Thread
from community.threads.withdrawing import withdraw
from staff.clock import Hours
from staff.insights.conversations import conversations_section
from staff.insights.effects import effects_section
from staff.insights.links import links_section
from staff.insights.period import Period
from staff.insights.responses import responses_section
from staff.insights.tables import Item, Section
from staff.insights.waits import Wait, quantile, spoken, summarise
from staff.models import Conversation, HelpfulLink, LinkOpening, Outcome, Reply
from staff.outcomes import record
from staff.replying import reply
from tests.staff.many import ask_many

pytestmark = pytest.mark.django_db
TYPES = ["appreciation", "retention", "conversion", "reactivation", "acquisition", ""]
EFFECTS = ["strengthened", "no_change", "weakened", "unknown"]


def month() -> Period:
    return Period(30, timezone.now())


def number(section: Section, key: str) -> int:
    found = section.behind(key)
    assert found is not None, key
    return len(found[1])


# Waits ----------------------------------------------------------------------------------------------------------------


def wait(hours: float, answered: float | None = None, due: float | None = None) -> Wait:
    """Asked `hours` before noon, answered and due so many hours later."""
    asked = datetime(2026, 11, 18, 12, tzinfo=UTC) - timedelta(hours=hours)
    after = [asked + timedelta(hours=h) if h is not None else None for h in (answered, due)]
    return Wait(Item("", "", asked), asked, *after)


NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ROUND_THE_CLOCK = Hours(dict.fromkeys(range(7), ((time(0), time(23, 59, 59)),)))


def test_who_still_waits_stays_in_the_denominator():
    """The trap: leave the two out, and the median is a proud half hour."""
    waits = [wait(5, 0.5), wait(5, 0.5), wait(90), wait(80)]
    summary = summarise(waits, ROUND_THE_CLOCK, NOON)
    assert summary.median == timedelta(minutes=30)
    assert summarise([*waits, wait(70)], ROUND_THE_CLOCK, NOON).median is None
    assert summary.ninetieth is None
    assert summary.waiting[0].asked == NOON - timedelta(hours=90)


def test_late_counts_the_unanswered_whose_time_is_over():
    waits = [wait(5, 1, due=2), wait(5, 3, due=2), wait(5, None, due=2), wait(1, None, due=2)]
    summary = summarise(waits, ROUND_THE_CLOCK, NOON)
    assert (len(summary.in_time), len(summary.late), len(summary.all)) == (1, 2, 4)


def test_business_time_leaves_the_night_out():
    office = Hours(dict.fromkeys(range(5), ((time(9), time(17)),)))
    overnight = Wait(Item("", "", NOON), NOON + timedelta(hours=4), NOON + timedelta(hours=22))  # 16:00 to 10:00
    summary = summarise([overnight], office, NOON + timedelta(days=2))
    assert (summary.median, summary.business_median) == (timedelta(hours=18), timedelta(hours=2))


@given(st.lists(st.one_of(st.none(), st.timedeltas(timedelta(), timedelta(days=9))), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_the_value_that_so_many_do_not_exceed(durations, share):
    found = quantile(durations, share)
    within = sum(d is not None and found is not None and d <= found for d in durations)
    if found is None:
        assert sum(d is not None for d in durations) < share * len(durations)
    else:
        assert within >= share * len(durations)


def test_durations_are_said_in_words():
    said = [spoken(timedelta(minutes=m)) for m in (0, 40, 60, 200, 24 * 60, 52 * 60)]
    assert said == ["0 min", "40 min", "1 h", "3 h 20 min", "1 day", "2 days 4 h"]
    assert spoken(None) == "–"


# A set whose figures are computed by another way ----------------------------------------------------------------------


@pytest.fixture
def months_work(member, other_member, category, product, responder, manager) -> list[dict]:
    """Sixty conversations of every type, state and outcome, and what was put into each."""
    dice = random.Random(7)
    now = timezone.now()
    notes = []
    for nth, thread in enumerate(ask_many(60, member, category, product, at=now - timedelta(days=40))):
        asked = now - timedelta(days=dice.choice([2, 10, 25, 45]), hours=nth / 60)
        Thread.objects.filter(pk=thread.pk).update(created_at=asked)
        note = {"asked": asked, "type": dice.choice(TYPES), "replied": None, "answered": None, "thread": thread}
        note |= {"state": "waiting", "customer": "unknown", "staff": "unknown", "opened": False, "link": False}
        conversation = Conversation.objects.create(
            thread=thread, customer=member, asked_at=asked, waiting_since=asked, type=note["type"],
            first_due_at=asked + timedelta(hours=8),
        )  # fmt: skip
        if dice.random() < 0.3:
            note["answered"] = asked + timedelta(hours=dice.randint(1, 20))
            _post(thread, other_member, note["answered"])
        if dice.random() < 0.7:
            note["state"] = dice.choice(["answered", "closed", "no_reply", "settled"])
            note["replied"] = asked + timedelta(hours=dice.randint(1, 30))
            _reply(conversation, responder, manager, note, dice)
        notes.append(note)
    return notes


def _post(thread, author, at, **fields) -> Post:
    return Post.objects.create(
        thread=thread, author=author, kind="answer", body="Words.", body_html="<p>Words.</p>", created_at=at, **fields
    )


def _reply(conversation, responder, manager, note, dice) -> None:
    post = _post(conversation.thread, responder, note["replied"], is_official=True)
    Reply.objects.create(post=post, conversation=conversation, type=note["type"])
    note |= {"customer": dice.choice(EFFECTS), "staff": dice.choice(EFFECTS), "link": dice.random() < 0.5}
    if note["customer"] != "unknown":
        Outcome.objects.create(post=post, effect=note["customer"], evidence="helpful_vote")
    if note["staff"] != "unknown":
        Outcome.objects.create(post=post, effect=note["staff"], evidence="staff_judgement", recorded_by=manager)
    if note["link"]:
        link = HelpfulLink.objects.create(
            post=post, url="https://example.com/", need="how to wash", token=f"t{post.pk}"
        )
        note["opened"] = dice.random() < 0.5
        if note["opened"]:
            LinkOpening.objects.create(link=link, visitor="member:1", is_asker=True)
            Outcome.objects.create(post=post, effect="unknown", evidence="link_opened")
    Conversation.objects.filter(pk=conversation.pk).update(
        state=note["state"], first_company_response_at=note["replied"], waiting_since=None, due_at=None
    )


def recent(notes: list[dict], period: Period, field: str = "asked") -> list[dict]:
    return [note for note in notes if note[field] and note[field] >= period.since]


def test_conversations_by_type_and_state(months_work):
    period = month()
    section = conversations_section(period)
    expected = Counter((note["type"] or "untyped", note["state"]) for note in recent(months_work, period))
    shown = {
        (kind or "untyped", state): number(section, f"{kind or 'untyped'}.{state}")
        for kind in TYPES
        for state in Conversation.State.values
    }
    assert shown == {key: expected[key] for key in shown}
    assert number(section, "total.all") == sum(expected.values()) > 30


def test_first_response_by_the_company(months_work):
    period = month()
    section = responses_section(period)
    notes = [n for n in recent(months_work, period) if n["replied"] or n["state"] == "waiting"]
    in_time = [n for n in notes if n["replied"] and n["replied"] - n["asked"] <= timedelta(hours=8)]
    assert number(section, "company.all") == len(notes)
    assert number(section, "company.waiting") == sum(n["replied"] is None for n in notes)
    assert number(section, "company.in_time") == len(in_time)
    assert number(section, "company.late") == len(notes) - len(in_time)
    took = sorted((n["replied"] - n["asked"] if n["replied"] else timedelta.max) for n in notes)
    middle = took[-(-len(took) // 2) - 1]
    assert section.rows[1].cells[4].words == spoken(middle if middle != timedelta.max else None)


def test_first_response_by_anyone_counts_customers_and_us(months_work):
    period = month()
    section = responses_section(period)
    notes = recent(months_work, period)
    assert number(section, "anyone.all") == len(notes)
    assert number(section, "anyone.answered") == sum(bool(n["replied"] or n["answered"]) for n in notes)


def test_outcomes_stand_side_by_side_and_unknown_is_counted_as_unknown(months_work):
    period = month()
    section = effects_section(period)
    notes = recent(months_work, period, "replied")
    for side in ("customer", "staff"):
        shown = {effect: number(section, f"company.{side}.{effect}") for effect in EFFECTS}
        assert shown == {effect: sum(n[side] == effect for n in notes) for effect in EFFECTS}
    answers = recent(months_work, period, "answered")
    assert number(section, "customers.customer.unknown") == len(answers)
    for kind in TYPES[:-1]:
        chosen = [n for n in notes if n["type"] == kind and n["customer"] == "strengthened"]
        assert number(section, f"{kind}.customer.strengthened") == len(chosen)


def test_three_steps_of_a_link(months_work):
    period = month()
    section = links_section(period)
    notes = [n for n in recent(months_work, period, "replied") if n["link"]]
    assert number(section, "total.shared") == len(notes)
    assert number(section, "total.asker") == sum(n["opened"] for n in notes)
    assert number(section, "total.helped") == sum(n["customer"] == "strengthened" for n in notes)


def test_every_number_on_the_page_opens_a_list_of_that_length(months_work, as_, manager):
    client = as_(manager)
    html = client.get("/staff/insights/?days=30").content.decode()
    numbers = re.findall(r'<a href="(/staff/insights/[\w./]+\?days=30)">(\d+)</a>', html)
    assert len(numbers) > 40
    for address, shown in random.Random(1).sample(numbers, 12):
        assert client.get(address).context["page"].paginator.count == int(shown)


# Traps ----------------------------------------------------------------------------------------------------------------


def test_notes_imports_and_deleted_posts_are_no_response(waiting, question, other_member, responder):
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    _post(question, other_member, timezone.now(), source="import")
    assert number(responses_section(month()), "anyone.answered") == 1
    withdraw(by=responder, post=sent)
    assert number(responses_section(month()), "anyone.answered") == 0


def test_an_opened_link_is_shown_and_is_no_success(waiting, as_, member, responder):
    sent = reply(
        by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention",
        link_url="https://example.com/wool", link_need="how to wash wool",
    ).post  # fmt: skip
    browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"}
    as_(member).get(f"/go/{sent.helpful_link.token}/", headers=browser)
    links, effects = links_section(month()), effects_section(month())
    assert (number(links, "total.asker"), number(links, "total.helped")) == (1, 0)
    assert number(effects, "company.customer.unknown") == 1


def test_staffs_judgement_never_becomes_customer_evidence(waiting, responder):
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    record(by=responder, post=sent, effect="strengthened")
    section = effects_section(month())
    assert number(section, "company.staff.strengthened") == 1
    assert number(section, "company.customer.strengthened") == 0
    assert not {row.label for row in section.rows} & {"Total", "Both"}


@pytest.mark.parametrize("query", ["", "?days=7", "?days=0", "?days=99", "?days=x"])
def test_the_page_takes_any_period_and_an_empty_desk(as_, manager, query):
    html = as_(manager).get(f"/staff/insights/{query}").content.decode()
    assert "No conversation began in this time." in html


def test_the_pictures_have_words(months_work, as_, manager):
    html = as_(manager).get("/staff/insights/").content.decode()
    assert html.count('role="img" aria-label="') >= 4
    assert "<style" not in html
    assert ' style="' not in html
