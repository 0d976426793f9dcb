"""`manage.py load_bench`: fill an empty community with as much as the bench wants to read."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.bench.filling import LONG, MEMBER, PASSWORD, PRODUCTS, SHORT, Filler
from community.members.models import Member
from community.search.indexing import reindex


class Command(BaseCommand):
    help = "Fill an empty community with questions, answers and reviews made from a word list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=5000, help="questions (5000)")
        parser.add_argument("--posts", type=int, default=100_000, help="posts in them, openings and all (100000)")
        parser.add_argument("--members", type=int, default=2000, help="members (2000)")
        parser.add_argument("--reviews", type=int, default=10_000, help="reviews (10000)")

    def handle(self, *args: Any, **options: Any) -> None:
        amounts = {name: options[name] for name in ("threads", "posts", "members", "reviews")}
        refuse_impossible(**amounts)
        began = monotonic()
        if not Member.objects.filter(username=MEMBER).exists():
            if Member.objects.exists():
                raise CommandError("This community has members. The bench's content belongs into an empty one.")
            Filler(self.stdout.write).fill(**amounts)
        self.stdout.write("Indexing …")
        reindex()
        self.stdout.write(f"Done in {monotonic() - began:.0f} s. Sign in as {MEMBER}, password {PASSWORD}.")


def refuse_impossible(*, threads: int, posts: int, members: int, reviews: int) -> None:
    if threads < 3 or members < 1 or reviews < 0:
        raise CommandError("Give at least three threads and one member, and no negative number.")
    if posts - threads < SHORT + LONG:
        sizes = f"{SHORT} and {LONG:,}"
        raise CommandError(f"Two threads have {sizes} posts, each other has one at least: give more --posts.")
    if reviews > members * PRODUCTS:
        raise CommandError(
            f"A member reviews each of the {PRODUCTS} products once: fewer --reviews, or more --members."
        )
