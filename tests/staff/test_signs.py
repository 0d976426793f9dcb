"""Rules 8 and 9: the customer's own signs, for posts and private replies; proposals are no success; the three steps."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.products.models import Purchase
from community.threads.models import Post
from forum.asking import ask_question
from staff.models import HelpfulLink, LinkOpening, Message, Outcome
from staff.outcomes.answering_help import helped_path, say_helped
from staff.outcomes.gathering import gather_private_thanks, gather_thanks
from staff.outcomes.opening import note_opening
from staff.outcomes.recording import record, take_back, verdict
from staff.outcomes.returning import gather_returns
from staff.replying import reply
from tests.staff.conftest import write

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"


@pytest.fixture
def sent(waiting, responder) -> Post:
    values = {"link_url": "https://example.com/wool", "link_need": "how to wash wool"}
    return reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention", **values).post


@pytest.fixture
def alone(waiting, responder) -> Message:
    return Message.objects.create(
        conversation=waiting, author=responder, body="We sent a new one.", is_official=True, posted_at=timezone.now()
    )


def standing() -> list[tuple[str, str]]:
    return list(Outcome.objects.standing().order_by("evidence").values_list("evidence", "effect"))


def test_thanks_in_words_are_proposed_and_count_only_once_confirmed(sent, member, responder):
    """The trap: “thanks” read by a machine becomes a success."""
    thanks = write(member, sent.thread, "Thank you, that worked!")
    outcome = Outcome.objects.standing().get()
    assert (outcome.evidence, outcome.effect, outcome.evidence_post) == ("thanked", "unknown", thanks)
    assert outcome.words in thanks.body
    assert verdict([outcome]) == "unknown"
    record(by=responder, post=sent, effect="strengthened", evidence="customer_said", said_in=thanks)
    assert standing() == [("customer_said", "strengthened"), ("thanked", "unknown")]


def test_thanks_that_were_taken_away_are_withdrawn(sent, member):
    thanks = write(member, sent.thread, "Thank you, that worked!")
    Post.objects.filter(pk=thanks.pk).update(body="It did nothing.")
    gather_thanks(sent.thread_id)
    assert standing() == []


def test_thanks_of_others_and_thanks_before_any_reply_are_none(waiting, member, other_member, responder):
    write(member, waiting.thread, "Thanks in advance, that worked last year!")
    sent = reply(by=responder, conversation=waiting, body="Cold water.", type="retention").post
    write(other_member, sent.thread, "Thank you, that worked for me!")
    assert standing() == []


def test_thanks_below_an_answer_are_for_that_answer(answer, sent, member):
    """A customer's answer has outcomes too."""
    write(member, answer.thread, "Thank you, that worked!")
    Post.objects.filter(author=member, kind="comment").update(parent=answer)
    gather_thanks(answer.thread_id)
    assert Outcome.objects.standing().get(evidence="thanked").post == answer


def test_private_thanks_are_proposed_for_the_private_reply(alone, member):
    Message.objects.create(
        conversation=alone.conversation, author=member, body="Thank you, that worked!", posted_at=timezone.now()
    )
    gather_private_thanks(alone.conversation)
    assert Outcome.objects.get().message == alone


def test_a_private_reply_is_judged_and_taken_back_by_people(alone, responder, manager, member):
    assert record(by=responder, message=alone, effect="strengthened")
    assert not record(by=responder, message=alone, effect="strengthened")
    assert alone.conversation.events.filter(what__startswith="Recorded: strengthened", actor=responder).count() == 1
    assert take_back(by=manager, message=alone)
    assert standing() == []
    with pytest.raises(PermissionDenied):
        record(by=member, message=alone, effect="strengthened")


def test_what_has_not_reached_the_customer_has_no_outcome(alone, responder):
    Message.objects.update(posted_at=None)
    alone.refresh_from_db()
    with pytest.raises(PermissionDenied, match="the customer has"):
        record(by=responder, message=alone, effect="strengthened")


