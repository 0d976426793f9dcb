"""What the staff queue costs at 100,000 conversations that wait: its plan, queries, milliseconds and bytes.

    VAR_DIR=… python -m tests.bench.queue_measures [how many]
    python -m tests.with_postgres python -m tests.bench.queue_measures [how many]

Fills the database that is there, if it has no conversations yet. Time is that of this process alone, the best of five.
"""

import gzip
import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import django

if __package__ in (None, ""):  # run by its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
os.environ.setdefault("DEBUG", "false")
django.setup()

from django.conf import settings  # noqa: E402 - what follows needs the settings
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.members.models import Member, Role  # noqa: E402
from community.products.models import Product, ProductCategory  # noqa: E402
from community.threads.models import Thread  # noqa: E402
from staff.models import Conversation, ConversationType, Reason  # noqa: E402
from staff.queue.choosing import ROWS, conversations  # noqa: E402
from staff.queue.filters import Filters  # noqa: E402

WAITING, TIMES, BATCH = 100_000, 5, 2000
CUSTOMERS, PRODUCTS, AGENTS = 2000, 200, 10
State = Conversation.State
# beside those that wait: share of them that is snoozed, answered, ended
OTHERS = ((State.WAITING, 0.05, True), (State.ANSWERED, 0.2, False), (State.CLOSED, 0.5, False))
ADDRESSES = (
    "", "sort=priority", "sort=waiting", "view=mine", "view=unassigned", "view=soon", "view=overdue", "view=customer",
    "view=snoozed", "view=closed", "view=all", "type=conversion", "product=7", "type=conversion&product=7",
    "type=retention&sort=priority", "view=unassigned&type=conversion", "view=all&q=jumper", "view=all&q=number+99999",
    "view=all&q=nothing+like+it", "page=40", "page=4000",
)  # fmt: skip


class Filler:
    """The same rows at every run."""

    def __init__(self, waiting: int) -> None:
        self.random = random.Random(4)
        self.now = timezone.now()
        self.waiting = waiting

    @transaction.atomic
    def fill(self) -> None:
        Member.objects.bulk_create(
            [self.member(f"customer-{n}") for n in range(CUSTOMERS)]
            + [self.member(f"agent-{n}", is_staff=True, role=Role.RESPONDER) for n in range(AGENTS)]
        )
        shelf = ProductCategory.objects.create(name="Shelf", slug="shelf")
        Product.objects.bulk_create(
            Product(name=f"Product {n}", slug=f"product-{n}", sku=f"P-{n}", category=shelf) for n in range(PRODUCTS)
        )
        self.customers = list(Member.objects.filter(is_staff=False)[:CUSTOMERS])
        self.agents = list(Member.objects.filter(is_staff=True))
        self.products = list(Product.objects.all())
        self.make(self.waiting, State.WAITING, False)
        for state, share, is_snoozed in OTHERS:
            self.make(int(self.waiting * share), state, is_snoozed)

    def member(self, name: str, **fields: Any) -> Member:
        return Member(username=name, email=f"{name}@example.com", display_name=name.replace("-", " ").title(), **fields)

    def make(self, count: int, state: str, is_snoozed: bool) -> None:
        for start in range(0, count, BATCH):
            threads = Thread.objects.bulk_create(
                Thread(
                    kind=Thread.Kind.QUESTION,
                    title=f"About the {self.random.choice(('jumper', 'shell', 'tent', 'stove'))}, number {start + n}",
                    slug="about",
                    author=(author := self.random.choice(self.customers)),
                    last_post_by=author,
                    product=self.random.choice(self.products),
                    status="published",
                )
                for n in range(min(BATCH, count - start))
            )
            made = Conversation.objects.bulk_create(self.conversation(t, state, is_snoozed) for t in threads)
            Reason.objects.bulk_create(
                Reason(conversation=it, kind=Reason.Kind.UNANSWERED, rule="Nobody has answered.", weight=2)
                for it in made
                if state == State.WAITING
            )

    def conversation(self, thread: Thread, state: str, is_snoozed: bool) -> Conversation:
        waits, any_of = state == State.WAITING, self.random.random
        since = self.now - timedelta(minutes=self.random.randint(1, 20_000))
        return Conversation(
            thread=thread,
            customer=thread.author,
            subject=thread.title,
            customer_name=thread.author.name,
            product=thread.product,
            state=state,
            type_suggested=self.random.choices(ConversationType.values, (50, 38, 4, 3, 5))[0],
            priority=self.random.randint(1, 12) if waits else 0,
            waiting_since=since if waits else None,
            due_at=since + timedelta(minutes=self.random.randint(60, 20_000)) if waits else None,
            snoozed_until=self.now + timedelta(days=3, seconds=self.random.randint(1, 9999)) if is_snoozed else None,
            assigned_to=self.random.choice(self.agents) if any_of() < 0.4 else None,
            is_readable=any_of() < 0.99,
            opened_at=since,
        )


def best(measure: Callable[[], float]) -> float:
    return min(measure() for _ in range(TIMES))


def milliseconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def plan_of(rows: Any) -> str:
    if connection.vendor != "postgresql":
        return " / ".join(rows.explain().splitlines())
    lines = rows.explain(analyze=True).splitlines()
    return " / ".join(line.strip(" ->").split("  (")[0] for line in lines if "->" in line or "Time" in line)


def chosen(agent: Member) -> Iterator[str]:
    """Each view's choosing query alone."""
    for address in ADDRESSES:
        query = QueryDict(address)
        start = (int(query.get("page", 1)) - 1) * ROWS
        held = conversations(Filters.of(query), agent, timezone.now()).values_list("pk", flat=True)
        rows = held[start : start + ROWS + 1]
        took = best(lambda: milliseconds(lambda: list(rows.all())))  # noqa: B023 - called at once
        yield f"{address or '(needs a reply)':34} {took:8.2f} ms  {plan_of(rows)}"


def pages(client: Client) -> Iterator[str]:
    """Whole pages, as an agent gets them."""
    for path in ("/staff/", "/staff/queue/part/", *(f"/staff/?{address}" for address in ADDRESSES if address)):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            content = client.get(path).content
        asked = len(queries)
        took = best(lambda: milliseconds(lambda: client.get(path)))  # noqa: B023 - the same
        size, packed = len(content) / 1024, len(gzip.compress(content)) / 1024
        yield f"{path:46} {asked:3} queries {took:8.1f} ms {size:7.1f} KB {packed:6.1f} KB packed"


def main() -> None:
    waiting = int(sys.argv[1]) if len(sys.argv) > 1 else WAITING
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("prepare", verbosity=0)
    if not Conversation.objects.exists():
        Filler(waiting).fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            if connection.vendor == "postgresql":
                cursor.execute("VACUUM (ANALYZE) staff_conversation")
    agent = Member.objects.get(username="agent-3")
    client = Client()
    client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
    print(f"{Conversation.objects.filter(place='waiting').count():,} wait, {connection.vendor}")
    for line in chain(chosen(agent), pages(client)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
