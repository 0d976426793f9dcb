"""How texts and queries are cut into words."""

import pytest

from community.search.snippets import marked, snippet
from community.search.wording import LONGEST_QUERY, MOST_WORDS, understand
from community.search.words import LONGEST, pairs, parts, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("washing", "washed"),
        ("Jackets", "jacket"),
        ("jacket’s", "jacket"),
        ("Café", "cafe"),
        ("cafe\u0301", "CAFÉ"),
        ("STRASSE", "straße"),
        ("zippers", "zipper"),
        ("running", "run"),
        ("settings", "set"),
    ],
)
def test_forms_of_a_word_are_one_word(one: str, other: str) -> None:
    assert stem(one) == stem(other) != ""


def test_words_that_are_everywhere_are_left_out() -> None:
    assert stems("How do I wash the jumper?") == ["wash", "jumper"]


def test_letters_that_stand_alone_are_words_and_joined_ones_are_not_torn() -> None:
    assert stems("東京 किताब t-shirt 300g") == ["東", "京", "किताब", "t", "shirt", "300g"]


def test_a_word_without_end_is_cut() -> None:
    assert len(stem("x" * 5000)) == 64


def test_phrases_and_unwanted_words_are_told_apart() -> None:
    wanted = understand('zip "dry it flat" -wool -"hot water" t-shirt')
    assert wanted.words == ("zip", "t", "shirt")
    assert wanted.phrases == (("dry", "flat"),)
    assert wanted.unwanted == ("wool", "hot", "water")


@pytest.mark.parametrize("text", ["", " ", '"', '""', "-", "- -", "the of and", "~^*()[]{}:", "\x00", "AND OR NOT TO"])
def test_what_says_nothing_wants_nothing(text: str) -> None:
    assert understand(text).is_empty


def test_words_of_the_query_language_lose_their_meaning() -> None:
    wanted = understand("zip AND kind:review OR NOT* broken~2")
    assert wanted.words == ("zip", "kind", "review", "broken", "2")
    assert wanted.strict().startswith('(((zip AND kind AND review AND broken AND 2)) ANDMAYBE (words:"zip and kind ')


def test_a_query_has_an_end() -> None:
    many = " ".join(f"word{n}" for n in range(1000))
    assert len(understand(many).words) <= MOST_WORDS
    assert understand("a" * LONGEST_QUERY + " late").words == ("a" * LONGEST,)


def test_the_snippet_is_where_the_words_are() -> None:
    text = "Nothing here. " * 40 + "Wool shrinks when you wash it hot. " + "Nothing there. " * 40
    shown = snippet(text, {"wool", "wash"}, length=100)
    assert "<mark>Wool</mark> shrinks when you <mark>wash</mark> it" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 160


def test_the_stretch_with_most_different_words_wins() -> None:
    text = "wool wool wool. " + "x " * 200 + "wool and soap."
    assert "<mark>soap</mark>" in snippet(text, {"wool", "soap"}, length=120)


def test_without_the_words_it_is_the_beginning() -> None:
    assert snippet("Cold water and soap.", {"zip"}) == "Cold water and soap."


def test_nothing_in_a_text_becomes_html() -> None:
    assert marked("<b>wool</b> & co", {"wool"}) == "&lt;b&gt;<mark>wool</mark>&lt;/b&gt; &amp; co"
    assert "<script" not in snippet("<script>alert('wool')</script>" * 50, {"wool", "script", "alert"})


def test_what_is_written_together_is_found_by_its_parts_too() -> None:
    assert parts("TimeoutException") == ["timeout", "except"]
    assert parts("fell") == parts("2026") == parts("Zip") == []
    assert "(timeoutexception OR (timeout AND except))" in understand("TimeoutException").most()


def test_neighbours_are_pairs_even_across_words_that_are_everywhere() -> None:
    assert pairs(["Turn", "it", "off"]) == ["turn_it", "it_off"]
