"""`manage.py load_demo`: fills the community with Alder & Tarn. Safe to stop, and to run again at any time.

Each step adds, all or nothing, what is missing of its part; a run that finds everything there changes nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from community.demo.desk_alone import load_alone, load_former
from community.demo.desk_automation import load_automation
from community.demo.desk_listening import load_listening
from community.demo.equipping import load_equipment
from community.demo.finding import load_finding
from community.demo.inviting import load_invitations
from community.demo.knowing import make_known
from community.demo.moving import load_moved
from community.demo.people import load_people
from community.demo.portraits import load_portraits
from community.demo.review_details import load_review_details
from community.demo.searches import load_searches
from community.demo.shelves import load_brand, load_pictures, load_shelves
from community.demo.states import load_states
from community.demo.threads import load_questions, load_reviews
from community.search.indexing import compare, reindex

Step = tuple[str, Callable[[], int]]


class Command(BaseCommand):
    help = "Fill the community with the demo's content: a fictional brand, its customers and two months of their talk."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        steps: list[Step] = [
            ("brand", load_brand),
            ("products", load_shelves),
            ("people", partial(load_people, now)),
            ("the desk's equipment", partial(load_equipment, now.year)),
            ("questions", partial(load_questions, now)),
            ("reviews", partial(load_reviews, now)),
            ("how buyers were asked", partial(load_invitations, now)),
            ("what else reviews tell", partial(load_review_details, now)),
            ("what was moved in", partial(load_moved, now)),
            ("pictures", load_pictures),
            ("members' own pictures", load_portraits),
            ("where questions stand", partial(load_states, now)),
            ("what members are known for", partial(make_known, now)),
            ("what is said elsewhere", partial(load_listening, now)),
            ("what is said alone", partial(load_alone, now)),
            ("customers who have gone quiet", partial(load_former, now)),
            ("rules, and what they did", partial(load_automation, now)),
            ("bookmarks, lists and synonyms", partial(load_finding, now)),
            ("search entries", make_findable),
            ("what was searched for", partial(load_searches, now)),
        ]
        for name, load in steps:
            self.stdout.write(f"  Demo: {name} …", ending=" ")
            self.stdout.flush()
            added = load()
            self.stdout.write(f"{added:,} added" if added else "there already")


def make_findable() -> int:
    """Bring the search index up to date; how many entries were missing or wrong."""
    found = compare()
    if found.count:
        reindex()
    return found.count
