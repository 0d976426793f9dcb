"""Finding what is meant: how results are ranked, and the measuring of it."""

import json
from pathlib import Path

import pytest

from community.members.models import Member
from community.search.alike import likeness
from community.search.finding import find
from community.search.indexing import reindex
from community.search.whoosh_ranking import least
from community.search.wording import understand
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Thread
from tests.bench.search_measures import measure, read


def load(member: Member, *texts: tuple[str, str, str]) -> list[Thread]:
    """Questions of a title, a body and an answer."""
    rows = [
        NewThread("question", title, NewPost(member, body), [NewPost(member, answer)] if answer else [])
        for title, body, answer in texts
    ]
    threads = load_threads(rows)
    reindex()
    return threads


def best(text: str) -> Thread:
    row = find(understand(text)).page.object_list[0].row
    assert isinstance(row, Thread)
    return row


def test_what_a_thread_opens_with_counts_more_than_what_came_up_in_it(member: Member) -> None:
    threads = load(member, ("Zips", "Mine sticks.", "Use a candle."), ("Wax", "Is a candle good for zips?", "It is."))
    assert best("candle") == threads[1]


def test_words_side_by_side_count_more_than_apart(member: Member) -> None:
    first, second = load(
        member, ("One", "dry it soon, lay it flat, then lay", ""), ("Two", "dry soon then lay it flat, it", "")
    )
    assert {best("lay it soon"), best("dry soon then")} >= {second}
    assert first.pk


def test_parts_of_what_is_written_together_are_found(member: Member) -> None:
    (thread,) = load(member, ("Error", "It says ConnectionTimeout and stops.", ""))
    assert best("connection timeout") == thread
    assert best("ConnectionTimeout") == thread


def test_nobody_needs_all_of_many_words() -> None:
    assert [least(count) for count in range(1, 10)] == [1, 2, 2, 2, 2, 2, 3, 3, 3]


def test_threads_tell_which_words_belong_together(member: Member) -> None:
    load(
        member,
        ("Visa for my wife", "Can my wife get a residence permit?", "Husbands sponsor a spouse with a permit."),
        ("Spouse permit", "Which spouse permit is there?", "For a wife the residence permit."),
        ("Best pizza", "Where is good pizza?", "At the corner, with cheese."),
    )
    spouse, pizza = likeness("my wife", ["sponsor a spouse", "cheese at the corner"])
    assert spouse > pizza


SHAPES = [
    ([{"title": "Candle for zips", "posts": [{"text": "Is a candle good for zips?"}]}] * 2, {"success@5", "MRR"}),
    (
        [{"text": "Where is my card?", "category": "card"}, {"text": "My card is late", "category": "card"}],
        {"success@5"},
    ),
    (
        [
            {
                "subject": "Zip",
                "body": "It sticks",
                "candidates": [
                    {"subject": "Zip sticks", "body": "Help", "comments": [], "relevance": "Relevant"},
                    {"subject": "Pizza", "body": "Where?", "comments": [{"text": "There"}], "relevance": "Irrelevant"},
                ],
            }
        ],
        {"MAP"},
    ),
]


@pytest.mark.parametrize(("rows", "figures"), SHAPES)
def test_each_shape_is_known_by_its_fields(rows: list[dict], figures: set[str], db: None, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    scores = measure(read(file))
    assert {name for score in scores for name in score.figures} == figures
    assert all(score.figures[name] == 1 for score in scores[:1] for name in figures)


def test_another_shape_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="None of the shapes"):
        measure([{"review": "Nice"}])
