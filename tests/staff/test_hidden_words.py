"""What a moderator has hidden is hidden at the desk too: in panels, drafts, signed pages and the administration."""

import pytest

from community.threads.models import Status
from community.threads.publishing import set_status
from forum.asking import ask_question
from forum.solving import accept
from staff.models import Campaign, Conversation, Coupon, HelpQuestion, Suggestion
from staff.noting import add_note
from staff.outcomes.answering_help import question_path
from staff.suggesting.keeping import fresh
from staff.triage.running import triage
from tests.conftest import long_ago
from tests.staff.conftest import answer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(waiting, member, category):
    """Another conversation of Mara's, whose question was hidden."""
    long_ago(waiting.thread)
    body = "Alder & Tarn, can someone from your team help me with this seam, please?"
    asked = ask_question(by=member, category=category, title="The name of my neighbour, Xylanthus", body=body).thread
    triage(asked.pk)
    set_status(asked.posts.get(kind="opening"), Status.HIDDEN)
    return Conversation.objects.get(thread=asked)


def test_the_customer_panel_does_not_name_a_hidden_thread(waiting, hidden, as_, responder):
    assert "Xylanthus" not in as_(responder).get(waiting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("model", ["conversation", "reason", "event"])
def test_the_administration_lists_no_hidden_thread_for_who_may_not_read_it(
    model, hidden, as_, responder, analyst, moderator
):
    add_note(by=responder, conversation=hidden, body="A note")
    address = f"/admin/staff/{model}/"
    assert "Xylanthus" not in as_(analyst).get(address).content.decode()
    assert "Xylanthus" in as_(moderator).get(address).content.decode()
    assert as_(responder).get(f"/admin/staff/conversation/{hidden.pk}/change/").status_code == 302
    assert as_(moderator).get(f"/admin/staff/conversation/{hidden.pk}/change/").status_code == 200


def test_a_draft_quotes_no_answer_that_was_hidden_since(waiting, regular, other_member, category):
    asked = ask_question(by=regular, category=category, title="How should I wash my jumper?", body="Warm or cold, say?")
    answer = answer_for(other_member, asked.thread)
    accept(by=regular, post=answer)
    Suggestion.objects.create(conversation=waiting, kind="thread", thread=asked.thread, body=answer.body, because="x")
    assert fresh(waiting).count() == 1
    set_status(answer, Status.HIDDEN)
    assert fresh(waiting).count() == 0


def test_did_it_help_shows_no_reply_that_was_hidden_since(answer, member, as_):
    asked = HelpQuestion.objects.create(thread=answer.thread, member=member, post=answer)
    words = answer.body[:20]
    assert words in as_(None).get(question_path(asked)).content.decode()
    set_status(answer, Status.HIDDEN)
    page = as_(None).get(question_path(asked))
    assert page.status_code == 200
    assert words not in page.content.decode()


def test_nobody_reads_a_code_in_the_administration(manager, admin, as_, db):
    coupon = Coupon.objects.create(campaign=Campaign.objects.create(name="Sorry"), code="FELL-2026-SECRET")
    for reader in (manager, admin):
        page = as_(reader).get(f"/admin/staff/coupon/{coupon.pk}/change/")
        assert page.status_code == 200
        assert "SECRET" not in page.content.decode()
