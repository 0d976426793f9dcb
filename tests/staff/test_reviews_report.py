"""The self-check against suppression: right on sets counted another way, and every number leads to its reviews."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from math import isclose
from random import Random
from statistics import median
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.moderation import deciding
from community.moderation.models import Decision
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Post, Status, Thread
from reviews.chance import chi_squared_tail, same_shares, same_waits, wilson_interval
from reviews.fairness import in_words, is_uneven, percent, report
from reviews.models import Review, ReviewRecord
from staff.reviews_report import behind, duration, rows
from tests.conftest import make_member

Clients = Callable[[Member | None], Client]
Kind = ReviewRecord.Kind


def log_a_review(author: Member, product: Product, stars: int, status: str, wait: timedelta, at: datetime) -> Review:
    """As it stands in the database after being sent in, waiting, and being decided on."""
    opening = NewPost(author, "Worn for two wet winters, and it kept its shape.", at, status=status)
    (thread,) = load_threads([NewThread("review", "Warm", opening, product=product)])
    published = at + wait if status == Status.PUBLISHED else None
    review = Review.objects.create(thread=thread, stars=stars, published_at=published)
    line = {"review": review, "stars": stars, "version": 1}
    ReviewRecord.objects.create(**line, kind=Kind.WRITTEN, at=at)
    if status == Status.REMOVED:
        ReviewRecord.objects.create(**line, kind=Kind.REMOVED, at=at + wait, reason="fake")
    return review


@pytest.fixture
def many(product: Product) -> list[tuple[int, str, int]]:
    """120 reviews as (stars, status, minutes waited), with nothing unfair about them."""
    dice, now = Random(5), timezone.now()
    made = []
    for number in range(120):
        stars, minutes = dice.randint(1, 5), dice.choice([0, 0, 0, 5, 90])
        status = dice.choices([Status.PUBLISHED, Status.REMOVED, Status.HELD], [8, 1, 1])[0]
        at = now - timedelta(days=dice.randint(1, 20))
        log_a_review(make_member(f"buyer{number}"), product, stars, status, timedelta(minutes=minutes), at)
        made.append((stars, str(status), minutes))
    return made


def last_month() -> tuple[datetime, datetime]:
    return timezone.now() - timedelta(days=30), timezone.now()


def test_the_report_equals_a_count_by_hand(many: list[tuple[int, str, int]]) -> None:
    found = report(*last_month())
    for line in found.lines:
        mine = [one for one in many if one[0] == line.stars]
        by_status = Counter(status for _, status, _ in mine)
        assert line.count("sent") == len(mine)
        assert line.count("published") == line.approved == by_status["published"]
        assert line.count("refused") == line.reasons("fake") == by_status["removed"]
        assert line.count("waiting") == by_status["held"] and line.decided == len(mine) - by_status["held"]
        waited = [minutes for _, status, minutes in mine if status == "published"]
        assert line.median_wait == timedelta(minutes=median(waited))
    assert found.total.count("sent") == 120


def test_what_is_fair_is_called_so(many: list[tuple[int, str, int]]) -> None:
    found = report(*last_month())
    assert not is_uneven(found) and "no more than chance" in in_words(found)[0]


@pytest.mark.parametrize("stars_of_the_refused", [1, 5])
def test_a_star_that_is_suppressed_stands_out_whichever_it_is(stars_of_the_refused: int, product: Product) -> None:
    now = timezone.now()
    for number in range(100):
        stars = number % 5 + 1
        is_refused = stars == stars_of_the_refused and number < 60
        status = Status.REMOVED if is_refused else Status.PUBLISHED
        log_a_review(make_member(f"buyer{number}"), product, stars, status, timedelta(0), now - timedelta(days=1))
    found = report(*last_month())
    assert is_uneven(found)
    assert in_words(found)[0].startswith(f"Of {stars_of_the_refused}-star reviews 40 % were published")


def test_a_star_that_waits_longer_stands_out(product: Product) -> None:
    now = timezone.now()
    for number in range(60):
        stars = number % 5 + 1
        wait = timedelta(hours=30 if stars == 1 else number % 3)
        log_a_review(make_member(f"buyer{number}"), product, stars, Status.PUBLISHED, wait, now - timedelta(days=3))
    sentences = in_words(report(*last_month()))
    assert sentences[1].startswith("1-star reviews waited longest") and "Kruskal–Wallis" in sentences[1]


def test_stars_are_those_sent_in_whatever_they_became(review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(stars=1)
    found = report(*last_month())
    assert [line.count("sent") for line in found.lines] == [0, 1, 0, 0, 0]


def test_every_number_leads_to_the_reviews_that_it_counts(many: list[tuple[int, str, int]]) -> None:
    found = report(*last_month())
    for row in rows(found):
        for cell in (*row.counts, *row.reasons):
            chosen = behind(found, cell.key)
            assert chosen is not None and len(chosen[1]) == cell.number


def test_the_statistics_agree_with_published_tables() -> None:
    # chi-squared: 3.841, 5.991, 7.815 and 9.488 are the 5 % points for 1 to 4 degrees of freedom
    for freedom, point in enumerate((3.841, 5.991, 7.815, 9.488), start=1):
        assert isclose(chi_squared_tail(point, freedom), 0.05, abs_tol=0.0005)
    low, high = wilson_interval(9, 10)
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)
    # Kruskal and Wallis 1952: a hand-worked example without ties, H = 7.2 for (1,2,3,4,5) (6..10) (11..15) → 12.5
    found = same_waits([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]])
    assert found is not None and isclose(found.p, 0.00193, abs_tol=0.0001)


def test_few_numbers_are_judged_by_shuffling_and_always_alike() -> None:
    first, again = same_shares([(3, 0), (0, 3)]), same_shares([(3, 0), (0, 3)])
    assert first == again and first is not None and "permutation" in first.name
    assert 0.05 < first.p < 0.15  # exactly 2 of 20 deals
    assert same_shares([(5, 0), (3, 0)]) is None


def test_the_page_shows_the_table_and_the_file_its_numbers(
    many: list[tuple[int, str, int]], as_: Clients, analyst: Member
) -> None:
    client = as_(analyst)
    page = client.get("/staff/reviews/")
    assert page.status_code == 200 and "Nothing shows one star faring worse" in page.content.decode()
    table = list(csv.DictReader(client.get("/staff/reviews/csv/").content.decode().splitlines()))
    assert [line["stars"] for line in table] == ["5", "4", "3", "2", "1", "all"]
    assert int(table[-1]["sent in"]) == 120
    refused = int(table[0]["refused or removed"])
    listed = client.get("/staff/reviews/behind/refused-5/").content.decode()
    assert f"{refused} sent in" in listed
    assert client.get("/staff/reviews/behind/refused-6/").status_code == 404
    assert client.get("/staff/reviews/csv/?period=never").status_code == 400


def opening_of(review: Review) -> Post:
    return Post.objects.get(thread=review.pk, kind=Post.Kind.OPENING)


def test_a_regulator_reads_the_history_through(
    review: Review, moderator: Member, manager: Member, as_: Clients
) -> None:
    deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.FAKE)
    client = as_(manager)
    page = client.get(f"/staff/reviews/{review.pk}/history/").content.decode()
    for words in ("Sent in", "Published", "Refused or removed", "Believed to be fake", "Milo", "4 of 5 stars"):
        assert words in page
    data = json.loads(client.get(f"/staff/reviews/{review.pk}/history/json/").content)
    assert [line["what"] for line in data["log"]] == ["Sent in", "Published", "Refused or removed"]
    assert data["log"][2]["body"] == opening_of(review).body
    lines = client.get(f"/staff/reviews/{review.pk}/history/csv/").content.decode().splitlines()
    assert len(lines) == 4


def test_the_history_names_no_address_and_no_customer(review: Review, manager: Member, as_: Clients) -> None:
    page = as_(manager).get(f"/staff/reviews/{review.pk}/history/json/").content.decode()
    assert "tomas@example.com" not in page and "Tomas" not in page and "Its author" in page


def test_an_analyst_reads_the_log_of_what_is_hidden_without_its_words(
    review: Review, moderator: Member, analyst: Member, as_: Clients
) -> None:
    deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.PERSONAL_DATA)
    page = as_(analyst).get(f"/staff/reviews/{review.pk}/history/").content.decode()
    assert "Refused or removed" in page and opening_of(review).body not in page


def test_the_whole_log_is_a_file(review: Review, manager: Member, as_: Clients) -> None:
    response: Any = as_(manager).get("/staff/reviews/log/csv/")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 3 and "Sent in" in lines[1]


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, "–"), (0, "at once"), (60, "1 minute"), (7300, "2 hours"), (200_000, "2 days")]
)
def test_a_wait_is_told_in_one_unit(seconds: int | None, words: str) -> None:
    assert duration(None if seconds is None else timedelta(seconds=seconds)) == words


def test_imported_reviews_are_counted_apart(review: Review) -> None:
    ReviewRecord.objects.create(review=review, kind=Kind.IMPORTED, stars=1, version=1)
    found = report(*last_month())
    assert found.imported == 1 and found.total.count("sent") == 1
    assert Thread.objects.reviews().count() == 1


@pytest.mark.parametrize(
    ("share", "words"), [(1, "100 %"), (227 / 228, "99.6 %"), (9999 / 10000, "99.9 %"), (0.964, "96 %"), (0, "0 %")]
)
def test_all_is_said_of_all_alone(share: float, words: str) -> None:
    assert percent(share) == words
