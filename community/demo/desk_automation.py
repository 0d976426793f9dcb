"""Three small rules for the demo: one on, with what it did; one off, tried; one written and never tried."""

from datetime import datetime

from django.db import transaction

from community.members.models import Member
from community.threads.pausing import lift, pause
from staff.automation.acting import consider
from staff.automation.forms import tag_named
from staff.automation.ruling import switch_on, write_rule
from staff.automation.trying import dry_run, try_out
from staff.automation.undoing import undo
from staff.models import ConversationType, Reason, Rule, RuleAction, SavedReply

RETURNS = ["return", "send it back", "refund", "money back"]


@transaction.atomic
def load_automation(now: datetime) -> int:
    """How many rules were written; none if there are some. Call it when conversations are there and nothing is due."""
    if Rule.objects.exists():
        return 0
    manager = Member.objects.get(username="manager")
    returns = _returns(manager)
    _buying(manager)
    _angry(manager)
    _let_it_act(returns, manager)
    return Rule.objects.count()


def _returns(manager: Member) -> Rule:
    rule = write_rule(
        by=manager,
        name="Returns are tagged",
        event=Rule.Event.OPENED,
        conditions={"words": RETURNS},
        action=Rule.Action.TAG,
        parameters={"tag": tag_named("returns").pk},
        position=10,
    )
    try_out(by=manager, rule=rule)
    switch_on(by=manager, rule=rule)
    return Rule.objects.get(pk=rule.pk)


def _buying(manager: Member) -> None:
    """Tried, and not on yet."""
    saved = SavedReply.objects.first()
    action = (
        {"action": Rule.Action.SUGGEST, "parameters": {"saved_reply": saved.pk}}
        if saved
        else {"action": Rule.Action.PRIORITY, "parameters": {"points": 2}}
    )
    rule = write_rule(
        by=manager,
        name="Who means to buy gets a draft",
        event=Rule.Event.REASON_RAISED,
        conditions={"reasons": [Reason.Kind.BUYING_INTENT]},
        position=20,
        **action,
    )
    try_out(by=manager, rule=rule)


def _angry(manager: Member) -> None:
    write_rule(
        by=manager,
        name="Complaints at night come first",
        event=Rule.Event.CUSTOMER_WROTE,
        conditions={"types": [ConversationType.RETENTION], "tones": [-1], "is_open": False},
        action=Rule.Action.PRIORITY,
        parameters={"points": 3},
        position=30,
    )


def _let_it_act(rule: Rule, manager: Member) -> None:
    """On what its dry run found: one act is taken back, and the last is held while a recall is looked into."""
    found = [one.conversation for one in dry_run(rule).touched]
    for conversation in found[:4]:
        consider(conversation, Rule.Event.OPENED, "opened")
    done = RuleAction.objects.filter(rule=rule, state=RuleAction.State.DONE).order_by("pk").first()
    if done is not None:
        undo(by=manager, line=done)
    if len(found) > 4:
        stopped = pause(by=manager, because="We look into a recall")
        consider(found[4], Rule.Event.OPENED, "opened")
        lift(by=manager, pause=stopped)
