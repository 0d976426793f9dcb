"""Rules: written and changed, switched on and off. A rule that was changed is off, and has to be tried anew."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.permissions import require
from staff.models import Rule, RuleChange
from staff.permissions import Refused

TRY_FIRST = "Try it first: read what it would have done in the last 30 days, then switch it on."
FIELDS = ("name", "event", "conditions", "action", "parameters", "position")


def can_rule(member: Any) -> bool:
    return bool(getattr(member, "is_manager", False))


def require_can_rule(by: Member) -> None:
    require(can_rule(by), "Managers write and try the rules. Ask one of them.")


@transaction.atomic
def write_rule(*, by: Member, **values: Any) -> Rule:
    """A new rule, off. `values`: FIELDS; conditions as staff.automation.conditions, parameters as its action reads."""
    require_can_rule(by)
    rule = Rule.objects.create(written_by=by, **values)
    note(rule, "Wrote it", by=by)
    return rule


@transaction.atomic
def change_rule(*, by: Member, rule: Rule, **values: Any) -> bool:
    """False if nothing would change. A new name or order leaves what it does; all else voids the dry run."""
    require_can_rule(by)
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    changed = [name for name in FIELDS if name in values and getattr(rule, name) != values[name]]
    if not changed:
        return False
    for name in changed:
        setattr(rule, name, values[name])
    if set(changed) - {"name", "position"}:
        rule.is_on, rule.tried_at, rule.tried_by, rule.tried_found, rule.failures = False, None, None, None, 0
        changed += ["is_on", "tried_at", "tried_by", "tried_found", "failures"]
    rule.save(update_fields=[*changed, "changed_at"])
    what = ", ".join(name for name in changed if name in FIELDS)
    note(rule, f"Changed its {what}{'' if rule.tried_at else '; it is off and has to be tried anew'}", by=by)
    return True


@transaction.atomic
def switch_on(*, by: Member, rule: Rule) -> bool:
    """False if it is on. Raises Refused if nobody has tried it as it stands."""
    require(can_rule(by), "Managers switch rules on. Ask one of them.")
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if rule.is_on:
        return False
    if rule.tried_at is None:
        raise Refused(TRY_FIRST)
    rule.failures = 0
    _switch(rule, by, is_on=True)
    return True


@transaction.atomic
def switch_off(*, by: Member, rule: Rule) -> bool:
    """False if it is off. Every responder may: who sees what a rule does must be able to stop it at once."""
    require(by.is_responder, "Only the company's staff switch rules off.")
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if not rule.is_on:
        return False
    _switch(rule, by, is_on=False)
    return True


@transaction.atomic
def delete_rule(*, by: Member, rule: Rule) -> bool:
    """False if it is gone. Raises Refused if it has acted: its log is kept, so it can only be switched off."""
    require_can_rule(by)
    rows = Rule.objects.select_for_update().filter(pk=rule.pk)
    if rows.filter(actions__isnull=False).exists():
        raise Refused("This rule has acted, and what it did is kept. Switch it off instead.")
    return bool(rows.delete()[0])


def note(rule: Rule, what: str, *, by: Member) -> None:
    """A line of the rule's own history."""
    RuleChange.objects.create(rule=rule, actor=by, what=what[:300])


def _switch(rule: Rule, by: Member, *, is_on: bool) -> None:
    rule.is_on, rule.switched_at, rule.switched_by = is_on, timezone.now(), by
    rule.save(update_fields=["is_on", "switched_at", "switched_by", "failures"])
    note(rule, "Switched it on" if is_on else "Switched it off", by=by)
