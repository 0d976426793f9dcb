"""Case: all that a detector may look at, as plain values. Finding: what it answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from staff.clock import Hours


@dataclass(frozen=True)
class Said:
    """One published post, oldest first in a case."""

    pk: int
    body: str
    at: datetime
    is_asker: bool
    is_staff: bool = False
    is_official: bool = False
    is_holding: bool = False
    is_answer: bool = False
    is_unhelpful_to_asker: bool = False
    is_import: bool = False
    edited_at: datetime | None = None

    @property
    def is_company_reply(self) -> bool:
        """Clears the wait: official, and more than “we are looking into it”."""
        return self.is_official and not self.is_holding


@dataclass(frozen=True)
class Flagged:
    """A reader's flag that nobody has settled."""

    post: int
    label: str
    weight: int
    at: datetime
    needs_staff: bool = False
    note: str = ""


@dataclass(frozen=True)
class Escalation:
    post: int
    by: str
    why: str
    at: datetime
    by_pk: int | None = None


@dataclass(frozen=True)
class Words:
    """What the settings and the brand give the detectors to look for."""

    brand: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    staff_names: frozenset[str] = frozenset()
    competitors: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Case:
    now: datetime
    hours: Hours
    title: str
    posts: tuple[Said, ...]
    words: Words = field(default_factory=Words)
    is_question: bool = True
    is_open: bool = True
    category: str = ""
    is_company_only: bool = False
    solved_at: datetime | None = None
    still_needed_at: datetime | None = None
    awaits_asker: bool = False
    stars: int | None = None
    stars_at_reply: int | None = None
    flags: tuple[Flagged, ...] = ()
    escalation: Escalation | None = None
    asked_before: tuple[tuple[int, str, datetime], ...] = ()
    dismissed_until: datetime | None = None
    unanswered_hours: int = 4
    escalate_hours: int = 24

    @property
    def opening(self) -> Said:
        return self.posts[0]

    @property
    def replied_at(self) -> datetime | None:
        """When the company last replied, more than to say that it is looking into it."""
        return max((said.at for said in self.posts if said.is_company_reply), default=None)

    @property
    def quiet_until(self) -> datetime | None:
        """What was said up to then is dealt with: the company replied, or a person said that no reply is needed."""
        return max((at for at in (self.replied_at, self.dismissed_until) if at), default=None)

    def is_fresh(self, at: datetime) -> bool:
        return self.quiet_until is None or at > self.quiet_until

    @property
    def first_response_at(self) -> datetime | None:
        """The company's first word, a holding reply included, imports not."""
        return min((said.at for said in self.posts if said.is_official and not said.is_import), default=None)

    def was_asked_before(self, post: int, evidence: str) -> bool:
        """Did these words in this post raise a reason that has been dealt with? Mending a typo asks nothing new."""
        return any((post, evidence) == (p, e) and not self.is_fresh(at) for p, e, at in self.asked_before)

    def customers_unanswered(self) -> Iterator[Said]:
        """What customers said or changed since the company last dealt with the thread."""
        return (said for said in self.posts if not said.is_staff and self.is_fresh(said.edited_at or said.at))

    def asker_unanswered(self) -> Iterator[Said]:
        return (said for said in self.posts if said.is_asker and not said.is_staff and self.is_fresh(said.at))


@dataclass(frozen=True)
class Finding:
    """Why a reply is needed. `at`: since when; the reply's clock starts there."""

    kind: str
    post: int
    evidence: str
    weight: int
    rule: str
    at: datetime
    by_pk: int | None = None
