"""Conversations that were lived through, as many as asked for: answers, replies, signs and links over two years."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone

from community.members.models import Member, Role
from community.products.models import Product, ProductCategory
from community.threads.models import Category, Post, Thread
from forum.models import Question
from staff.models import Conversation, ConversationType, Effect, Evidence, HelpfulLink, LinkOpening, Outcome, Reply

TYPES = ("", *ConversationType.values)
EFFECTS = (Effect.STRENGTHENED, Effect.STRENGTHENED, Effect.NO_CHANGE, Effect.WEAKENED)
URLS = [f"https://brand.example/care/{nth}" for nth in range(60)]
DAYS = 730
Row = TypeVar("Row", bound=Model)


def fill(count: int, now: datetime | None = None, seed: int = 4) -> None:
    """The same rows at every run. About 3.4 posts, .8 replies, .9 outcomes and .3 links to each conversation."""
    _Filler(random.Random(seed), now or timezone.now()).fill(count)


class _Filler:
    def __init__(self, dice: random.Random, now: datetime) -> None:
        self.dice, self.now = dice, now
        self.customers = _people("customer", 400)
        self.agents = _people("agent", 12, is_staff=True, role=Role.RESPONDER)
        shelf = ProductCategory.objects.create(name="Everything", slug="everything")
        names = [f"Thing {nth}" for nth in range(25)]
        self.products = [
            Product.objects.create(name=name, slug=f"thing-{nth}", sku=f"T-{nth}", category=shelf)
            for nth, name in enumerate(names)
        ]
        self.category = Category.objects.create(name="Anything", slug="anything")

    def fill(self, count: int) -> None:
        threads = _save(self._thread(nth) for nth in range(count))
        _save(Question(thread=thread, category=self.category) for thread in threads)
        _save(_post(thread, thread.author, thread.created_at, kind="opening") for thread in threads)
        answers = _save(self._answer(thread) for thread in threads for _ in range(self.dice.randrange(3)))
        replied = [thread for thread in threads if self.dice.random() < 0.8]
        official = _save(self._official(thread) for thread in replied)
        self._conversations(threads, official)
        self._signs(answers, official)

    def _thread(self, nth: int) -> Thread:
        author = self.dice.choice(self.customers)
        at = self.now - timedelta(minutes=self.dice.randrange(DAYS * 24 * 60))
        product = self.dice.choice([None, *self.products])
        return Thread(
            kind="question", author=author, title=f"How about number {nth}?", slug=f"number-{nth}", product=product,
            created_at=at, last_post_at=at, last_post_by=author,
        )  # fmt: skip

    def _answer(self, thread: Thread) -> Post:
        return _post(thread, self.dice.choice(self.customers), self._later(thread))

    def _official(self, thread: Thread) -> Post:
        return _post(thread, self.dice.choice(self.agents), self._later(thread), is_official=True)

    def _later(self, thread: Thread) -> datetime:
        return min(self.now, thread.created_at + timedelta(minutes=self.dice.randrange(5, 6000)))

    def _conversations(self, threads: list[Thread], official: list[Post]) -> None:
        first = {post.thread_id: post.created_at for post in official}
        made = _save(self._conversation(thread, first.get(thread.pk)) for thread in threads)
        of_thread = {one.thread_id: one for one in made}
        _save(
            Reply(post=post, conversation=of_thread[post.thread_id], type=of_thread[post.thread_id].type,
                  is_holding=self.dice.random() < 0.05, waited_since=post.thread.created_at)
            for post in official
        )  # fmt: skip

    def _conversation(self, thread: Thread, first: datetime | None) -> Conversation:
        state = self.dice.choice(["answered", "closed", "settled"]) if first else "waiting"
        return Conversation(
            thread=thread, customer=thread.author, product=thread.product, subject=thread.title,
            customer_name=thread.author.name, state=state, type=self.dice.choice(TYPES), asked_at=thread.created_at,
            opened_at=thread.created_at, waiting_since=None if first else thread.created_at,
            first_due_at=thread.created_at + timedelta(hours=16), first_company_response_at=first,
            first_response_at=first,
        )  # fmt: skip

    def _signs(self, answers: list[Post], official: list[Post]) -> None:
        judge = self.agents[0]
        of_company = [post for post in official if self.dice.random() < 0.5]
        signs = [
            self._sign(post, self.dice.choice([Evidence.ACCEPTED, Evidence.HELPFUL_VOTE, Evidence.THANKED]))
            for post in [*answers, *of_company]
            if self.dice.random() < 0.5
        ]
        judged = [self._sign(post, Evidence.STAFF_JUDGEMENT, judge) for post in of_company if self.dice.random() < 0.6]
        _save([*signs, *judged])
        links = _save(self._link(post, nth) for nth, post in enumerate(official) if self.dice.random() < 0.4)
        _save(
            LinkOpening(link=link, visitor=f"v{nth}", is_asker=nth == 0, opened_at=link.created_at)
            for link in links
            for nth in range(self.dice.randrange(3))
        )

    def _sign(self, post: Post, evidence: str, by: Member | None = None) -> Outcome:
        at = post.created_at + timedelta(hours=self.dice.randrange(1, 90))
        return Outcome(
            post=post,
            evidence=evidence,
            effect=self.dice.choice(EFFECTS),
            recorded_by=by,
            recorded_at=min(at, self.now),
        )

    def _link(self, post: Post, nth: int) -> HelpfulLink:
        helped = post.created_at + timedelta(days=1) if self.dice.random() < 0.2 else None
        return HelpfulLink(
            post=post, url=self.dice.choice(URLS), need="how to care for it", token=f"token-{nth}",
            created_at=post.created_at, helped_at=helped,
        )  # fmt: skip


def _people(name: str, count: int, **fields: object) -> list[Member]:
    return Member.objects.bulk_create(
        Member(username=f"{name}-{nth}", email=f"{name}-{nth}@example.com", **fields) for nth in range(count)
    )


def _post(thread: Thread, author: Member, at: datetime, kind: str = "answer", **fields: object) -> Post:
    return Post(
        thread=thread, author=author, kind=kind, body="Words.", body_html="<p>Words.</p>", created_at=at, **fields
    )


def _save(rows: Iterable[Row]) -> list[Row]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=1000) if rows else []
