"""Whatever is sent, somebody gets a sentence and never a broken page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.members.text import tidy, tidy_line
from community.threads.fields import BodyField, TagsField, TitleField
from community.threads.models import Post, Thread

ACTS = ["post_helpful", "post_unhelpful", "post_unvote", "withdraw_post"]
PAGES = ["comment", "edit_post", "post_history", "restore_post"]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_no_page(name: str, answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    assert as_(member).get(reverse(name, args=[answer.pk])).status_code == 405


@pytest.mark.parametrize("name", [*ACTS, *PAGES])
@pytest.mark.parametrize("pk", [0, 10**30])
def test_a_post_that_is_not_there_is_not_found(name: str, pk: int, member: Member, as_: Callable[..., Client]) -> None:
    address = reverse(name, args=[pk])
    send = as_(member).post if name in ACTS else as_(member).get
    assert send(address).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(method: str, answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    send = getattr(as_(member), method)
    assert {send(reverse(name, args=[answer.pk])).status_code for name in (*ACTS, *PAGES)} == {405}


NASTY = [
    "nul\0byte and more",
    "\ud800 lone half",
    "right\u202eto left",
    "zalgo " + "z\u0310\u0311\u0312\u0313\u0314\u0315" * 20,
]


@pytest.mark.parametrize("body", NASTY)
def test_nasty_characters_are_taken_out(body: str, answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    sent = body.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = as_(member).post(reverse("comment", args=[answer.pk]), {"body": sent})
    assert response.status_code == 302
    kept = answer.comments.get().body
    assert not set("\0\ud800\u202e\u0315") & set(kept)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_bytes_that_are_no_text_break_nothing(
    kind: str, answer: Post, member: Member, as_: Callable[..., Client]
) -> None:
    body = (
        b"body=\xff\xfe\xfa bytes"
        if "form-data" not in kind
        else b"--x\r\nContent-Disposition: form-data; name=body\r\n\r\n\xff\xfe\xfa--x--"
    )
    response = as_(member).post(reverse("comment", args=[answer.pk]), body, content_type=kind)
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("name", ["comment", "edit_post"])
def test_ten_megabytes_of_text_are_refused_as_too_large(
    name: str, answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    response = as_(other_member).post(reverse(name, args=[answer.pk]), {"body": "x" * 10_000_000})
    assert response.status_code in (400, 413)


@pytest.mark.parametrize("address", ["/members/%00/", "/products/a%00b/", "/tags/%00/"])
def test_an_address_with_a_nul_is_not_found(address: str, client: Client, db: None) -> None:
    assert client.get(address).status_code == 404


def test_numbers_that_are_none_break_nothing(answer: Post, other_member: Member, as_: Callable[..., Client]) -> None:
    fields = {
        "body": "A body that is long enough.",
        "base_version": "NaN",
        "photos": ["x", "-1", "9" * 40, ""],
        "submission_key": "?",
    }
    response = as_(other_member).post(reverse("edit_post", args=[answer.pk]), fields)
    assert response.status_code == 200
    assert Client().get(reverse("post_history", args=[answer.pk]), {"page": "x'"}).status_code == 200


def test_a_title_is_one_visible_line() -> None:
    assert TitleField(5, 30).clean(" A \u200b title\r\nin\ttwo \u2066lines\u2069 ") == "A title in two lines"
    assert tidy_line("\u3164\u200b\u00ad") == ""


def test_accents_that_people_write_stay() -> None:
    for text in ("Crème brûlée", "Việt Nam", "हिन्दी में", "ไม่ใช่", "👩🏽‍🔧 ❤️", "שָׁלוֹם"):
        assert tidy(text) == text


def test_line_ends_count_once() -> None:
    assert BodyField(1, 5).clean("a\r\nb\r\nc") == "a\nb\nc"


def test_tags_are_words_with_commas_between() -> None:
    assert TagsField(required=False).clean(" Wool, wool ,  merino  wool,,") == ["wool", "merino wool"]
    assert TagsField(required=False).clean("") == []


@pytest.mark.parametrize(("typed", "sentence"), [("a,b,c,d,e,f", "at most 5"), ("x", "2 to 30"), ("x" * 31, "2 to 30")])
def test_tags_that_are_none_are_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        TagsField().clean(typed.replace("a,b", "aa,bb").replace("c,d,e,f", "cc,dd,ee,ff") if "," in typed else typed)


def test_a_stranger_is_asked_to_sign_in_by_every_page_that_acts(answer: Post, question: Thread, client: Client) -> None:
    for name in ("comment", "edit_post", "restore_post"):
        response = client.get(reverse(name, args=[answer.pk]))
        assert response.headers["Location"].startswith(reverse("account_login"))
