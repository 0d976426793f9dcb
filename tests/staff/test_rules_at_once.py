"""Rules in the same moment: two tasks, two clicks."""

from functools import partial
from pathlib import Path

import pytest

from community.members.models import Member
from community.threads.models import Pause
from community.threads.pausing import pause
from staff.automation.acting import consider
from staff.automation.ruling import switch_on, write_rule
from staff.automation.trying import try_out
from staff.automation.undoing import undo
from staff.models import Conversation, Rule, RuleAction
from tests.reviews.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def louder(manager: Member) -> Rule:
    """On: what closes gets 3 more. Done twice it would show."""
    fields = {"event": "closed", "conditions": {}, "action": "priority", "parameters": {"points": 3}}
    rule = write_rule(by=manager, name="Louder", **fields)
    try_out(by=manager, rule=rule)
    switch_on(by=manager, rule=rule)
    return rule


def extra(folder: Path, conversation: Conversation) -> int:
    rows = Conversation.objects.filter(pk=conversation.pk).values_list("extra_priority", flat=True)
    return at_once(folder, [rows.get])[0]


def test_of_two_tasks_for_the_same_thing_one_acts(louder: Rule, waiting: Conversation, tmp_path: Path) -> None:
    done = at_once(tmp_path, [partial(consider, waiting, "closed", "closed:1")] * 2)
    assert sorted(done) == [0, 1]
    assert extra(tmp_path, waiting) == 3


def test_of_two_who_take_it_back_one_does(
    louder: Rule, waiting: Conversation, responder: Member, manager: Member, tmp_path: Path
) -> None:
    consider(waiting, "closed", "closed:1")
    line = RuleAction.objects.get()
    done = at_once(tmp_path, [partial(undo, by=who, line=line) for who in (responder, manager)])
    assert sorted(done) == [False, True]
    assert extra(tmp_path, waiting) == 0


def test_two_who_stop_everything_both_stop_it(responder: Member, manager: Member, tmp_path: Path) -> None:
    done = at_once(tmp_path, [partial(pause, by=who, because="News") for who in (responder, manager)])
    assert all(isinstance(one, Pause) for one in done)
