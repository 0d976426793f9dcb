"""The dry run: which conversations of the last 30 days a rule would have touched, and that it writes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, Tag
from reviews.models import Review
from staff.automation.acting import consider
from staff.automation.ruling import write_rule
from staff.automation.trying import dry_run, try_out
from staff.models import Conversation, Reason, Rule, RuleAction
from staff.triage.running import triage
from tests.staff.conftest import write

WASH = {"words": ["wash"]}


@pytest.fixture
def tag(db: None) -> Tag:
    return Tag.objects.create(name="returns", slug="returns")


def rule_of(manager: Member, tag: Tag, **values: Any) -> Rule:
    fields = {"event": Rule.Event.OPENED, "conditions": {}, "action": Rule.Action.TAG, "parameters": {"tag": tag.pk}}
    return write_rule(by=manager, name=values.pop("name", "Returns"), **fields | values)


def dump() -> dict[str, list]:
    """Every row of every table."""
    return {model._meta.label: sorted(map(repr, model._default_manager.values_list())) for model in apps.get_models()}


@pytest.mark.parametrize("event", Rule.Event.values)
@pytest.mark.parametrize("action", ["tag", "priority", "raise", "assign"])
def test_a_dry_run_writes_nothing(
    event: str, action: str, waiting: Conversation, manager: Member, responder: Member, tag: Tag
) -> None:
    """Compared: every row of every table, before and after."""
    parameters = {"tag": tag.pk, "points": 3, "why": "The press asks", "colleague": responder.pk}
    Conversation.objects.filter(pk=waiting.pk).update(closed_at=timezone.now(), closed_by=manager)
    rule = rule_of(manager, tag, event=event, action=action, parameters=parameters)
    before = dump()
    dry_run(rule)
    assert dump() == before


def test_it_says_which_conversations_with_what_words(waiting: Conversation, manager: Member, tag: Tag) -> None:
    found = dry_run(rule_of(manager, tag, conditions={"words": ["WASH the"]}))
    [touched] = found.touched
    assert touched.conversation == waiting and touched.would == "Add the tag “returns”"
    assert touched.words == ("wash the",)
    assert (found.looked_at, found.held, found.unchanged) == (1, 1, 0)


def test_it_leaves_out_what_is_older_than_30_days(waiting: Conversation, manager: Member, tag: Tag) -> None:
    Conversation.objects.update(opened_at=timezone.now() - timedelta(days=31))
    assert dry_run(rule_of(manager, tag)).looked_at == 0


def test_it_says_where_nothing_is_left_to_do(waiting: Conversation, manager: Member, tag: Tag) -> None:
    assert waiting.thread
    waiting.thread.tags.add(tag)
    found = dry_run(rule_of(manager, tag))
    assert (found.touched, found.unchanged) == ([], 1)


def test_what_happens_often_touches_a_conversation_once_unless_it_adds_up(
    waiting: Conversation, member: Member, manager: Member, tag: Tag
) -> None:
    assert waiting.thread
    for number in range(2):
        write(member, waiting.thread, f"And another thing, number {number}: it does not fit me.")
    wrote = {"event": Rule.Event.CUSTOMER_WROTE, "conditions": {"words": ["fit"]}}
    assert [len(one.times) for one in dry_run(rule_of(manager, tag, **wrote)).touched] == [1]
    louder = rule_of(manager, tag, name="Louder", action="priority", parameters={"points": 1}, **wrote)
    assert [len(one.times) for one in dry_run(louder).touched] == [2]


def test_the_rule_does_what_its_dry_run_said(waiting: Conversation, review: Review, manager: Member, tag: Tag) -> None:
    """The same conversations, by the same conditions, though one is read in bulk and one alone."""
    triage(review.thread_id)
    rule = rule_of(manager, tag, event="reason_raised", conditions={"origins": ["question"], "words": ["wash"]})
    foretold = {one.conversation.pk for one in dry_run(rule).touched}
    Rule.objects.filter(pk=rule.pk).update(is_on=True, tried_at=timezone.now())
    for number, conversation in enumerate(Conversation.objects.all()):
        consider(conversation, "reason_raised", f"escalated:0:{number}")
    assert foretold == set(RuleAction.objects.values_list("conversation", flat=True)) == {waiting.pk}


def test_reasons_are_taken_as_they_stood_then(waiting: Conversation, manager: Member, tag: Tag) -> None:
    rule = rule_of(manager, tag, event="reason_raised", conditions={"reasons": [Reason.Kind.ESCALATED]})
    Reason.objects.update(settled_at=timezone.now())
    assert len(dry_run(rule).touched) == 1


def test_who_read_it_and_what_it_found_is_kept(waiting: Conversation, manager: Member, tag: Tag) -> None:
    rule = rule_of(manager, tag)
    try_out(by=manager, rule=rule)
    rule.refresh_from_db()
    assert (rule.tried_by, rule.tried_found) == (manager, 1) and rule.tried_at
    assert "1 conversation" in rule.changes.all()[0].what


def test_many_conversations_cost_few_queries(
    waiting: Conversation, review: Review, manager: Member, tag: Tag, django_assert_max_num_queries: Any
) -> None:
    triage(review.thread_id)
    rule = rule_of(manager, tag, conditions=WASH, action="priority", parameters={"points": 1})
    with django_assert_max_num_queries(16):
        dry_run(rule)


@pytest.mark.parametrize(
    ("conditions", "is_met"),
    [
        ({"origins": ["question"]}, True),
        ({"origins": ["mention", "review"]}, False),
        ({"reasons": ["escalated", "complaint"]}, True),
        ({"reasons": ["complaint"]}, False),
        ({"words": ["was"]}, False),
        ({"words": ["fell jumper"]}, True),
        ({"least_priority": 99}, False),
        ({"least_priority": 5}, True),
        ({"trust": [2]}, True),
        ({"trust": [0, 1]}, False),
        ({"is_former": False}, True),
        ({"is_former": True}, False),
        ({"is_open": True}, True),
        ({"is_assigned": True}, False),
        ({"is_assigned": False}, True),
        ({"most_stars": 2}, False),
        ({"origins": ["question"], "trust": [0]}, False),
        ({}, True),
    ],
)
def test_all_conditions_must_hold(
    conditions: dict, is_met: bool, waiting: Conversation, manager: Member, tag: Tag
) -> None:
    assert len(dry_run(rule_of(manager, tag, conditions=conditions)).touched) == is_met


def test_products_subjects_types_and_tones(waiting: Conversation, opening: Post, manager: Member, tag: Tag) -> None:
    assert waiting.thread
    place = {"products": [waiting.thread.product_id], "categories": [waiting.thread.question.category_id]}
    Conversation.objects.update(type_suggested="retention")
    met = rule_of(manager, tag, conditions=place | {"types": ["retention"], "tones": [-1, 0, 1]})
    assert len(dry_run(met).touched) == 1
    for name, values in {"products": [0], "categories": [0], "types": ["appreciation"]}.items():
        other = rule_of(manager, tag, name=name, conditions=met.conditions | {name: values})
        assert dry_run(other).touched == []
