"""Two hundred conversations as they were lived, and a separate list of what was put into each."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Model

from community.members.models import Member, Role
from community.products.models import Product, ProductCategory
from community.threads.models import Category, Post, Thread
from forum.models import Question
from reviews.models import Review
from staff.models import (
    Campaign,
    Conversation,
    Coupon,
    DeskSettings,
    HelpfulLink,
    Holiday,
    Leaving,
    LinkOpening,
    Mention,
    Message,
    Note,
    OpenRange,
    Outcome,
    Reply,
    ReviewTone,
    SlaEvent,
    Source,
)

NOW = datetime(2026, 11, 18, 15, 20, tzinfo=UTC)
TYPES = ("", "appreciation", "retention", "conversion", "reactivation", "acquisition")
SIGNS = ("accepted", "helpful_vote", "thanked", "came_back", "customer_said", "staff_judgement", "link_opened")
EFFECTS = ("strengthened", "no_change", "weakened")
URLS = tuple(f"https://brand.example/care/{nth}" for nth in range(5))


@dataclass
class Sign:
    evidence: str
    effect: str
    at: datetime
    stands: bool


@dataclass
class Link:
    url: str
    asker: bool
    others: bool
    helped: bool


@dataclass
class Said:
    """Something said to the customer. `counts`: can be read, or reached them, and is no import."""

    at: datetime
    by: str
    author: int
    type: str
    counts: bool
    can_be_read: bool = True
    is_holding: bool = False
    is_message: bool = False
    waited_since: datetime | None = None
    signs: list[Sign] = field(default_factory=list)
    link: Link | None = None


@dataclass
class Fact:
    """One conversation. `origin`: question, review, mention or personal."""

    origin: str
    asked: datetime
    type: str
    product: int | None
    state: str = "waiting"
    waiting_since: datetime | None = None
    first_due: datetime | None = None
    is_readable: bool = True
    is_import: bool = False
    stars: int = 0
    tone: str = ""
    said: list[Said] = field(default_factory=list)
    clocks: list[tuple[datetime, str, str, str]] = field(default_factory=list)
    leaving: tuple[datetime, str] | None = None
    coupon: tuple[datetime, str] | None = None
    place: str = ""
    mention_tone: int = 0

    def readable_replies(self) -> list[Said]:
        """Those whose signs say something of the conversation: imports too, and each message."""
        return [one for one in self.said if one.can_be_read]

    @property
    def ours(self) -> list[datetime]:
        return sorted(one.at for one in self.said if one.by == "company" and one.counts)


class Life:
    """Makes the rows and the facts; the same at every run."""

    def __init__(self, seed: int = 11) -> None:
        self.dice = random.Random(seed)
        self.facts: list[Fact] = []
        self.nth = self.ticks = 0
        self._ground()

    def _ground(self) -> None:
        OpenRange.objects.all().delete()
        for day in range(5):
            OpenRange.objects.create(weekday=day, opens_at=time(8, 30), closes_at=time(12))
            OpenRange.objects.create(weekday=day, opens_at=time(13), closes_at=time(17, 15))
        Holiday.objects.create(day=datetime(2026, 10, 26, tzinfo=UTC).date(), name="A day off")
        DeskSettings.objects.update_or_create(pk=1, defaults={"time_zone": "Europe/Lisbon"})
        shelf = ProductCategory.objects.create(name="All", slug="all")
        self.products = [
            Product.objects.create(name=f"Thing {n}", slug=f"thing-{n}", sku=f"T{n}", category=shelf) for n in range(3)
        ]
        self.category = Category.objects.create(name="Any", slug="any")
        self.customers = [self._person(f"customer{n}") for n in range(40)]
        self.helpers = [self._person(f"helper{n}") for n in range(3)]
        self.agents = [self._person(f"agent{n}", is_staff=True, role=Role.RESPONDER) for n in range(4)]
        self.source = Source.objects.create(name="A forum", kind="hand")
        self.campaigns = [Campaign.objects.create(name=f"Sorry {n}") for n in range(2)]

    def _person(self, name: str, **fields: Any) -> Member:
        return Member.objects.create_user(name, f"{name}@example.com", display_name=name.title(), **fields)

    def lived(self, count: int = 200) -> list[Fact]:
        for _ in range(count):
            origin = self.dice.choices(("question", "review", "mention", "personal"), (60, 15, 13, 12))[0]
            self._live(origin)
        return self.facts

    def _when(self, days: int = 150) -> datetime:
        return NOW - timedelta(minutes=self.dice.randrange(1, days * 24 * 60))

    def _after(self, moment: datetime) -> datetime:
        """Soon or late, never after now, and no two at the same moment."""
        self.ticks += 1
        minutes = self.dice.choice([self.dice.randrange(1, 90), self.dice.randrange(1, 9000)])
        later = min(NOW - timedelta(seconds=1), moment + timedelta(minutes=minutes))
        return later + timedelta(microseconds=self.ticks)

    def _live(self, origin: str) -> None:
        self.nth += 1
        product = self.dice.choice([*self.products, None] if origin != "review" else self.products)
        fact = Fact(origin, self._when(), self.dice.choice(TYPES), product.pk if product else None)
        customer = self.customers[self.nth % len(self.customers)] if origin != "review" else self._reviewer()
        fact.is_import = origin == "question" and self.dice.random() < 0.1
        fact.is_readable = origin in ("mention", "personal") or self.dice.random() < 0.93
        thread = self._thread(fact, customer, product) if origin in ("question", "review") else None
        mention = self._mention(fact) if origin == "mention" else None
        talk = Conversation.objects.create(
            thread=thread, mention=mention, customer=None if mention else customer, subject=f"Subject {self.nth}",
            customer_name=customer.name, product=product, type=fact.type, asked_at=fact.asked, opened_at=fact.asked,
            waiting_since=fact.asked, is_readable=fact.is_readable,
        )  # fmt: skip
        Note.objects.create(
            conversation=talk, author=self.agents[0], body="No reply.", created_at=self._after(fact.asked)
        )
        for _ in range(self.dice.randrange(5)):
            self._say(fact, talk, thread, customer)
        self._end(fact, talk)
        self._extras(fact, talk, customer)
        self.facts.append(fact)

    def _reviewer(self) -> Member:
        return self._person(f"reviewer{self.nth}")

    def _thread(self, fact: Fact, customer: Member, product: Product | None) -> Thread:
        thread = Thread.objects.create(
            kind=fact.origin, author=customer, product=product, title=f"Number {self.nth}", slug=f"n-{self.nth}",
            created_at=fact.asked, last_post_at=fact.asked, last_post_by=customer,
            status="published" if fact.is_readable else "hidden",
        )  # fmt: skip
        source = "import" if fact.is_import else "page"
        _post(thread, customer, fact.asked, kind="opening", source=source)
        if fact.origin == "question":
            Question.objects.create(thread=thread, category=self.category)
            return thread
        fact.stars, fact.tone = self.dice.randint(1, 5), self.dice.choice(["positive", "neutral", "negative", "unread"])
        review = Review.objects.create(thread=thread, stars=fact.stars)
        if fact.tone != "unread":
            tone = {"positive": 1, "neutral": 0, "negative": -1}[fact.tone]
            ReviewTone.objects.create(review=review, tone=tone, version=1)
        return thread

    def _mention(self, fact: Fact) -> Mention:
        fact.mention_tone = self.dice.choice([-1, 0, 1])
        return Mention.objects.create(
            source=self.source, external_id=str(self.nth), text="They say.", tone=fact.mention_tone,
            published_at=fact.asked, seen_at=fact.asked,
        )  # fmt: skip

    def _say(self, fact: Fact, talk: Conversation, thread: Thread | None, customer: Member) -> None:
        by = self.dice.choice(["company", "company", "customer", "colleague"]) if thread else "company"
        author = self.dice.choice(self.helpers if by == "customer" else self.agents)
        at, is_message = self._after(fact.asked), thread is None or (by == "company" and self.dice.random() < 0.2)
        kind = self.dice.choice(TYPES) if by == "company" else ""
        said = Said(at, by, author.pk, kind, self.dice.random() < 0.88, is_message=is_message)
        said.is_holding = by == "company" and self.dice.random() < 0.15
        if by == "company" and self.dice.random() < 0.7:
            said.waited_since = max(fact.asked, at - timedelta(minutes=self.dice.randrange(5, 3000)))
        row = self._message(said, talk, author) if is_message else self._answer(said, talk, thread, author)
        key = "message" if is_message else "post"
        self._signs(said, **{key: row})
        if by == "company" and self.dice.random() < 0.4:
            self._link(said, customer, **{key: row})
        fact.said.append(said)

    def _message(self, said: Said, talk: Conversation, author: Member) -> Model:
        return Message.objects.create(
            conversation=talk, author=author, is_official=True, body="W.", body_html="<p>W.</p>", type=said.type,
            is_holding=said.is_holding, waited_since=said.waited_since, created_at=said.at,
            posted_at=said.at if said.counts else None, place="private" if talk.mention_id is None else "outside",
        )  # fmt: skip

    def _answer(self, said: Said, talk: Conversation, thread: Any, author: Member) -> Model:
        gone = {} if said.counts else self.dice.choice([{"status": "withdrawn", "withdrawn_from": "published"},
                                                        {"status": "removed"}, {"source": "import"}])  # fmt: skip
        said.can_be_read = "status" not in gone
        post = _post(thread, author, said.at, is_official=said.by == "company", **gone)
        if said.by == "company":
            Reply.objects.create(
                post=post, conversation=talk, type=said.type, is_holding=said.is_holding, waited_since=said.waited_since
            )
        return post

    def _signs(self, said: Said, **reply: Model) -> None:
        for evidence in self.dice.sample(SIGNS, self.dice.randrange(4)):
            for stands in self.dice.choice([[True], [True], [False], [False, True]]):
                effect = "unknown" if evidence == "link_opened" else self.dice.choice(EFFECTS)
                sign = Sign(evidence, effect, self._after(said.at), stands)
                judge = self.agents[0] if evidence in ("staff_judgement", "customer_said") else None
                Outcome.objects.create(
                    evidence=evidence, effect=effect, recorded_at=sign.at, recorded_by=judge,
                    withdrawn_at=None if stands else NOW, **reply,
                )  # fmt: skip
                said.signs.append(sign)

    def _link(self, said: Said, customer: Member, **reply: Any) -> None:
        link = Link(self.dice.choice(URLS), *(self.dice.random() < share for share in (0.5, 0.4, 0.3)))
        self.nth += 1
        row = HelpfulLink.objects.create(
            url=link.url, need="care", token=f"t{self.nth}", created_at=said.at,
            helped_at=NOW if link.helped else None, **reply,
        )  # fmt: skip
        for is_asker in [True] * link.asker + [False] * (2 * link.others):
            LinkOpening.objects.create(link=row, visitor=f"v{self.dice.random()}", is_asker=is_asker, opened_at=NOW)
        said.link = link

    def _end(self, fact: Fact, talk: Conversation) -> None:
        """The state and the moments as triage keeps them."""
        first = fact.ours[0] if fact.ours else None
        if first and self.dice.random() < 0.75:
            fact.state = self.dice.choice(["answered", "closed", "settled"])
        elif not first and self.dice.random() < 0.4:
            fact.state = self.dice.choice(["settled", "no_reply"])
        else:
            fact.waiting_since = self._after(fact.asked) if first else fact.asked
        if self.dice.random() < 0.9:
            fact.first_due = fact.asked + timedelta(hours=self.dice.choice([2, 8, 40]))
        Conversation.objects.filter(pk=talk.pk).update(
            state=fact.state, waiting_since=fact.waiting_since, first_due_at=fact.first_due,
            first_company_response_at=first,
        )  # fmt: skip

    def _extras(self, fact: Fact, talk: Conversation, customer: Member) -> None:
        if self.dice.random() < 0.15:
            fact.leaving = (self._after(fact.asked), self.dice.choice(Leaving.Kind.values))
            Leaving.objects.create(
                member=customer, kind=fact.leaving[1], conversation=talk, recorded_by=self.agents[0],
                recorded_at=fact.leaving[0],
            )  # fmt: skip
        if self.dice.random() < 0.15:
            self._coupon(fact, talk)
        for target in self.dice.sample(["first", "next"], self.dice.randrange(3)):
            self._clock(fact, talk, target)

    def _coupon(self, fact: Fact, talk: Conversation) -> None:
        campaign = self.dice.choice(self.campaigns)
        fact.coupon = (self._after(fact.asked), campaign.name)
        Coupon.objects.create(
            campaign=campaign, code=f"CODE-{talk.pk}", conversation=talk, given_at=fact.coupon[0],
            given_to=self._person(f"given{talk.pk}"), given_by=self.agents[0],
        )  # fmt: skip

    def _clock(self, fact: Fact, talk: Conversation, target: str) -> None:
        at, result, policy = self._after(fact.asked), self.dice.choice(["met", "missed", "running"]), "Quick"
        kinds = {"met": ["met"], "missed": ["breached", "met"], "running": []}[result]
        for kind in ["started", "warned", *kinds]:
            SlaEvent.objects.create(
                conversation=talk, target=target, kind=kind, waiting_since=fact.asked, due_at=at, policy=policy, at=at
            )
        fact.clocks.append((at, target, result, policy))


def _post(thread: Thread, author: Member, at: datetime, kind: str = "answer", **fields: Any) -> Post:
    return Post.objects.create(
        thread=thread, author=author, kind=kind, body="W.", body_html="<p>W.</p>", created_at=at, **fields
    )
