"""Outcomes: what a reply did, who says so, and by which evidence."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from community.threads.voting import unvote, vote
from forum.solving import accept, unaccept
from staff.escalating import escalate
from staff.models import Conversation, Effect, Evidence, Outcome
from staff.outcomes.gathering import gather_rating
from staff.outcomes.recording import record, take_back, verdict
from staff.replying import reply
from tests.staff.conftest import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(waiting, responder):
    return reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post


def standing() -> list[tuple[str, str]]:
    return list(Outcome.objects.standing().order_by("evidence").values_list("evidence", "effect"))


def test_silence_is_never_success(sent):
    assert standing() == []
    assert verdict([]) == Effect.UNKNOWN


def test_the_askers_acceptance_is_evidence_and_un_accepting_withdraws_it(answer, member):
    accept(by=member, post=answer)
    assert standing() == [("accepted", "strengthened")]
    unaccept(by=member, post=answer)
    assert standing() == []
    assert Outcome.objects.get().withdrawn_at is not None


def test_accepting_another_answer_moves_the_evidence(answer, member, other_member, sent):
    accept(by=member, post=answer)
    accept(by=member, post=sent)
    assert Outcome.objects.standing().get().post_id == sent.pk


def test_acceptance_by_staff_is_no_sign_of_the_customers(answer, manager):
    accept(by=manager, post=answer)
    assert standing() == []


def test_the_askers_vote_is_evidence_and_taking_it_back_withdraws_it(sent, member):
    vote(by=member, post=sent, is_helpful=True)
    assert standing() == [("helpful_vote", "strengthened")]
    vote(by=member, post=sent, is_helpful=False)
    assert standing() == [("helpful_vote", "no_change")]
    unvote(by=member, post=sent)
    assert standing() == []


def test_votes_of_others_are_no_sign_of_the_askers(sent, other_member):
    vote(by=other_member, post=sent, is_helpful=True)
    assert standing() == []


def test_a_customers_answer_has_an_outcome_too(answer, member, responder):
    vote(by=member, post=answer, is_helpful=True)
    assert standing() == [("helpful_vote", "strengthened")]


def test_a_raised_rating_is_evidence_for_the_reply_before_it(review, manager, responder):
    escalate(by=manager, thread=review.thread)
    sent = reply(
        by=responder, conversation=Conversation.objects.get(), body="We are sorry to hear that.", type="retention"
    )
    review.stars = 5
    review.save()
    gather_rating(review.pk)
    assert standing() == [("rating_raised", "strengthened")]
    assert Outcome.objects.get().words == "From 4 to 5 stars"
    review.stars = 3
    review.save()
    gather_rating(review.pk)
    assert standing() == []
    assert sent.stars_then == 4


def test_staffs_judgement_needs_a_click_and_names_its_judge(sent, as_, manager):
    as_(manager).post(f"/staff/posts/{sent.pk}/outcome/", {"effect": "strengthened", "evidence": "staff_judgement"})
    outcome = Outcome.objects.get()
    assert (outcome.effect, outcome.recorded_by) == ("strengthened", manager)


def test_a_new_judgement_replaces_the_old_which_stays_in_the_log(sent, responder, manager):
    record(by=responder, post=sent, effect="no_change")
    assert not record(by=responder, post=sent, effect="no_change")
    record(by=manager, post=sent, effect="strengthened")
    assert standing() == [("staff_judgement", "strengthened")]
    assert Outcome.objects.count() == 2


def test_a_judgement_can_be_taken_back_and_a_customers_sign_can_not(sent, member, as_, responder):
    record(by=responder, post=sent, effect="strengthened")
    as_(responder).post(f"/staff/posts/{sent.pk}/outcome/", {"effect": "", "evidence": "staff_judgement"})
    assert standing() == []
    vote(by=member, post=sent, is_helpful=True)
    with pytest.raises(PermissionDenied, match="can't be taken back by staff"):
        take_back(by=responder, post=sent, evidence=Evidence.HELPFUL_VOTE)


def test_staff_can_not_record_a_customers_sign_by_hand(sent, responder):
    with pytest.raises(PermissionDenied, match="gathered by themselves"):
        record(by=responder, post=sent, effect="strengthened", evidence=Evidence.ACCEPTED)


def test_what_the_customer_said_names_the_message_in_which_they_said_it(sent, member, other_member, as_, responder):
    thanks = write(member, sent.thread, "Thank you, that worked!")
    form = {"effect": "strengthened", "evidence": "customer_said", "said_in": thanks.pk, "words": "that worked"}
    page = as_(responder).get(sent.thread.conversation.get_absolute_url()).content.decode()
    assert "Record that it strengthened" in page
    as_(responder).post(f"/staff/posts/{sent.pk}/outcome/", form)
    outcome = Outcome.objects.get(evidence="customer_said")
    assert (outcome.evidence_post, outcome.words, outcome.recorded_by) == (thanks, "that worked", responder)


def test_somebody_elses_words_are_not_the_customers(sent, other_member, responder):
    cheer = write(other_member, sent.thread, "Thank you, that worked for me too!")
    with pytest.raises(PermissionDenied, match="Choose the message"):
        record(by=responder, post=sent, effect="strengthened", evidence=Evidence.CUSTOMER_SAID, said_in=cheer)


def test_an_opening_has_no_outcome_and_customers_record_none(sent, opening, responder, member):
    with pytest.raises(PermissionDenied):
        record(by=responder, post=opening, effect="strengthened")
    with pytest.raises(PermissionDenied):
        record(by=member, post=sent, effect="strengthened")


def test_the_database_refuses_a_judgement_without_a_judge(sent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(post=sent, effect="strengthened", evidence="staff_judgement")


def test_customer_evidence_and_staff_judgement_stand_side_by_side(sent, member, as_, responder):
    vote(by=member, post=sent, is_helpful=True)
    record(by=responder, post=sent, effect="weakened")
    html = as_(responder).get(sent.thread.conversation.get_absolute_url()).content.decode()
    assert html.index("<dt>The customer</dt>") < html.index("Strengthened") < html.index("<dt>Staff</dt>")
    assert "Weakened" in html
