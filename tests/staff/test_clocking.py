"""Rule 5: a due time is frozen when its clock starts; clocks warn and miss once; only waiting for details pauses them.

The desk of these tests never closes; what is pressing is due in 2 hours, all else in 8.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.notifications.models import Notification
from forum.needing_details import ask_for_details
from staff.assigning import assign
from staff.clocks.hours import Subject, hours_now, policy_for
from staff.clocks.ringing import ring
from staff.escalating import escalate
from staff.models import Conversation, Holiday, OpenRange, SlaEvent, SlaPolicy
from staff.noting import add_note
from staff.replying import reply
from staff.snoozing import snooze
from staff.triage.running import triage
from tests.staff.conftest import answer_for, write

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    return list(SlaEvent.objects.values_list("kind", flat=True))


def in_minutes(count: float):
    return timezone.now() + timedelta(minutes=count)


def test_a_clock_starts_with_its_policys_target(waiting):
    """Escalated is pressing: two hours, with a warning after one and a half."""
    assert waiting.sla_policy.name == "Pressing"
    assert waiting.warn_at - waiting.due_at == -timedelta(minutes=30)
    assert waiting.first_due_at == waiting.due_at
    assert list(SlaEvent.objects.values_list("kind", "target", "policy")) == [("started", "first", "Pressing")]


def test_the_first_policy_that_matches_wins(product, category):
    SlaPolicy.objects.update(position=9)
    SlaPolicy.objects.create(name="Jumpers", position=1, product=product, first_reply_minutes=30)
    SlaPolicy.objects.create(name="Orders", position=2, category=category, type="retention", first_reply_minutes=60)
    SlaPolicy.objects.create(name="Off", position=0, is_on=False)
    asked = Subject(product=product.pk, category=category.pk, type="retention")
    assert policy_for(asked).name == "Jumpers"
    assert policy_for(Subject(category=category.pk, type="retention")).name == "Orders"
    assert policy_for(Subject(category=category.pk, type="appreciation")).name == "Everything else"
    assert policy_for(Subject(category=category.pk, priority=4)).name == "Pressing"


def test_without_any_policy_a_reply_is_due_within_a_working_day(db):
    SlaPolicy.objects.all().delete()
    assert policy_for(Subject()).minutes(is_first=True) == 480


def test_neither_a_changed_policy_nor_a_new_holiday_moves_a_due_time(waiting, member):
    """The trap: looking again computes it anew."""
    due = waiting.due_at
    SlaPolicy.objects.update(first_reply_minutes=5, next_reply_minutes=5)
    Holiday.objects.create(day=timezone.localdate())
    OpenRange.objects.update(opens_at=time(1), closes_at=time(2))
    write(member, waiting.thread, "Hello? Anybody there?")
    triage(waiting.thread_id, now=in_minutes(30))
    waiting.refresh_from_db()
    assert waiting.due_at == due


def test_a_reason_found_late_in_an_old_message_counts_from_now(question, member):
    """The trap: a pressing reason found after hours makes a reply late at once."""
    write(member, question, "Can someone from the company help me, please?")
    before = Conversation.objects.get()
    then = in_minutes(-400)
    Conversation.objects.update(waiting_since=then, due_at=in_minutes(80), first_due_at=in_minutes(80))
    question.posts.update(created_at=then)
    question.__class__.objects.update(created_at=then)
    after = triage(question.pk)
    assert {reason.kind for reason in after.reasons.standing()} >= {"unanswered", "asks_company"}
    assert before.sla_policy.name == "Everything else"
    assert after.due_at > in_minutes(70)


def test_a_clock_warns_twice_and_is_missed_once(waiting):
    for minutes in (0, 89, 91, 92, 104, 106, 107, 119, 121, 122, 500):
        ring(in_minutes(minutes))
    assert said() == ["started", "warned", "last_call", "breached"]
    waiting.refresh_from_db()
    assert waiting.alarm_at is None


def test_a_clock_unheard_for_hours_says_only_what_is_new(waiting):
    ring(in_minutes(500))
    assert said() == ["started", "breached"]


def test_a_short_target_warns_twice_too(waiting):
    """30 minutes: 15 before comes first, three quarters later."""
    now = timezone.now()
    due, warn = now + timedelta(minutes=30), now + timedelta(minutes=22, seconds=30)
    Conversation.objects.update(waiting_since=now, due_at=due, warn_at=warn, alarm_at=now + timedelta(minutes=15))
    for minutes in range(0, 40, 2):
        ring(now + timedelta(minutes=minutes))
    assert said() == ["started", "last_call", "warned", "breached"]


def test_only_clocks_whose_moment_has_come_are_read(waiting):
    """The plan reads an index; nothing due, one query."""
    with CaptureQueriesContext(connection) as seen:
        assert ring() == 0
    assert len(seen) == 1
    plan = Conversation.objects.filter(alarm_at__lte=timezone.now()).order_by("alarm_at").values_list("pk").explain()
    assert "conversation_clock_speaks" in plan or connection.vendor == "postgresql"


def test_whose_job_it_is_hears_of_it_in_the_bell(waiting, responder, manager):
    assign(by=manager, conversation=waiting, to=responder)
    ring(in_minutes(91))
    ring(in_minutes(130))
    told = Notification.objects.filter(member=responder, kind="clock").order_by("pk")
    assert [notice.anchor for notice in told] == ["clock-warned", "clock-breached"]
    assert all(notice.mail_due_at is None for notice in told)
    assert not Notification.objects.filter(member=manager, kind="clock").exists()


def test_snoozing_does_not_stop_the_clock(waiting, responder):
    """The trap: what is put off is never late."""
    due = waiting.due_at
    snooze(by=responder, conversation=waiting, until=in_minutes(60 * 24))
    triage(waiting.thread_id)
    waiting.refresh_from_db()
    assert waiting.due_at == due
    ring(in_minutes(130))
    assert said() == ["started", "breached"]


def test_a_reply_in_time_meets_the_clock_and_the_next_message_starts_another(waiting, responder, member):
    reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention")
    assert said() == ["started", "met"]
    again = write(member, waiting.thread, "It felted. What now?")
    waiting.refresh_from_db()
    newest = SlaEvent.objects.last()
    assert (newest.kind, newest.target, newest.waiting_since) == ("started", "next", again.created_at)
    assert waiting.due_at == again.created_at + timedelta(hours=8)
    assert waiting.first_due_at < waiting.due_at


def test_a_late_reply_is_a_miss_once(waiting, responder):
    Conversation.objects.update(due_at=in_minutes(-1))
    reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention")
    ring(in_minutes(10))
    assert said() == ["started", "breached"]


def test_a_holding_reply_meets_the_first_target_and_the_clock_goes_on(waiting, responder):
    """Rule 3."""
    due = waiting.due_at
    reply(by=responder, conversation=waiting, body="We are looking.", type="retention", is_holding=True)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.due_at) == ("waiting", due)
    ring(in_minutes(130))
    assert list(SlaEvent.objects.values_list("target", "kind")) == [
        ("first", "started"), ("first", "met"), ("next", "started"), ("next", "breached"),
    ]  # fmt: skip


def test_chasing_neither_shortens_nor_resets(waiting, member):
    """Rule 3: a chaser's wait is the first message's."""
    due, since = waiting.due_at, waiting.waiting_since
    write(member, waiting.thread, "Hello? Anybody there?")
    waiting.refresh_from_db()
    assert (waiting.due_at, waiting.waiting_since) == (due, since)


def test_waiting_for_details_stops_the_clock_and_never_shortens(waiting, expert_asks):
    due = waiting.due_at
    waiting.refresh_from_db()
    assert waiting.clock_paused_at is not None
    assert ring(in_minutes(600)) == 0
    waiting.thread.question.__class__.objects.update(needs_info_by=None, needs_info_at=None)
    after = triage(waiting.thread_id, now=in_minutes(300))
    assert after.clock_paused_at is None
    assert after.due_at - due >= timedelta(minutes=299)
    assert after.first_due_at == after.due_at
    assert triage(waiting.thread_id, now=in_minutes(301)).due_at == after.due_at


def test_looking_again_while_it_pauses_changes_nothing(waiting, expert_asks):
    before = Conversation.objects.values().get()
    assert before["clock_paused_at"] and before["alarm_at"] is None
    triage(waiting.thread_id, now=in_minutes(30))
    assert Conversation.objects.values().get() == before


def test_what_was_late_before_the_details_were_asked_stays_late(waiting, other_member):
    Conversation.objects.update(due_at=in_minutes(-5))
    waiting.thread.question.__class__.objects.update(needs_info_by=other_member, needs_info_at=timezone.now())
    assert triage(waiting.thread_id).clock_paused_at is None


@pytest.fixture
def expert_asks(waiting, regular):
    """A trusted member asks Mara for details: no reply by the company."""
    ask_for_details(by=regular, question=waiting.thread.question, what="Which size is it?")
    triage(waiting.thread_id)


def test_first_response_has_two_figures(question, other_member, responder, manager):
    """Rule 4: by anyone and by the company; a note is none."""
    escalate(by=manager, thread=question)
    add_note(by=responder, conversation=Conversation.objects.get(), body="I know this one.")
    assert triage(question.pk).first_response_at is None
    answer = answer_for(other_member, question)
    ours = reply(by=responder, conversation=Conversation.objects.get(), body="So it is.", type="retention").post
    both = Conversation.objects.get()
    assert (both.first_response_at, both.first_company_response_at) == (answer.created_at, ours.created_at)


def test_an_easter_monday_is_skipped_when_a_clock_starts(question, manager):
    OpenRange.objects.filter(weekday__gte=5).delete()
    OpenRange.objects.update(opens_at=time(9), closes_at=time(17))
    Holiday.objects.create(day=date(2027, 3, 29), name="Easter Monday")
    friday = datetime(2027, 3, 26, 16, 30, tzinfo=UTC)
    assert hours_now().add(friday, 60) == datetime(2027, 3, 30, 9, 30, tzinfo=UTC)
