"""What somebody is writing is kept by the server, and shown as it will look."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.threads.drafting import discard_draft, purge_old_drafts, read_draft, save_draft
from community.threads.forms import AnswerForm
from community.threads.models import Attachment, Draft
from community.threads.rendering import render


def test_a_draft_is_kept_once_and_forgotten_once(member: Member) -> None:
    kept = [save_draft(by=member, place="question", fields={"title": "How"}) for _ in range(2)]
    assert kept == [True, False]
    assert read_draft(member, "question") == {"title": "How"}
    assert [discard_draft(by=member, place="question") for _ in range(2)] == [True, False]


def test_a_draft_is_its_writers_alone(member: Member, other_member: Member) -> None:
    save_draft(by=member, place="question", fields={"title": "How"})
    assert read_draft(other_member, "question") == {}


@pytest.mark.parametrize("place", ["", "a b", "answer:", "x" * 61, "answer:1:2", "../x"])
def test_a_draft_without_a_proper_place_is_refused(member: Member, place: str) -> None:
    with pytest.raises(ValidationError):
        save_draft(by=member, place=place, fields={})


def test_a_draft_that_is_far_too_long_is_refused(member: Member) -> None:
    with pytest.raises(ValidationError, match="too long"):
        save_draft(by=member, place="question", fields={"body": "x" * 64_001})


def test_the_newest_hundred_drafts_are_kept(member: Member) -> None:
    for nth in range(102):
        save_draft(by=member, place=f"answer:{nth}", fields={"body": "x"})
    assert member.drafts.count() == 100
    assert read_draft(member, "answer:0") == {}


def test_drafts_go_after_half_a_year(member: Member) -> None:
    save_draft(by=member, place="answer:1", fields={"body": "old"})
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=181))
    save_draft(by=member, place="answer:2", fields={"body": "new"})
    assert purge_old_drafts() == 1
    assert read_draft(member, "answer:2") == {"body": "new"}


def test_the_editor_keeps_all_its_fields_but_its_own_business(member: Member, as_: Callable[..., Client]) -> None:
    fields = {"place": "question", "title": "How", "body": "a\0b", "photos": ["1", "2"], "submission_key": "x"}
    assert as_(member).post(reverse("save_draft"), fields).json() == {"saved": True}
    assert read_draft(member, "question") == {"title": "How", "body": "ab", "photos": ["1", "2"]}


def test_a_draft_finds_its_only_photo_again(member: Member, photo: Attachment) -> None:
    Attachment.objects.filter(pk=photo.pk).update(id=57)
    save_draft(by=member, place="answer:1", fields={"photos": "57"})
    form = AnswerForm(by=member, initial=read_draft(member, "answer:1"))
    assert [kept.pk for kept in form.kept_photos] == [57]


def test_the_editor_is_told_why_a_draft_is_not_kept(member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).post(reverse("save_draft"), {"body": "x"})
    assert (response.status_code, response.json()) == (400, {"error": "This draft names no place."})
    assert as_(None).post(reverse("save_draft"), {"place": "question"}).status_code == 403


TEXT = "# Wash\n\n**Cold** water, https://a.example and @mara"


def test_the_preview_is_what_will_be_shown(member: Member, regular: Member, as_: Callable[..., Client]) -> None:
    for who, is_trusted in ((member, False), (regular, True)):
        shown = as_(who).post(reverse("preview"), {"body": TEXT}).content.decode()
        assert shown.strip() == render(TEXT, is_trusted=is_trusted).strip()


def test_without_javascript_the_preview_is_a_page(member: Member, as_: Callable[..., Client]) -> None:
    page = as_(member).post(reverse("preview"), {"body": TEXT}, headers={"Accept": "text/html"}).content.decode()
    assert "<title>Preview" in page
    assert "<strong>Cold</strong>" in page


def test_what_is_too_long_to_be_shown_says_so(member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).post(reverse("preview"), {"body": "x" * 32_001})
    assert response.status_code == 400
    assert "at most 32" in response.content.decode()


def test_a_draft_keeps_no_nul_in_its_fields_names(member: Member) -> None:
    save_draft(by=member, place="question", fields={"ti\0tle": "How"})
    assert read_draft(member, "question") == {"title": "How"}


def test_a_draft_is_thrown_away_from_where_it_was_written(member: Member, as_: Callable[..., Client]) -> None:
    save_draft(by=member, place="question", fields={"title": "How"})
    page = reverse("ask")
    sent = as_(member).post(
        reverse("discard_draft"), {"place": "question"}, headers={"Referer": f"http://testserver{page}"}
    )
    assert sent["Location"].endswith(page)
    assert read_draft(member, "question") == {}
    elsewhere = as_(member).post(
        reverse("discard_draft"), {"place": "x"}, headers={"Referer": "https://elsewhere.example/"}
    )
    assert elsewhere["Location"] == "/"


@pytest.mark.parametrize(("name", "most"), [("preview", 30), ("save_draft", 60)])
def test_what_a_script_may_send_has_a_rate(
    name: str, most: int, member: Member, other_member: Member, as_: Callable[..., Client], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client, sent = as_(member), {"body": "x", "place": "question"}
    codes = [client.post(reverse(name), sent).status_code for _ in range(most + 1)]
    assert (set(codes[:-1]), codes[-1]) == ({200}, 429)
    assert as_(other_member).post(reverse(name), sent).status_code == 200


@pytest.mark.parametrize("referer", ["home", "?x", "javascript:1", "//elsewhere.example/"])
def test_odd_words_on_where_one_was_are_no_error(referer: str, member: Member, as_: Callable[..., Client]) -> None:
    save_draft(by=member, place="question", fields={"title": "How"})
    said = {"place": "quest\0ion"}  # PostgreSQL takes no NUL
    assert as_(member).post(reverse("discard_draft"), said, headers={"Referer": referer}).url == "/"
    assert read_draft(member, "question") == {}
