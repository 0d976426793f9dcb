"""No path uses stars or sentiment to decide whether, when or where a review appears, but a reader's own sort or filter.

Three walks over the code: who reads stars or tone at all, and why; which functions read them beside what decides on
appearing; which templates branch on them. Then the ways in themselves, with each number of stars. Whoever adds a reader
has to say here what for.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.importing.models import ImportRun
from community.importing.rows.starting import row_run
from community.importing.running import go_on, start
from community.members.models import Member
from community.moderation import deciding
from community.products.models import Product
from community.threads.models import Post, Status
from community.threads.withdrawing import restore, withdraw
from reviews.models import InvitationCampaign, Review, ReviewRecord
from reviews.suspicion.looking import look_at_what_is_new
from staff.automation.actions import ACTIONS
from tests.conftest import make_member
from tests.importing.review_samples import JUDGE_ME, judge_me
from tests.reviews.inviting import link_to
from tests.reviews.writing import BODY, change, fields, opening_of, write

ROOT = Path(__file__).parent.parent
WORD = re.compile(r"(?:^|_)(?:stars?|sentiments?|tones?|polarity|valence)(?:_|$|\d)")
STARS = range(1, 6)

STORE, SHOW, COUNT = "takes in and stores what was given", "shows it, whatever it is", "adds up or lists all of them"
REPLY = "decides which conversation the company answers first; nothing about what stands"
SORT = "a reader's own sort or filter"
READERS = {
    "community/bench": COUNT,
    "community/demo": STORE,
    "community/digest.py": SHOW,
    "community/exporting": SHOW,
    "community/feeds.py": SHOW,
    "community/importing": STORE,
    "community/people/badges.py": "the name of an icon",
    "community/styleguide.py": SHOW,
    "community/styleguide_samples.py": SHOW,
    "reviews/admin": SHOW,
    "reviews/fairness.py": "the report that looks for suppression",
    "reviews/forms.py": STORE,
    "reviews/gallery.py": SHOW,
    "reviews/history.py": SHOW,
    "reviews/inviting/figures.py": COUNT,
    "reviews/inviting/letters.py": "the names of the five choices in a mail that asks for any of them",
    "reviews/listing.py": SORT,
    "reviews/models": STORE,
    "reviews/rating.py": COUNT,
    "reviews/recording.py": "the log says how many there were",
    "reviews/reviewing.py": STORE,
    "reviews/screening.py": "refuses 0, 6 and 4.5: what is no number of stars",
    "reviews/structured_data.py": SHOW,
    "reviews/suspicion/crowds.py": "finds sudden runs of 1 and of 5 alike, for a moderator to look at",
    "reviews/suspicion/looking.py": "finds sudden runs of 1 and of 5 alike, for a moderator to look at",
    "reviews/templatetags/cards.py": SHOW,
    "reviews/top.py": "the most helpful of either side, both or neither",
    "reviews/views/api.py": SORT,
    "reviews/views/products.py": SORT,
    "reviews/views/reviews.py": SHOW,
    "reviews/views/writing.py": STORE,
    "reviews/widget": SHOW,
    "staff/admin": SHOW,
    "staff/automation": REPLY,
    "staff/insights": COUNT,
    "staff/listening": "what is said elsewhere, which we don't publish",
    "staff/management/commands/triage.py": REPLY,
    "staff/models": STORE,
    "staff/moderating.py": "the decision's log says how many there were; the page does not show them",
    "staff/one_to_one/writing.py": REPLY,
    "staff/outcomes": "whether a reply changed the rating",
    "staff/queue/rows.py": SHOW,
    "staff/replying.py": "remembers how many there were when we replied",
    "staff/reviews_report.py": "the report that looks for suppression",
    "staff/tasks.py": COUNT,
    "staff/triage": REPLY,
    "staff/views/triage.py": REPLY,
}
DECIDERS = {
    "set_status",
    "HELD",
    "HIDDEN",
    "REMOVED",
    "PUBLISHED",
    "published_at",
    "screen",
    "Verdict",
    "hide",
    "remove",
    "publish",
    "restore",
    "withdraw",
    "hold_if_suspect",
    "order_by",
    "planned_for",
    "sent_at",
}
BOTH = {
    "community/exporting/reviews/tables.py:_own": "writes both into a file",
    "reviews/fairness.py:sent_in": "reads what became of reviews",
    "reviews/history.py:as_data": "writes both into a file",
    "reviews/inviting/figures.py:figures": COUNT,
    "reviews/inviting/figures.py:_by_star": COUNT,
    "reviews/rating.py:site_mean": COUNT,
    "reviews/rating.py:by_rank": "orders products, not reviews: the ranking of the facts",
    "reviews/recording.py:stars_at": "looks up how many there were",
    "reviews/recording.py:_decisions": "copies a decision into the log with them",
    "reviews/top.py:_top": "helpful votes order either side",
    "staff/insights/elsewhere.py:_mentions": "what is said elsewhere",
    "staff/insights/elsewhere.py:_item": "what is said elsewhere",
    "staff/insights/toning.py:read_reviews": COUNT,
    "staff/listening/report.py:as_rows": "what is said elsewhere",
    "staff/outcomes/gathering.py:gather_rating": "whether a reply changed the rating; withdraws an outcome, no review",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ("community", "forum", "reviews", "staff"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text())


def names_in(tree: ast.AST) -> set[str]:
    """Attributes, names, arguments, keywords and texts of one word, such as the names of fields."""
    found: set[str] = set()
    for node in ast.walk(tree):
        for part in ("attr", "id", "arg", "value"):
            word = getattr(node, part, None)
            if isinstance(word, str) and re.fullmatch(r"-?\w+", word):
                found.add(word)
    return found


def is_of_stars(name: str) -> bool:
    return bool(WORD.search(name.lower().replace("__", "_")))


def listed(module: str, places: dict[str, str]) -> str | None:
    return next((place for place in places if module == place or module.startswith(f"{place}/")), None)


def test_whoever_reads_stars_says_here_what_for() -> None:
    readers = [module for module, tree in modules() if any(map(is_of_stars, names_in(tree)))]
    unknown = [module for module in readers if listed(module, READERS) is None]
    assert not unknown, f"reads stars or tone, and nobody has said what for: {unknown}"
    assert set(READERS) == {listed(module, READERS) for module in readers}, "listed, and reads neither any more"


def test_where_appearing_is_decided_nobody_reads_stars() -> None:
    for room in ("community/threads", "community/moderation", "community/search", "community/notifications"):
        assert not [place for place in READERS if place.startswith(room)]


def test_no_function_reads_stars_beside_what_decides_on_appearing() -> None:
    found = set()
    for module, tree in modules():
        if module.startswith(("community/demo/", "community/bench/")):
            continue  # makes up reviews, and what became of them
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                names = names_in(function)
                if names & DECIDERS and any(map(is_of_stars, names)):
                    found.add(f"{module}:{function.name}")
    assert found == set(BOTH)


def test_no_template_branches_on_stars() -> None:
    branch = re.compile(r"{%-?\s*(?:el)?if\b[^%]*\b(?:stars|sentiment)\b[^%]*%}")
    found = {f.name for f in (ROOT / "templates").rglob("*.html") if branch.search(f.read_text())}
    assert found <= {"styleguide.html"}


def test_no_rule_of_automation_can_hide_or_publish() -> None:
    assert set(ACTIONS) == {"tag", "assign", "priority", "suggest", "raise"}
    for action in ACTIONS.values():
        source = (ROOT / f"{type(action).__module__.replace('.', '/')}.py").read_text()
        assert not re.search(r"set_status|deciding|Status\.(?:HELD|HIDDEN|REMOVED)", source)


def test_campaigns_and_moderation_have_no_place_for_stars(
    moderator: Member, member: Member, product: Product, as_: Any
) -> None:
    assert not [f.name for f in InvitationCampaign._meta.get_fields() if is_of_stars(f.name)]
    held = write(member, product, stars=1)
    Post.objects.filter(thread=held.pk).update(status=Status.HELD)
    for tab in ("held", "flags", "signals", "decided"):
        plain, asked = (
            as_(moderator).get(f"/staff/moderation/?tab={tab}{more}").content.decode() for more in ("", "&stars=5")
        )
        assert "stars=" not in plain and "1 of 5" not in plain and "1 out of 5" not in plain
        assert ("Kept its shape" in plain) is ("Kept its shape" in asked)


def fate(review: Review) -> tuple[Any, ...]:
    """All that says whether, when and where a review appears, but the moment itself."""
    opening = opening_of(review)
    review.refresh_from_db()
    at_once = review.published_at is not None and (review.published_at - opening.created_at).total_seconds() < 60
    kinds = tuple(review.records.values_list("kind", "reason"))
    return opening.status, opening.thread.status, opening.status_reason, at_once, kinds, opening.helpful_score


def _page(stars: int, product: Product) -> Review:
    author = make_member(f"buyer{stars}")
    client = Client(REMOTE_ADDR=f"192.0.2.{stars}")
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/products/{product.slug}/review/", fields(stars=str(stars), body=f"{BODY} {stars}"))
    return Review.objects.get(thread__author=author)


def _page_held(stars: int, product: Product) -> Review:
    return write(make_member(f"buyer{stars}"), product, stars=stars, body=f"{BODY} Better than a casino.")


def _invitation(stars: int, product: Product) -> Review:
    link = link_to(product, email=f"ida{stars}@example.com")
    Client().post(link, fields(stars=str(stars), name_shown="first"))
    return Review.objects.get(stars=stars)


def _edit(stars: int, product: Product) -> Review:
    written = write(make_member(f"buyer{stars}"), product, stars=3)
    change(written, stars=stars, body=f"{BODY} And after the third winter?")
    return written


def _resubmit(stars: int, product: Product) -> Review:
    written = write(make_member(f"buyer{stars}"), product, stars=3)
    moderator = Member.objects.filter(username="milo").first() or make_member("milo", is_staff=True, role="moderator")
    deciding.remove(by=moderator, post=opening_of(written), reason="off_topic")
    change(written, stars=stars, body=f"{BODY} Mended.")
    return written


def _restore(stars: int, product: Product) -> Review:
    written = write(make_member(f"buyer{stars}"), product, stars=stars)
    withdraw(by=written.thread.author, post=opening_of(written))
    restore(by=written.thread.author, post=opening_of(written))
    return written


@pytest.mark.parametrize("way", [_page, _page_held, _invitation, _edit, _resubmit, _restore])
def test_one_to_five_stars_have_one_fate(way: Any, product: Product) -> None:
    written = {stars: way(stars, product) for stars in STARS}
    look_at_what_is_new()
    edited = {stars: stars == 3 for stars in STARS} if way is _edit else {}
    fates = {fate(review) for stars, review in written.items() if not edited.get(stars)}
    assert len(fates) == 1


def test_imported_stars_have_one_fate(product: Product, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, path = tmp_path / "var", tmp_path / "reviews.csv"
    rows = [judge_me(rating=str(n), email=f"a{n}@example.com", body=f'"{BODY} {n}"') for n in STARS]
    path.write_text(JUDGE_ME + "".join(rows))
    run = row_run(
        subject="reviews", path=path, file_name=path.name, source="Old", options={}, is_dry_run=False, by=None
    )
    start(run)
    go_on(run)
    assert run.state == ImportRun.State.FINISHED
    complete = {(r.stars, r.thread.status, r.records.count()) for r in Review.objects.select_related("thread")}
    lines = ReviewRecord.objects.filter(review__stars=1).count()
    assert complete == {(stars, Status.PUBLISHED, lines) for stars in STARS}


def test_writing_costs_the_same_for_every_star(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staff.receivers.async_task", lambda *_: None)  # the desk's queue: a task of the worker's
    write(make_member("first"), product)
    costs = set()
    for stars in STARS:
        author = make_member(f"buyer{stars}")
        with CaptureQueriesContext(connection) as queries:
            write(author, product, stars=stars)
        costs.add(len(queries))
    assert len(costs) == 1


@pytest.mark.parametrize("parameter", ["min_stars", "min", "least", "rating_min", "stars__gte", "minimum"])
def test_nothing_takes_a_minimum_of_stars(parameter: str, product: Product, as_: Any) -> None:
    write(make_member("low"), product, stars=1, title="One star only")
    assert "One star only" in as_(None).get(f"/products/{product.slug}/?{parameter}=4").content.decode()
    assert as_(None).get(f"/api/products/{product.slug}/reviews.json?{parameter}=4").status_code == 400
