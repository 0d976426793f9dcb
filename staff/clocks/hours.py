"""The desk's hours and promises, as the clocks page says them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from staff.clocks.clock import Hours, Range
from staff.models import Conversation, DeskSettings, Holiday, OpenRange, SlaPolicy

OFFICE_HOURS: dict[int, tuple[Range, ...]] = dict.fromkeys(range(5), ((time(9), time(17)),))
ONE_DAY = 480


@dataclass(frozen=True)
class Targets:
    """Business minutes in which we want to reply, and the policy that says so (none matched: empty)."""

    first_reply_minutes: int = ONE_DAY
    next_reply_minutes: int = ONE_DAY
    name: str = ""
    policy_id: int | None = None

    def minutes(self, *, is_first: bool) -> int:
        return self.first_reply_minutes if is_first else self.next_reply_minutes


@dataclass(frozen=True)
class Subject:
    """What policies look at."""

    product: int | None = None
    category: int | None = None
    type: str = ""
    priority: int = 0


def hours_now(desk: DeskSettings | None = None) -> Hours:
    """The desk's hours as they stand; where none are written down, Monday to Friday from 9 to 17. Three queries."""
    zone = ZoneInfo((desk or DeskSettings.current()).time_zone)
    ranges = ranges_of(OpenRange.objects.all())
    return Hours(ranges or OFFICE_HOURS, zone, frozenset(Holiday.objects.values_list("day", flat=True)))


def ranges_of(rows: Iterable[OpenRange]) -> dict[int, tuple[Range, ...]]:
    """Of rows saved or not, by weekday."""
    ranges: dict[int, tuple[Range, ...]] = {}
    for row in rows:
        ranges[row.weekday] = (*ranges.get(row.weekday, ()), (row.opens_at, row.closes_at))
    return ranges


def hours_with(*, ranges: dict[int, tuple[Range, ...]] | None = None, days: Iterable[date] = ()) -> Hours:
    """The hours as they would be with other ranges, or with more days off."""
    now = hours_now()
    return Hours(now.ranges if ranges is None else ranges, now.zone, now.holidays | frozenset(days))


def subject_of(conversation: Conversation, *, priority: int | None = None, type: str | None = None) -> Subject:  # noqa: A002
    """`priority` and `type` where they are about to change."""
    thread = conversation.thread
    question = getattr(thread, "question", None)
    return Subject(
        product=thread.product_id if thread else conversation.product_id,
        category=question.category_id if question else None,
        type=(conversation.type or conversation.type_suggested) if type is None else type,
        priority=conversation.priority if priority is None else priority,
    )


def policy_for(subject: Subject) -> Targets:
    """The first policy that matches; one working day where none does. One query."""
    policies = SlaPolicy.objects.filter(is_on=True).order_by("position", "pk")
    return next((targets_of(policy) for policy in policies if matches(policy, subject)), Targets())


def matches(policy: SlaPolicy, subject: Subject) -> bool:
    """What a policy leaves empty is any."""
    return (
        policy.product_id in (None, subject.product)
        and policy.category_id in (None, subject.category)
        and policy.type in ("", subject.type)
        and policy.least_priority <= subject.priority
    )


def targets_of(policy: SlaPolicy) -> Targets:
    return Targets(policy.first_reply_minutes, policy.next_reply_minutes, policy.name, policy.pk)