def test_the_three_steps_of_a_link_are_kept_apart(sent, member, as_, responder):
    """Opened by the asker; opened by others; “this helped”."""
    link = HelpfulLink.objects.get()
    as_(member).get(f"/go/{link.token}/", headers={"User-Agent": BROWSER})
    assert standing() == [("link_opened", "unknown")]
    as_(None).get(helped_path(link))
    assert HelpfulLink.objects.get().helped_at is None
    as_(None).post(helped_path(link))
    assert HelpfulLink.objects.get().helped_at is not None
    assert standing() == [("customer_said", "strengthened"), ("link_opened", "unknown")]


def test_this_helped_can_be_taken_back_and_is_the_customers_own_word(sent, as_, responder):
    link = HelpfulLink.objects.get()
    assert say_helped(link=link)
    assert not say_helped(link=link)
    with pytest.raises(PermissionDenied, match="answered this themselves"):
        take_back(by=responder, post=sent, evidence="customer_said")
    as_(None).post(helped_path(link), {"helped": ""})
    assert standing() == []


def test_the_page_offers_this_helped_to_who_asked_alone(sent, as_, member, other_member):
    address = sent.thread.get_absolute_url()
    assert "This helped" in as_(member).get(address).content.decode()
    for other in (None, other_member):
        assert "This helped" not in as_(other).get(address).content.decode()


def test_a_token_for_one_link_says_nothing_about_another(sent, as_):
    link = HelpfulLink.objects.get()
    assert as_(None).post("/this-helped/x:y/").status_code == 404
    HelpfulLink.objects.update(post=None, message=Message.objects.create(
        conversation=sent.thread.conversation, author=sent.author, body="x", is_official=True))  # fmt: skip
    assert as_(None).get(helped_path(link)).status_code == 200
    assert helped_path(HelpfulLink.objects.get()) is not None


def test_a_private_link_leads_on_and_counts_its_customer(alone, member, as_):
    link = HelpfulLink.objects.create(message=alone, url="https://example.com/wool", need="wool", token="t" * 22)
    response = as_(member).get(f"/go/{link.token}/", headers={"User-Agent": BROWSER})
    assert (response.status_code, response.url) == (302, "https://example.com/wool")
    assert LinkOpening.objects.get().is_asker
    assert Outcome.objects.get().message == alone


def test_an_opening_of_a_mentions_link_has_no_asker(alone):
    link = HelpfulLink.objects.create(message=alone, url="https://example.com/wool", need="wool", token="t" * 22)
    assert note_opening(link_id=link.pk, member_id=None, marks=["x"], at=timezone.now())
    assert not LinkOpening.objects.get().is_asker


def bought(member, product, **ago: float) -> Purchase:
    at = timezone.now() - timedelta(**ago)
    return Purchase.objects.create(product=product, member=member, email=member.email, reference="1", purchased_at=at)


def test_who_buys_two_weeks_after_our_last_word_came_back(sent, member, product):
    Post.objects.filter(thread=sent.thread).update(created_at=timezone.now() - timedelta(days=20))
    bought(member, product, hours=3)
    assert gather_returns() == 1
    assert gather_returns() == 0
    assert standing() == [("came_back", "strengthened")]


def test_who_buys_the_week_we_wrote_has_not_come_back(sent, member, product):
    Post.objects.filter(pk=sent.pk).update(created_at=timezone.now() - timedelta(days=5))
    bought(member, product, hours=3)
    assert gather_returns() == 0


def test_asking_again_is_a_return_whose_effect_is_unknown(sent, member, category):
    Post.objects.filter(pk=sent.pk).update(created_at=timezone.now() - timedelta(days=20))
    ask_question(by=member, category=category, title="Does the zip freeze?", body="In winter, on the hill.")
    gather_returns(timezone.now() + timedelta(minutes=1))
    assert ("came_back", "unknown") in standing()
