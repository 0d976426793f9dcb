"""What happened in a conversation is put to the rules that listen for it. Each acts once for the same key.

Rules can't set each other off: what they raise is never put to rules, and all that listen see the conversation as it
was before the first of them acted. They act in their order, one after the other.
"""

from django.db import OperationalError, transaction
from django.utils import timezone

from community.threads.models import Pause, Post
from community.threads.pausing import standing_pause
from staff.automation.actions import ACTIONS
from staff.automation.conditions import all_hold
from staff.automation.facts import Facts, read_facts
from staff.automation.failing import note_failure
from staff.automation.happenings import Happening
from staff.automation.words import in_words
from staff.history import log_event
from staff.models import Conversation, Reason, Rule, RuleAction
from staff.triage.running import lock

State = RuleAction.State


def consider(conversation: Conversation, event: str, key: str) -> int:
    """Let the rules that are on act upon `event` (Rule.Event). Returns how many acted.

    `key` names what set it off, the same each time: “opened”, “post:12” or “message:3” (a customer wrote),
    “<kind of reason>:<post or message or 0>:<raised_at>”, “clock:9” (an SlaEvent), “closed:<closed_at>”.
    Pauses are asked here, when the work runs. What is held back is noted, and a person decides.
    """
    happening = Happening(conversation.pk, event, key[:80], timezone.now())
    if happening.is_work_of_rules or not Rule.objects.listening_for(event).exists():
        return 0
    with transaction.atomic():
        return _put_to_rules(lock(conversation), happening)


def _put_to_rules(conversation: Conversation, happening: Happening) -> int:
    rules = _listening(happening)
    [facts] = read_facts([happening])
    if not rules or facts is None or _only_rules_wait(conversation, happening):
        return 0
    pause = standing_pause(thread=conversation.thread, customer=conversation.customer)
    return sum(_try_to_act(rule, conversation, happening, facts, pause) for rule in rules)


def _listening(happening: Happening) -> list[Rule]:
    """In their order; without those that have acted upon this very thing."""
    acted = RuleAction.objects.filter(conversation=happening.conversation, key=happening.key).values("rule")
    return list(Rule.objects.listening_for(happening.event).exclude(pk__in=acted))


def _only_rules_wait(conversation: Conversation, happening: Happening) -> bool:
    """A clock that only a rule started warns people, not rules."""
    if happening.event != Rule.Event.CLOCK_WARNED:
        return False
    kinds = set(conversation.reasons.standing().values_list("kind", flat=True))
    return kinds == {Reason.Kind.RULE}


def _try_to_act(
    rule: Rule, conversation: Conversation, happening: Happening, facts: Facts, pause: Pause | None
) -> bool:
    """One rule that fails keeps no other from acting. A database that is busy is no failure: the task runs again."""
    try:
        with transaction.atomic():
            return _act(rule, conversation, happening, facts, pause)
    except OperationalError:
        raise
    except Exception as error:
        conversation.refresh_from_db()
        note_failure(rule, happening, error)
        return False


def _act(rule: Rule, conversation: Conversation, happening: Happening, facts: Facts, pause: Pause | None) -> bool:
    if not all_hold(rule.conditions, facts):
        return False
    would = ACTIONS[rule.action].would(conversation, rule.parameters)
    if not would:
        return False
    line = line_for(rule, happening)
    if pause is not None:
        line.state, line.what, line.held_by = State.HELD, would[:200], in_words(pause)[:300]
        line.save()
        return False
    carry_out(line, conversation)
    Rule.objects.filter(pk=rule.pk, failures__gt=0).update(failures=0)
    return True


def line_for(rule: Rule, happening: Happening) -> RuleAction:
    """A line of the log, not saved yet. It keeps what the rule was to do: the rule may be changed before it is done."""
    post = Post.objects.filter(pk=happening.number or 0).first() if happening.kind == "post" else None
    return RuleAction(
        rule=rule,
        conversation_id=happening.conversation,
        post=post,
        key=happening.key,
        at=happening.at,
        undo_data={"action": rule.action, "parameters": rule.parameters},
    )


def carry_out(line: RuleAction, conversation: Conversation, *, by_pk: int | None = None) -> None:
    """Act, and write it down here and in the conversation's history. The caller holds the conversation."""
    wanted = line.undo_data
    done = ACTIONS[wanted["action"]].do(conversation, wanted["parameters"], line.rule.name)
    line.state, line.what, line.undo_data = State.DONE, done.what[:200], wanted | {"undo": done.undo_data}
    line.save()
    log_event(conversation, f"Rule “{line.rule}”: {done.what}", by_pk=by_pk, at=timezone.now())
