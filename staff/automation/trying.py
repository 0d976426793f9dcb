"""The dry run: what a rule would have done in the last 30 days. It reads, and writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from staff.automation.actions import ACTIONS
from staff.automation.actions.doing import Impossible
from staff.automation.conditions import all_hold, words_in
from staff.automation.facts import Facts, read_facts
from staff.automation.happenings import Happening, happened
from staff.automation.ruling import note, require_can_rule
from staff.models import Conversation, Rule

PERIOD = timedelta(days=30)
MOST = 5000  # things that happened; older ones are left out, and the page says so
AT_ONCE = 500


@dataclass(frozen=True)
class Touched:
    """One conversation, and each time the rule would have acted on it."""

    conversation: Conversation
    would: str
    times: tuple[datetime, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class DryRun:
    """`looked_at`: how much happened; `held`: how often all conditions held; `unchanged`: with nothing left to do."""

    since: datetime
    looked_at: int
    held: int
    touched: list[Touched] = field(default_factory=list)
    unchanged: int = 0
    problem: str = ""
    is_cut: bool = False


def dry_run(rule: Rule, *, now: datetime | None = None) -> DryRun:
    """Read-only. About ten queries for 500 things that happened, and up to two for each conversation touched."""
    since = (now or timezone.now()) - PERIOD
    happenings = happened(rule.event, since=since, most=MOST + 1)
    is_cut, happenings = len(happenings) > MOST, happenings[:MOST]
    matches: dict[int, list[tuple[Happening, Facts]]] = {}
    for happening, facts in _facts(happenings):
        if all_hold(rule.conditions, facts):
            matches.setdefault(happening.conversation, []).append((happening, facts))
    held = sum(map(len, matches.values()))
    try:
        ACTIONS[rule.action].check(rule.parameters)
        touched = list(_touched(rule, matches))
    except Impossible as problem:
        return DryRun(since, len(happenings), held, problem=str(problem), is_cut=is_cut)
    return DryRun(since, len(happenings), held, touched, len(matches) - len(touched), is_cut=is_cut)


@transaction.atomic
def try_out(*, by: Member, rule: Rule) -> DryRun:
    """The dry run before a rule may be switched on: who read it and when is noted with the rule, and what it found."""
    require_can_rule(by)
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    found = dry_run(rule)
    if found.problem:
        return found
    rule.tried_at, rule.tried_by, rule.tried_found = timezone.now(), by, len(found.touched)
    rule.save(update_fields=["tried_at", "tried_by", "tried_found"])
    count = len(found.touched)
    note(rule, f"Tried it: it would have touched {count} conversation{'' if count == 1 else 's'}", by=by)
    return found


def _facts(happenings: Sequence[Happening]) -> Iterator[tuple[Happening, Facts]]:
    for start in range(0, len(happenings), AT_ONCE):
        some = happenings[start : start + AT_ONCE]
        yield from ((one, facts) for one, facts in zip(some, read_facts(some), strict=True) if facts)


def _touched(rule: Rule, matches: dict[int, list[tuple[Happening, Facts]]]) -> Iterator[Touched]:
    """The newest first. Where a second time adds nothing, a conversation would have been touched once."""
    action = ACTIONS[rule.action]
    rows = Conversation.objects.select_related("thread", "customer").in_bulk(list(matches))
    for pk, held in matches.items():
        would = action.would(rows[pk], rule.parameters)
        if not would:
            continue
        shown = held if action.can_repeat else held[-1:]
        words = words_in(rule.conditions.get("words", []), shown[0][1].text)
        yield Touched(rows[pk], would, tuple(one.at for one, _ in shown), tuple(dict.fromkeys(words)))
