"""Case: all that a detector may look at, as plain values. Finding: what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from staff.clocks.clock import Hours

Key = tuple[int | None, int | None]


@dataclass(frozen=True)
class Said:
    """One text: a published post, a message of a private exchange, or (neither) what was said elsewhere."""

    body: str
    at: datetime
    is_asker: bool
    post: int | None = None
    message: int | None = None
    is_staff: bool = False
    is_official: bool = False
    is_holding: bool = False
    is_answer: bool = False
    is_unhelpful_to_asker: bool = False
    is_import: bool = False
    edited_at: datetime | None = None

    @property
    def key(self) -> Key:
        return (self.post, self.message)

    @property
    def is_private(self) -> bool:
        return self.message is not None

    @property
    def is_company_reply(self) -> bool:
        """Clears the wait: official, and more than “we are looking into it”."""
        return self.is_official and not self.is_holding

    @property
    def changed_at(self) -> datetime:
        return self.edited_at or self.at


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
    """`post` is empty where the conversation has no thread."""

    post: int | None
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
    category: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class RaisedBefore:
    """A reason of this conversation, standing or settled."""

    kind: str
    key: Key
    evidence: str
    at: datetime
    weight: int = 0
    rule: str = ""


@dataclass(frozen=True)
class Case:
    """`texts` come oldest first. A thread's opening stands first among them; without any text nobody is needed.

    `is_outside`: not said in the community, so only the company can answer. `is_mention`: in the queue until looked at.
    `listed_until`: on the re-activation list, for what they wrote up to then.
    """

    now: datetime
    hours: Hours
    title: str
    texts: tuple[Said, ...]
    words: Words = field(default_factory=Words)
    weights: Mapping[str, int] = field(default_factory=dict)
    is_question: bool = True
    is_open: bool = True
    is_outside: bool = False
    is_mention: bool = False
    keywords: tuple[tuple[str, str], ...] = ()
    category: str = ""
    is_company_only: bool = False
    solved_at: datetime | None = None
    still_needed_at: datetime | None = None
    needs_info_at: datetime | None = None
    details_at: datetime | None = None
    stars: int | None = None
    stars_at_reply: int | None = None
    flags: tuple[Flagged, ...] = ()
    escalation: Escalation | None = None
    raised_before: tuple[RaisedBefore, ...] = ()
    dismissed_until: datetime | None = None
    unanswered_hours: int = 4
    escalate_hours: int = 24
    last_purchase_at: datetime | None = None
    quiet_since: datetime | None = None
    listed_until: datetime | None = None

    @property
    def opening(self) -> Said:
        return self.texts[0]

    @property
    def awaits_asker(self) -> bool:
        return self.needs_info_at is not None

    @property
    def replied_at(self) -> datetime | None:
        """When the company last replied, more than to say that it is looking into it."""
        return max((said.at for said in self.texts if said.is_company_reply), default=None)

    @property
    def quiet_until(self) -> datetime | None:
        """What was said up to then is dealt with: the company replied, or a person said that no reply is needed."""
        return max((at for at in (self.replied_at, self.dismissed_until) if at), default=None)

    def is_fresh(self, at: datetime) -> bool:
        return self.quiet_until is None or at > self.quiet_until

    @property
    def first_company_response_at(self) -> datetime | None:
        """The company's first word, a holding reply included, imports not."""
        return min((said.at for said in self.texts if said.is_official and not said.is_import), default=None)

    @property
    def first_response_at(self) -> datetime | None:
        """The first answer by anybody but who asked; imports never count, nor do remarks below a question."""
        answers = (said for said in self.texts[1:] if said.is_official or said.is_answer or not self.is_question)
        return min((said.at for said in answers if not said.is_asker and not said.is_import), default=None)

    def was_raised_before(self, kind: str, said: Said, evidence: str) -> bool:
        """Did these words raise a reason that has been dealt with? Mending a typo asks nothing new."""
        return any(
            (before.kind, before.key, before.evidence) == (kind, said.key, evidence) and not self.is_fresh(before.at)
            for before in self.raised_before
        )

    def customers_unanswered(self) -> Iterator[Said]:
        """What customers said or changed since the company last dealt with the conversation."""
        return (said for said in self.texts if not said.is_staff and self.is_fresh(said.changed_at))

    def asker_unanswered(self) -> Iterator[Said]:
        return (said for said in self.texts if said.is_asker and not said.is_staff and self.is_fresh(said.at))

    def our_word_before(self, said: Said) -> str:
        """What the company said last before this, or nothing."""
        ours = [each.body for each in self.texts if each.is_official and each.at <= said.at and each is not said]
        return ours[-1] if ours else ""

    def text_of(self, said: Said) -> str:
        """What somebody wrote, an opening with its title."""
        return f"{self.title}\n{said.body}" if said is self.opening and not said.is_private else said.body

    def find_words(self, kind: str, find: Callable[[Said], str]) -> tuple[Said, str] | None:
        """The first unanswered customer's text in which `find` finds words that are new as a reason of this kind."""
        for said in self.customers_unanswered():
            evidence = find(said)
            if evidence and not self.was_raised_before(kind, said, evidence):
                return said, evidence
        return None


@dataclass(frozen=True)
class Finding:
    """Why a reply is needed. `at`: since when; the reply's clock starts there.

    `is_must` is false for what is worth a reply but does not make one a duty: praise.
    """

    kind: str
    post: int | None
    evidence: str
    weight: int
    rule: str
    at: datetime
    by_pk: int | None = None
    message: int | None = None
    is_must: bool = True

    @property
    def key(self) -> Key:
        return (self.post, self.message)


def finding(kind: str, said: Said, evidence: str, weight: int, rule: str, at: datetime | None = None) -> Finding:
    """A finding whose evidence stands in `said`; the clock starts when it was written or last changed."""
    return Finding(kind, said.post, evidence, weight, rule, at or said.changed_at, message=said.message)
