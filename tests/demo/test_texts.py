"""The demo's texts keep the limits that everybody's texts keep, and name only what there is."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from community.demo.content import moment, questions, read, reviews
from community.demo.drawing.catalogue import DRAWINGS
from community.demo.drawing.photos import PHOTOS
from community.members.models import Member
from community.products.models import Product
from community.threads.forms import BODY_LIMITS, REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS
from community.threads.models import Post
from staff.models import Conversation, ConversationType

Row = dict[str, Any]
QUESTIONS, REVIEWS, DESK = questions(), reviews(), read("review_desk")
MEMBERS, PRODUCTS, BRAND = read("members")["member"], read("products")["product"], read("brand")
NIGHT_OWLS = [datetime(2027, 3, 1, hour, 7, tzinfo=UTC) for hour in (0, 6, 12, 23)]


def answers() -> Iterator[tuple[Row, Row]]:
    """Every answer and company reply, with what it answers."""
    for question in QUESTIONS:
        for answer in question.get("answer", []):
            yield question, answer


def comments() -> Iterator[Row]:
    for question in QUESTIONS:
        yield from question.get("comment", [])
    for owner in [answer for _, answer in answers()] + DESK["reply"]:
        yield from owner.get("comment", [])


def test_there_is_as_much_of_everything_as_promised() -> None:
    assert [len(QUESTIONS), len(PRODUCTS), sum("source" in row for row in REVIEWS)] == [60, 25, 600]
    assert sum("role" not in row for row in MEMBERS) == 40


def test_questions_are_as_long_as_questions_may_be() -> None:
    assert not [row["title"] for row in QUESTIONS if not 15 <= len(row["title"]) <= 150]
    shortest, longest = BODY_LIMITS[Post.Kind.OPENING]
    assert all(shortest <= len(row["body"].strip()) <= longest for row in QUESTIONS)
    tags = [row.get("tags", []) for row in QUESTIONS]
    assert all(len(row) <= 5 and all(2 <= len(tag) <= 30 for tag in row) for row in tags)


def test_answers_and_comments_are_as_long_as_they_may_be() -> None:
    for rows, kind in (([answer for _, answer in answers()], Post.Kind.ANSWER), (comments(), Post.Kind.COMMENT)):
        shortest, longest = BODY_LIMITS[kind]
        assert all(shortest <= len(row["body"].strip()) <= longest for row in rows)


def test_reviews_are_as_long_as_reviews_may_be() -> None:
    for limits, texts in (
        (REVIEW_TITLE_LIMITS, [row["title"] for row in REVIEWS]),
        (REVIEW_BODY_LIMITS, [row["body"] for row in REVIEWS]),
    ):
        assert not [text for text in texts if not limits[0] <= len(text.strip()) <= limits[1]]


def test_reviews_end_with_a_sentence_and_keep_the_sources_share_of_stars() -> None:
    real = [row for row in REVIEWS if "source" in row]
    assert not [row["body"] for row in real if not re.search(r"[.!?)]$", row["body"])]
    assert Counter(row["stars"] for row in real) == {5: 332, 4: 131, 3: 76, 2: 40, 1: 21}


def test_nobody_reviews_a_product_twice() -> None:
    assert max(Counter((row["by"], row["product"]) for row in REVIEWS).values()) == 1


def test_no_text_is_used_twice() -> None:
    texts = [row["body"].strip() for row in [*QUESTIONS, *REVIEWS, *comments(), *DESK["reply"]]]
    texts += [answer["body"].strip() for _, answer in answers()]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_everybody_and_everything_named_is_there() -> None:
    people = {row["username"] for row in MEMBERS} | {row["by"] for row in REVIEWS if "name" in row}
    slugs = {row["slug"] for row in PRODUCTS}
    assert {row["by"] for row in [*QUESTIONS, *REVIEWS, *DESK["reply"]]} <= people
    assert {row["by"] for row in comments() if "by" in row} <= people
    assert {answer["by"] for _, answer in answers()} <= people
    assert {row["product"] for row in [*QUESTIONS, *REVIEWS] if "product" in row} <= slugs == set(DRAWINGS)
    assert {row["category"] for row in QUESTIONS} == {row["slug"] for row in BRAND["category"]}
    assert {row["category"] for row in PRODUCTS} == {row["slug"] for row in BRAND["product_category"]}


def test_every_photo_is_drawn_for_somebody() -> None:
    rows = [*QUESTIONS, *(answer for _, answer in answers()), *REVIEWS]
    used = [photo["name"] for row in rows for photo in row.get("photos", [])] + [row["name"] for row in DESK["photo"]]
    assert sorted(used) == sorted(PHOTOS)


@pytest.mark.parametrize("model", [Member, Product])
def test_members_and_products_are_what_their_forms_take(model: type[Member] | type[Product]) -> None:
    rows = MEMBERS if model is Member else PRODUCTS
    names = {field.name for field in model._meta.get_fields()} - {"category"}
    for row in rows:
        model(**{name: value for name, value in row.items() if name in names}).clean_fields(
            exclude=["email", "password", "category"]
        )


def test_each_of_the_five_types_is_met_in_each_state() -> None:
    met = set()
    for question in QUESTIONS:
        case = question.get("conversation")
        if case:
            is_held = case["state"] == "waiting" and any(row.get("holding") for row in question.get("answer", []))
            state = "claimed" if "claimed_by" in case else "held" if is_held else case["state"]
            met.add((case.get("type") or case["type_suggested"], state))
    states = [
        "claimed",
        "held",
        *sorted({"waiting", "answered", "no_reply", "closed"} & set(Conversation.State.values)),
    ]
    assert {(kind, state) for kind in ConversationType.values for state in states} <= met


@pytest.mark.parametrize("now", NIGHT_OWLS)
def test_nothing_happens_in_the_future_or_before_it_was_asked(now: datetime) -> None:
    for row, answer in answers():
        opened = moment(row["at"], now)
        said = [moment(part["at"], now, opened) for part in (answer, *answer.get("comment", []))]
        assert opened < said[0] <= min(said[1:], default=said[0]) < now, row["title"]
    assert all(moment(row["at"], now) < now for row in REVIEWS)
    recent = [*QUESTIONS, *(row for row in REVIEWS if "source" in row)]
    assert all(now - timedelta(days=61) <= moment(row["at"], now) for row in recent)


@pytest.mark.parametrize("text", ["", "yesterday", "12d", "+", "1d 25:00", "-3h", "+1d 20:00"])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|hour"):
        moment(text, NIGHT_OWLS[0])


def test_links_go_to_the_brands_own_pages() -> None:
    links = [row["link_url"] for row in [*DESK["reply"], *(answer for _, answer in answers())] if "link_url" in row]
    assert len(links) > 20
    assert all(link.startswith("https://alder-and-tarn.example/") for link in links)
