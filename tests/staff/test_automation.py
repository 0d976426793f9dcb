"""Rules: what sets them off, what they do, that they act once, that pauses hold them back, and taking it all back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Category, Post, Tag, Thread
from community.threads.pausing import lift, pause
from staff.automation.acting import consider
from staff.automation.ruling import change_rule, delete_rule, switch_off, switch_on, write_rule
from staff.automation.trying import dry_run, try_out
from staff.automation.undoing import do_now, drop, undo
from staff.closing import close
from staff.escalating import escalate
from staff.models import Conversation, Reason, Rule, RuleAction, RuleChange, SavedReply
from staff.permissions import Refused
from staff.replying import reply
from staff.tasks import run_rules
from staff.triage.running import look_at
from tests.staff.conftest import write

State = RuleAction.State
WroteRule = Callable[..., Rule]


@pytest.fixture
def tag(db: None) -> Tag:
    return Tag.objects.create(name="returns", slug="returns")


@pytest.fixture
def rule(manager: Member, tag: Tag) -> Rule:
    """On: each conversation that is closed gets the tag."""
    return running(manager, action="tag", parameters={"tag": tag.pk})


def running(manager: Member, **values: Any) -> Rule:
    """A rule that was tried and switched on."""
    fields = {"name": "Returns", "event": Rule.Event.CLOSED, "conditions": {}, "position": 10} | values
    written = write_rule(by=manager, **fields)
    assert not try_out(by=manager, rule=written).problem
    assert switch_on(by=manager, rule=written)
    return Rule.objects.get(pk=written.pk)


def tags(conversation: Conversation) -> set[str]:
    assert conversation.thread
    return set(conversation.thread.tags.values_list("name", flat=True))


def test_a_rule_acts_and_says_so_in_the_log_and_the_history(rule: Rule, waiting: Conversation) -> None:
    assert consider(waiting, "closed", "closed:1") == 1
    assert "returns" in tags(waiting)
    line = RuleAction.objects.get()
    assert (line.state, line.what) == (State.DONE, "Added the tag “returns”")
    assert waiting.events.filter(what="Rule “Returns”: Added the tag “returns”", actor=None).exists()


def test_the_same_thing_acts_once(rule: Rule, waiting: Conversation, tag: Tag) -> None:
    consider(waiting, "closed", "closed:1")
    assert waiting.thread
    waiting.thread.tags.remove(tag)
    assert consider(waiting, "closed", "closed:1") == 0
    assert "returns" not in tags(waiting)


def test_a_rule_hears_only_its_event_and_only_when_it_is_on(rule: Rule, waiting: Conversation, manager: Member) -> None:
    assert consider(waiting, "clock_warned", "clock:1") == 0
    switch_off(by=manager, rule=rule)
    assert consider(waiting, "closed", "closed:1") == 0
    assert not RuleAction.objects.exists()


def test_a_rule_assigns_what_nobody_has(waiting: Conversation, manager: Member, responder: Member) -> None:
    running(manager, action="assign", parameters={"colleague": responder.pk})
    assert consider(waiting, "closed", "closed:1") == 1
    waiting.refresh_from_db()
    assert waiting.assigned_to == responder
    assert responder.notifications.filter(kind=Notification.Kind.ASSIGNED).exists()


def test_a_rule_takes_nothing_off_a_colleague(
    waiting: Conversation, manager: Member, moderator: Member, responder: Member
) -> None:
    Conversation.objects.filter(pk=waiting.pk).update(assigned_to=moderator)
    running(manager, action="assign", parameters={"colleague": responder.pk})
    assert consider(waiting, "closed", "closed:1") == 0


def test_a_rule_raises_the_priority(waiting: Conversation, manager: Member) -> None:
    before = Conversation.objects.get(pk=waiting.pk).priority
    running(manager, action="priority", parameters={"points": 3})
    consider(waiting, "closed", "closed:1")
    waiting.refresh_from_db()
    assert (waiting.extra_priority, waiting.priority) == (3, before + 3)


def test_a_rule_suggests_a_saved_reply_and_sends_nothing(waiting: Conversation, manager: Member) -> None:
    saved = SavedReply.objects.create(title="Washing wool", body="Cold water, {customer}.")
    running(manager, action="suggest", parameters={"saved_reply": saved.pk})
    posts = Post.objects.count()
    consider(waiting, "closed", "closed:1")
    suggestion = waiting.suggestions.get()
    assert (suggestion.saved_reply, suggestion.suggested_by, suggestion.used_at) == (saved, "Returns", None)
    assert Post.objects.count() == posts


def test_a_rule_says_that_we_must_reply_and_triage_leaves_that(question: Thread, manager: Member) -> None:
    settled = Conversation.objects.create(thread=question, customer=question.author, state=Conversation.State.SETTLED)
    running(manager, action="raise", parameters={"why": "The press asks", "points": 4})
    assert consider(settled, "closed", "closed:1") == 1
    look_at(settled)
    settled.refresh_from_db()
    assert settled.needs_reply and settled.waiting_since
    assert settled.reasons.standing().get().evidence == "The press asks"


def test_rules_do_not_set_off_rules(waiting: Conversation, manager: Member, tag: Tag) -> None:
    """Not what a rule raised, and not what a rule before it changed."""
    running(
        manager, name="Two", position=2, action="tag", parameters={"tag": tag.pk}, conditions={"least_priority": 90}
    )
    running(manager, name="One", position=1, action="priority", parameters={"points": 95})
    assert consider(waiting, "closed", "closed:1") == 1
    running(manager, name="Three", event="reason_raised", action="tag", parameters={"tag": tag.pk})
    assert consider(waiting, "reason_raised", f"{Reason.Kind.RULE}:0:2026-01-01") == 0
    assert consider(waiting, "reason_raised", f"{Reason.Kind.ESCALATED}:0:2026-01-01") == 1


def test_rules_act_in_their_order(waiting: Conversation, manager: Member, moderator: Member, responder: Member) -> None:
    running(manager, name="Later", position=20, action="assign", parameters={"colleague": moderator.pk})
    running(manager, name="First", position=10, action="assign", parameters={"colleague": responder.pk})
    assert consider(waiting, "closed", "closed:1") == 1
    waiting.refresh_from_db()
    assert waiting.assigned_to == responder


def test_triage_puts_what_opens_and_what_it_raises_to_rules(
    question: Thread, manager: Member, responder: Member, tag: Tag
) -> None:
    running(manager, name="Opens", event="opened", action="assign", parameters={"colleague": responder.pk})
    running(
        manager,
        name="Raised",
        event="reason_raised",
        conditions={"reasons": ["escalated"]},
        action="tag",
        parameters={"tag": tag.pk},
    )
    escalate(by=manager, thread=question, why="A journalist asks")
    conversation = Conversation.objects.get(thread=question)
    assert conversation.assigned_to == responder and "returns" in tags(conversation)


def test_what_a_customer_writes_is_put_to_rules(waiting: Conversation, manager: Member, tag: Tag) -> None:
    assert waiting.thread
    running(
        manager,
        event="customer_wrote",
        conditions={"words": ["Send it back"]},
        action="tag",
        parameters={"tag": tag.pk},
    )
    write(waiting.thread.author, waiting.thread, "It is too small, so I want to send it  back to you.")
    assert "returns" in tags(waiting)
    assert RuleAction.objects.get().post


def test_a_company_reply_keeps_rules_off_its_thread_until_it_is_closed(
    rule: Rule, waiting: Conversation, responder: Member, manager: Member
) -> None:
    """Rule 13: a human company reply pauses automation on that thread."""
    reply(by=responder, conversation=waiting, body="Cold water, wool soap, dried flat.", type="retention")
    assert consider(waiting, "closed", "closed:1") == 0
    assert RuleAction.objects.held().get().held_by.startswith("Rhea paused this thread: Rhea replied as the company")
    close(by=responder, conversation=waiting)
    assert RuleAction.objects.filter(state=State.DONE).count() == 1


# --- Pauses (rule 13) ---


@pytest.mark.parametrize("place", ["site", "category", "thread", "customer"])
def test_a_pause_holds_a_rule_back_and_says_who_why_until(
    place: str, rule: Rule, waiting: Conversation, category: Category, manager: Member
) -> None:
    """Rule 13: logged with who, why, until."""
    places = {"category": category, "thread": waiting.thread, "customer": waiting.customer}
    until = timezone.now() + timedelta(hours=2)
    pause(by=manager, because="Bad news", until=until, **({place: places[place]} if place in places else {}))
    assert consider(waiting, "closed", "closed:1") == 0
    line = RuleAction.objects.get()
    assert line.state == State.HELD and "returns" not in tags(waiting)
    assert "Maud paused" in line.held_by and "Bad news" in line.held_by and "Until" in line.held_by


def test_a_pause_set_after_the_work_was_queued_holds_it(rule: Rule, waiting: Conversation, responder: Member) -> None:
    """Rule 13: checked when the work runs. At queueing time this one would have passed."""
    queued = (waiting.pk, "closed", "closed:1")
    pause(by=responder, because="Bad news")
    assert run_rules(*queued) == 0
    assert RuleAction.objects.held().count() == 1


def test_a_pause_lifted_before_the_work_runs_holds_nothing(rule: Rule, waiting: Conversation, manager: Member) -> None:
    """Rule 13: checked when the work runs. At queueing time this one would have been held."""
    stopped = pause(by=manager, because="Bad news")
    queued = ("closed", "closed:1")
    lift(by=manager, pause=stopped)
    assert consider(waiting, *queued) == 1


def test_a_pause_whose_time_is_over_holds_nothing(rule: Rule, waiting: Conversation, manager: Member) -> None:
    """Rule 13: nobody has to lift it."""
    stopped = pause(by=manager, because="Bad news", until=timezone.now() + timedelta(hours=1))
    stopped.until = timezone.now() - timedelta(seconds=1)
    stopped.save()
    assert consider(waiting, "closed", "closed:1") == 1


def test_a_pause_elsewhere_holds_nothing(
    rule: Rule, waiting: Conversation, other_member: Member, manager: Member
) -> None:
    other = Category.objects.create(name="Sizes", slug="sizes")
    pause(by=manager, because="Bad news", category=other)
    pause(by=manager, because="Bad news", customer=other_member)
    assert consider(waiting, "closed", "closed:1") == 1


def test_what_was_held_back_is_done_by_a_person_while_the_pause_stands(
    rule: Rule, waiting: Conversation, responder: Member
) -> None:
    """Rule 13: paused work goes to people."""
    pause(by=responder, because="Bad news")
    consider(waiting, "closed", "closed:1")
    line = RuleAction.objects.get()
    assert do_now(by=responder, line=line) and not do_now(by=responder, line=line)
    line.refresh_from_db()
    assert (line.state, line.decided_by) == (State.DONE, responder) and "returns" in tags(waiting)


def test_what_was_held_back_is_done_as_it_was_held_though_the_rule_has_changed(
    rule: Rule, waiting: Conversation, manager: Member, responder: Member
) -> None:
    pause(by=responder, because="Bad news")
    consider(waiting, "closed", "closed:1")
    change_rule(by=manager, rule=rule, action="priority", parameters={"points": 9})
    do_now(by=responder, line=RuleAction.objects.get())
    waiting.refresh_from_db()
    assert "returns" in tags(waiting) and waiting.extra_priority == 0


def test_what_was_held_back_is_dropped_once(rule: Rule, waiting: Conversation, responder: Member) -> None:
    pause(by=responder, because="Bad news")
    consider(waiting, "closed", "closed:1")
    line = RuleAction.objects.get()
    assert drop(by=responder, line=line) and not drop(by=responder, line=line)
    assert not do_now(by=responder, line=line) and "returns" not in tags(waiting)


def test_what_needs_no_doing_any_more_is_said(rule: Rule, waiting: Conversation, tag: Tag, responder: Member) -> None:
    pause(by=responder, because="Bad news")
    consider(waiting, "closed", "closed:1")
    assert waiting.thread
    waiting.thread.tags.add(tag)
    with pytest.raises(Refused, match="Drop it"):
        do_now(by=responder, line=RuleAction.objects.get())
    assert RuleAction.objects.held().count() == 1


# --- Taking it back ---


@pytest.mark.parametrize("action", ["tag", "assign", "priority", "suggest", "raise"])
def test_each_action_can_be_taken_back_once(
    action: str, waiting: Conversation, manager: Member, responder: Member, tag: Tag
) -> None:
    saved = SavedReply.objects.create(title="Washing wool", body="Cold water.")
    parameters = {
        "tag": {"tag": tag.pk},
        "assign": {"colleague": responder.pk},
        "priority": {"points": 3},
        "suggest": {"saved_reply": saved.pk},
        "raise": {"why": "The press asks", "points": 4},
    }
    before = standing_of(waiting)
    running(manager, action=action, parameters=parameters[action])
    assert consider(waiting, "closed", "closed:1") == 1
    assert standing_of(waiting) != before
    line = RuleAction.objects.get()
    assert undo(by=responder, line=line) and not undo(by=responder, line=line)
    assert standing_of(waiting) == before
    line.refresh_from_db()
    assert (line.state, line.undone_by) == (State.UNDONE, responder)


def standing_of(conversation: Conversation) -> tuple:
    current = Conversation.objects.get(pk=conversation.pk)
    return (
        tags(current),
        current.assigned_to_id,
        current.priority,
        current.suggestions.filter(stale_at=None).count(),
        current.reasons.standing().count(),
    )


def test_what_somebody_changed_since_is_not_taken_back(
    waiting: Conversation, manager: Member, moderator: Member, responder: Member
) -> None:
    running(manager, action="assign", parameters={"colleague": responder.pk})
    consider(waiting, "closed", "closed:1")
    Conversation.objects.filter(pk=waiting.pk).update(assigned_to=moderator)
    with pytest.raises(Refused, match="assigned it anew"):
        undo(by=responder, line=RuleAction.objects.get())


def test_the_asker_takes_nothing_back(rule: Rule, waiting: Conversation, member: Member) -> None:
    consider(waiting, "closed", "closed:1")
    with pytest.raises(PermissionDenied):
        undo(by=member, line=RuleAction.objects.get())


# --- Trying and switching ---


def test_nothing_is_switched_on_before_it_was_tried(manager: Member, tag: Tag) -> None:
    written = write_rule(
        by=manager, name="Returns", event="opened", conditions={}, action="tag", parameters={"tag": tag.pk}
    )
    with pytest.raises(Refused, match="Try it first"):
        switch_on(by=manager, rule=written)


def test_changing_a_rule_voids_its_dry_run_and_switches_it_off(rule: Rule, manager: Member) -> None:
    assert change_rule(by=manager, rule=rule, conditions={"types": ["retention"]})
    rule.refresh_from_db()
    assert not rule.is_on and rule.tried_at is None
    with pytest.raises(Refused):
        switch_on(by=manager, rule=rule)


def test_a_new_name_leaves_a_rule_on(rule: Rule, manager: Member) -> None:
    assert change_rule(by=manager, rule=rule, name="Sent back", conditions={})
    assert not change_rule(by=manager, rule=rule, name="Sent back")
    rule.refresh_from_db()
    assert rule.is_on and rule.tried_at


def test_who_wrote_tried_and_switched_a_rule_is_kept(rule: Rule, manager: Member, responder: Member) -> None:
    assert switch_off(by=responder, rule=rule) and not switch_off(by=responder, rule=rule)
    assert [(line.actor, line.what.split(":")[0]) for line in RuleChange.objects.order_by("pk")] == [
        (manager, "Wrote it"),
        (manager, "Tried it"),
        (manager, "Switched it on"),
        (responder, "Switched it off"),
    ]


def test_every_responder_stops_a_rule_and_managers_start_it(rule: Rule, responder: Member, manager: Member) -> None:
    switch_off(by=responder, rule=rule)
    with pytest.raises(PermissionDenied):
        switch_on(by=responder, rule=rule)
    assert switch_on(by=manager, rule=rule) and not switch_on(by=manager, rule=rule)


def test_a_rule_that_acted_is_kept(rule: Rule, waiting: Conversation, manager: Member) -> None:
    consider(waiting, "closed", "closed:1")
    with pytest.raises(Refused, match="is kept"):
        delete_rule(by=manager, rule=rule)


def test_a_rule_that_never_acted_can_go(rule: Rule, manager: Member) -> None:
    assert delete_rule(by=manager, rule=rule) and not delete_rule(by=manager, rule=rule)


# --- Failing ---


def test_a_rule_that_fails_three_times_in_a_row_is_switched_off_and_managers_are_told(
    rule: Rule, waiting: Conversation, manager: Member, tag: Tag
) -> None:
    tag.delete()
    for number in range(3):
        assert consider(waiting, "closed", f"closed:{number}") == 0
    rule.refresh_from_db()
    assert not rule.is_on and rule.tried_at is None
    assert [line.error for line in RuleAction.objects.all()] == [
        "The tag that this rule adds is gone. Choose another."
    ] * 3
    assert manager.notifications.filter(subject__contains="was switched off").count() == 1


def test_a_failure_between_successes_switches_nothing_off(rule: Rule, waiting: Conversation, manager: Member) -> None:
    Rule.objects.filter(pk=rule.pk).update(failures=2)
    consider(waiting, "closed", "closed:1")
    rule.refresh_from_db()
    assert rule.is_on and rule.failures == 0


def test_a_rule_that_fails_keeps_no_other_from_acting(waiting: Conversation, manager: Member, tag: Tag) -> None:
    gone = Tag.objects.create(name="gone", slug="gone")
    running(manager, name="Broken", position=1, action="tag", parameters={"tag": gone.pk})
    running(manager, name="Sound", position=2, action="tag", parameters={"tag": tag.pk})
    gone.delete()
    assert consider(waiting, "closed", "closed:1") == 1
    assert "returns" in tags(waiting)


def test_a_condition_that_nobody_knows_holds_nowhere(rule: Rule, waiting: Conversation) -> None:
    Rule.objects.filter(pk=rule.pk).update(conditions={"moon": "full"})
    assert consider(waiting, "closed", "closed:1") == 0
    assert RuleAction.objects.get().state == State.FAILED


def test_an_untried_dry_run_of_a_broken_rule_says_what_is_wrong(rule: Rule, waiting: Conversation, tag: Tag) -> None:
    tag.delete()
    assert "gone" in dry_run(rule).problem
