"""Saved replies: found by “/”, filled in, counted when they are sent. Rule 7."""

import json

import pytest

from staff.drafts.saved_replies import fill_in, offered, write
from staff.models import SavedReply

pytestmark = pytest.mark.django_db


@pytest.fixture
def washing(responder):
    return write(
        by=responder, title="Washing wool", category="Care", body="Hello {customer}, your {product} likes it cold."
    )


def test_variables_are_filled_in_with_the_conversations(waiting, washing):
    assert fill_in(washing.body, waiting) == "Hello Mara Lind, your Fell Jumper likes it cold."


def test_what_we_do_not_know_is_said_so_that_it_fits_anybody(waiting):
    waiting.customer, waiting.customer_name, waiting.product = None, "", None
    assert fill_in("Hello {customer}, send us {product}.", waiting) == "Hello there, send us your product."


def test_the_editor_is_offered_what_fits_with_its_text(waiting, washing, as_, responder):
    answer = as_(responder).get(f"/staff/saved-replies/choices/?conversation={waiting.pk}&q=wash")
    (choice,) = json.loads(answer.content)["choices"]
    assert (choice["label"], choice["note"]) == ("Washing wool", "Care")
    assert choice["text"].startswith("Hello Mara Lind")


def test_all_words_count_wherever_they_stand(washing, responder):
    write(by=responder, title="Return label", category="Returns", body="It is on its way.")
    assert [one.title for one in offered("care cold")] == ["Washing wool"]
    assert offered("care label") == []


def test_it_is_put_into_the_text_without_a_script_and_nothing_is_sent(waiting, washing, as_, responder):
    fields = {"body": "First this.", "insert": "saved", "saved": washing.pk, "type": "retention"}
    html = as_(responder).post(f"{waiting.get_absolute_url()}insert/", fields).content.decode()
    assert "First this.\n\nHello Mara Lind" in html
    assert f'value="saved-{washing.pk}"' in html
    assert waiting.thread.posts.count() == 1


def test_uses_are_counted_when_it_is_sent_not_when_it_is_looked_at(waiting, washing, as_, responder):
    fields = {
        "body": "Hello Mara Lind, it likes it cold.",
        "type": "retention",
        "drafts": f"saved-{washing.pk} saved-999",
    }
    as_(responder).post(f"{waiting.get_absolute_url()}reply/", fields)
    assert SavedReply.objects.get().times_used == 1


def test_responders_change_their_own_and_moderators_everybodys(washing, as_, manager, moderator, responder):
    fields = {"title": "Washing wool", "category": "Care", "body": "Cold."}
    other = write(by=manager, title="Return label", category="", body="On its way.")
    assert as_(responder).post(f"/staff/saved-replies/{other.pk}/", fields | {"title": "Mine"}).status_code == 403
    assert as_(moderator).post(f"/staff/saved-replies/{washing.pk}/", fields).status_code == 302
    washing.refresh_from_db()
    assert washing.body == "Cold."


def test_a_title_that_is_taken_is_said_and_the_text_kept(washing, as_, responder):
    fields = {"title": "washing wool", "category": "", "body": "Another text altogether."}
    html = as_(responder).post("/staff/saved-replies/write/", fields).content.decode()
    assert "Another saved reply has this title" in html
    assert "Another text altogether." in html


def test_analysts_read_them_and_write_none(washing, as_, analyst):
    assert "Washing wool" in as_(analyst).get("/staff/saved-replies/").content.decode()
    assert as_(analyst).get("/staff/saved-replies/write/").status_code == 403
