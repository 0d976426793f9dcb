"""Fills a database with as much as asked for, made from a word list: the same rows at every run."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from community.bench.words import Writer
from community.members.models import Member, TrustLevel
from community.products.models import Product, ProductCategory
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Thread
from community.threads.rendering import render
from forum.models import Question
from reviews.models import Review
from reviews.rating import recount_all

MEMBER, PASSWORD = "bench", "bench-pass-2026"
SHELVES, CATEGORIES, PRODUCTS, PARAGRAPHS, BATCH = 12, 8, 200, 1000, 500
# Two threads that the bench asks for: one of 20 posts, one of 2,000. A fifth of all posts are comments.
SHORT, LONG, COMMENT_SHARE = 20, 2000, 5
TAGS = ("wool", "zip", "sizing", "washing", "repair", "rain", "winter", "boots", "tents", "care", "colour", "warranty")
STARS, STAR_WEIGHTS = (1, 2, 3, 4, 5), (6, 7, 12, 24, 51)
DAYS = 730
Row = TypeVar("Row")


class Filler:
    """Holds what the rows are drawn from: one random source, members, products, and paragraphs rendered once."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.writer = Writer()
        self.random = self.writer.random
        self.now = timezone.now()
        paragraphs = [self.writer.paragraph() for _ in range(PARAGRAPHS)]
        self.paragraphs = [(text, render(text)) for text in paragraphs]
        self.secret = make_password(PASSWORD)
        self.members: list[Member] = []
        self.products: list[Product] = []
        self.categories: list[Category] = []

    @transaction.atomic
    def fill(self, *, threads: int, posts: int, members: int, reviews: int) -> None:
        """Make everything, or nothing."""
        self.make_members(members)
        self.make_shelves()
        self.make_questions(threads, posts)
        self.make_reviews(reviews)
        self.say("Counting stars …")
        recount_all()

    def make_members(self, count: int) -> None:
        self.say(f"{count:,} members …")
        first = Member(
            username=MEMBER, email=f"{MEMBER}@example.com", trust_level=TrustLevel.MEMBER, password=self.secret
        )
        rest = (self.member(number) for number in range(1, count))
        self.members = Member.objects.bulk_create([first, *rest], batch_size=1000)
        EmailAddress.objects.create(user=self.members[0], email=first.email, verified=True, primary=True)

    def member(self, number: int) -> Member:
        name = " ".join(word.capitalize() for word in self.writer.words(2))
        level = self.random.choices((0, 1, 2, 3), (30, 40, 25, 5))[0]
        joined = self.now - timedelta(days=self.random.randint(1, DAYS))
        return Member(
            username=f"bench-{number}",
            email=f"bench-{number}@example.com",
            display_name=name,
            trust_level=level,
            date_joined=joined,
            password=self.secret,
        )

    def make_shelves(self) -> None:
        shelves = [ProductCategory(name=f"Shelf {n}", slug=f"shelf-{n}", position=n) for n in range(SHELVES)]
        ProductCategory.objects.bulk_create(shelves)
        self.categories = [Category(name=f"Subject {n}", slug=f"subject-{n}", position=n) for n in range(CATEGORIES)]
        Category.objects.bulk_create(self.categories)
        self.products = Product.objects.bulk_create(
            Product(
                name=" ".join(self.writer.words(2)).title() + f" {number}",
                slug=f"product-{number}",
                sku=f"B-{number}",
                category=shelves[number % SHELVES],
                description=self.body()[0],
            )
            for number in range(PRODUCTS)
        )

    def body(self) -> tuple[str, str]:
        """Return Markdown and its HTML: one to four of the rendered paragraphs."""
        parts = self.random.choices(self.paragraphs, k=self.random.choice((1, 1, 2, 2, 3, 4)))
        return "\n\n".join(text for text, _ in parts), "\n".join(html for _, html in parts)

    def post(self, created_at: datetime, author: Member | None = None) -> NewPost:
        body, html = self.body()
        return NewPost(
            author=author or self.random.choice(self.members), body=body, body_html=html, created_at=created_at
        )

    def moments(self, count: int) -> list[datetime]:
        """Return that many moments in order: a beginning in the last two years, then ever rarer."""
        moment = self.now - timedelta(seconds=self.random.uniform(86_400, DAYS * 86_400))
        moments = [moment]
        for _ in range(count - 1):
            moment += (self.now - moment) * self.random.random() * 0.05
            moments.append(moment)
        return moments

    def sizes(self, threads: int, posts: int) -> list[int]:
        """Share the posts out: the two threads that the bench asks for, and the rest as uneven as threads are."""
        others = range(threads - 2)
        weights = [self.random.paretovariate(1.5) for _ in others]
        shares = Counter(self.random.choices(others, weights, k=posts - SHORT - LONG - len(others)))
        return [SHORT, LONG, *(1 + shares[place] for place in others)]

    def question(self, size: int) -> NewThread:
        """Return a question of `size` posts in all: its opening, answers, and comments on the answers."""
        moments = self.moments(size)
        comments = (size - 1) // COMMENT_SHARE
        answers = [self.post(moment) for moment in moments[1 : size - comments]]
        for moment in moments[size - comments :]:
            on = self.random.choice(answers)
            on.comments = [*on.comments, self.post(moment)]
        return NewThread(
            kind=Thread.Kind.QUESTION,
            title=self.writer.title("?"),
            opening=self.post(moments[0]),
            answers=answers,
            product=self.random.choice(self.products) if self.random.random() < 0.7 else None,
            tags=self.random.sample(TAGS, self.random.randint(0, 3)),
        )

    def make_questions(self, threads: int, posts: int) -> None:
        done = 0
        for sizes in batches(self.sizes(threads, posts), BATCH):
            rows = [self.question(size) for size in sizes]
            load_threads(rows)
            Question.objects.bulk_create([self.question_of(row) for row in rows], batch_size=1000)
            done += sum(sizes)
            self.say(f"{done:,} of {posts:,} posts …")

    def question_of(self, row: NewThread) -> Question:
        question = Question(thread=row.saved, category=self.random.choice(self.categories))
        if row.answers and self.random.random() < 0.5:
            accepted = self.random.choice(row.answers)
            question.accepted_post = accepted.saved
            question.accepted_by = row.opening.author
            question.accepted_at = accepted.created_at
        return question

    def make_reviews(self, count: int) -> None:
        pairs = self.random.sample(range(len(self.members) * PRODUCTS), count)
        for batch in batches(pairs, 2 * BATCH):
            rows = [self.review(self.members[pair // PRODUCTS], self.products[pair % PRODUCTS]) for pair in batch]
            load_threads(rows)
            stars = self.random.choices(STARS, STAR_WEIGHTS, k=len(rows))
            Review.objects.bulk_create(Review(thread=row.saved, stars=n) for row, n in zip(rows, stars, strict=True))
        self.say(f"{count:,} reviews …")

    def review(self, author: Member, product: Product) -> NewThread:
        opening = self.post(self.moments(1)[0], author)
        return NewThread(kind=Thread.Kind.REVIEW, title=self.writer.title(), opening=opening, product=product)


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch
