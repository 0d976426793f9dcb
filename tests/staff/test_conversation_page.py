"""The conversation's page: one timeline, who has it, what we know of the customer, and its acts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.consenting import give_consent, withdraw_consent
from community.members.models import Consent
from community.products.models import Purchase
from community.threads.models import Post
from staff.claiming import claim, is_answering, renew
from staff.customer import months_between, standing_of
from staff.models import CompanyLink, Conversation, Event, Mention, Message, Outcome, Reason, Source
from staff.replying import reply
from staff.triage.running import look_at
from tests.staff.conftest import answer_for, write

pytestmark = pytest.mark.django_db
BODY = "Cold water, wool soap, flat on a towel."


def page(client, conversation, query=""):
    response = client.get(f"{conversation.get_absolute_url()}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def fresh(conversation):
    return Conversation.objects.get(pk=conversation.pk)


@pytest.fixture
def from_outside(db):
    """Somebody without an account here, on a blog."""
    mention = Mention.objects.create(
        source=Source.objects.create(name="A blog", kind="hand"),
        external_id="1",
        url="https://blog.example/1",
        author="wanderer",
        text="My Fell Jumper felted in the wash and nobody at Alder & Tarn answers.",
    )
    made = Conversation.objects.create(
        mention=mention, subject="My Fell Jumper felted", customer_name="wanderer", state="settled"
    )
    return look_at(made)


def test_posts_and_messages_stand_in_one_line_of_time(waiting, responder, member, as_):
    Message.objects.create(
        conversation=waiting, author=responder, is_official=True, body="x", body_html="<p>To you alone.</p>",
        posted_at=timezone.now(), created_at=timezone.now() - timedelta(minutes=30),
    )  # fmt: skip
    write(member, waiting.thread, "It felted. What now?")
    html = page(as_(responder), waiting)
    places = [html.index(words) for words in ("hand wash only", "To you alone.", "What now?")]
    assert places == sorted(places)


def test_a_mention_by_a_stranger_has_a_page_too(from_outside, as_, responder, analyst):
    html = page(as_(responder), from_outside)
    assert "My Fell Jumper felted" in html
    assert "has no account here that we know of" in html
    assert "My Fell Jumper felted" in page(as_(analyst), from_outside)


def test_a_stranger_can_not_be_replied_to_in_public(from_outside, as_, responder):
    response = as_(responder).post(f"{from_outside.get_absolute_url()}reply/", {"body": BODY, "type": "retention"})
    assert response.status_code in (200, 403)
    assert not Post.objects.official().exists()


def test_a_mention_is_closed_and_reopened_as_any_conversation(from_outside, as_, responder):
    client, address = as_(responder), from_outside.get_absolute_url()
    client.post(f"{address}no-reply-needed/", {"end-why": "Spam or off topic"})
    ended = fresh(from_outside)
    assert (ended.state, ended.closed_because) == ("no_reply", "Spam or off topic")
    client.post(f"{address}reopen/")
    assert fresh(from_outside).needs_reply


def test_the_page_costs_the_same_however_long_the_thread_is(waiting, as_, responder, other_member):
    client = as_(responder)
    page(client, waiting)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, waiting)
    for number in range(12):
        post = answer_for(other_member, waiting.thread, f"Number {number}: cold water and wool soap, as ever.")
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(hours=2))
    page(client, waiting)
    with CaptureQueriesContext(connection) as many:
        page(client, waiting)
    assert len(many) == len(few)
    assert len(few) <= 80, "\n".join(query["sql"][:160] for query in few.captured_queries)


# Who has it ---------------------------------------------------------------------------------------------------------


def test_the_open_page_hears_only_of_what_changed(waiting, as_, responder, manager):
    client, address = as_(responder), f"{waiting.get_absolute_url()}who/"
    newest = waiting.thread.posts.latest("pk").pk
    assert client.get(address, {"holder": "0", "post": newest, "message": 0}).status_code == 204
    claim(by=manager, conversation=waiting)
    told = client.get(address, {"holder": "0", "post": newest, "message": 0}).content.decode()
    assert "<strong>Maud</strong> is answering" in told


def test_the_open_page_hears_that_something_new_was_said(waiting, as_, responder, member):
    newest = waiting.thread.posts.latest("pk").pk
    write(member, waiting.thread, "It felted. What now?")
    told = as_(responder).get(f"{waiting.get_absolute_url()}who/", {"holder": "0", "post": newest, "message": 0})
    assert "Something new was said here." in told.content.decode()


def test_typing_claims_what_is_free_and_keeps_what_is_ones_own(waiting, as_, responder):
    """Rule 6: claims expire, and are renewed while typing."""
    as_(responder).post(f"{waiting.get_absolute_url()}renew/")
    Conversation.objects.update(claimed_until=timezone.now() + timedelta(minutes=2))
    as_(responder).post(f"{waiting.get_absolute_url()}renew/")
    assert fresh(waiting).claimed_until > timezone.now() + timedelta(minutes=9)
    assert Event.objects.filter(what="Claimed it").count() == 1


def test_typing_never_takes_what_a_colleague_has(waiting, responder, manager):
    """Rule 6: taking over is explicit."""
    claim(by=manager, conversation=waiting)
    assert not renew(by=responder, conversation=waiting)
    assert fresh(waiting).claimed_by == manager


def test_the_author_can_not_claim_by_typing(waiting, as_, responder):
    """Rule 6: the author can't claim."""
    Conversation.objects.update(customer=responder)
    assert as_(responder).post(f"{waiting.get_absolute_url()}renew/").status_code == 403
    assert fresh(waiting).claimed_by is None


def test_answering_is_what_somebody_did_in_the_last_two_minutes(waiting, responder):
    now = timezone.now()
    claim(by=responder, conversation=waiting, now=now - timedelta(minutes=3))
    assert not is_answering(fresh(waiting), now)
    claim(by=responder, conversation=waiting, now=now)
    assert is_answering(fresh(waiting), now)


# The customer -------------------------------------------------------------------------------------------------------


def test_months_are_counted_as_the_calendar_does(waiting):
    then = timezone.now().replace(year=2025, month=11, day=30)
    assert [months_between(then, then.replace(year=2026, day=day)) for day in (29, 30)] == [11, 12]


def test_a_customer_who_bought_nothing_for_so_long_has_lapsed(waiting, member, product, as_, responder):
    bought = timezone.now() - timedelta(days=400)
    Purchase.objects.create(product=product, member=member, email=member.email, reference="1", purchased_at=bought)
    assert standing_of(waiting).is_lapsed
    assert "months since the last purchase" in page(as_(responder), waiting)
    Purchase.objects.create(
        product=product, member=member, email=member.email, reference="2", purchased_at=timezone.now()
    )
    assert not standing_of(waiting).is_lapsed


def test_consent_is_shown_for_each_purpose_and_channel_as_it_stands(waiting, member, as_, responder):
    """Rule 12: the newest entry holds, and taking part is no consent to marketing."""
    mail = Consent.Channel.MAIL
    give_consent(by=member, channel=mail, purpose=Consent.Purpose.REACTIVATION, source="account page")
    withdraw_consent(by=member, channel=mail, purpose=Consent.Purpose.REACTIVATION, source="link in a letter")
    said = {one.purpose: one.entry for one in standing_of(waiting).consents}
    assert said["News and offers"] is None
    assert not said["A personal message after a long absence"].is_given
    html = page(as_(responder), waiting)
    assert "never asked, so no" in html
    assert "link in a letter" in html


def test_past_conversations_come_with_what_they_did(waiting, member, review, as_, responder, manager):
    from_before = Conversation.objects.create(
        thread=review.thread, customer=member, subject="Warm and honest", customer_name="Mara", state="answered"
    )
    sent = reply(by=responder, conversation=from_before, body="Thank you for the kind words.", type="appreciation")
    Outcome.objects.create(post=sent.post, effect="strengthened", evidence="staff_judgement", recorded_by=manager)
    assert standing_of(waiting).last_outcome.effect == "strengthened"
    assert "Warm and honest" in page(as_(responder), waiting)


# Replying, ending ---------------------------------------------------------------------------------------------------


def test_the_company_comments_below_one_post(waiting, as_, responder, other_member):
    answer = answer_for(other_member, waiting.thread)
    fields = {"body": "Tomas is right, and the label says so now.", "type": "retention", "below": answer.pk}
    as_(responder).post(f"{waiting.get_absolute_url()}reply/", fields)
    said = Post.objects.official().get()
    assert (said.parent, said.kind) == (answer, Post.Kind.COMMENT)
    assert Event.objects.filter(what="Commented as the company").exists()


def test_a_comment_below_a_post_of_another_thread_is_refused_and_the_text_kept(waiting, review, as_, responder):
    elsewhere = review.thread.posts.get()
    fields = {"body": BODY, "type": "retention", "below": elsewhere.pk}
    response = as_(responder).post(f"{waiting.get_absolute_url()}reply/", fields)
    assert "takes no comment" in response.content.decode()
    assert BODY in response.content.decode()
    assert not Post.objects.official().exists()


def test_a_link_chooses_where_the_comment_stands_and_changes_nothing(waiting, as_, responder, other_member):
    answer = answer_for(other_member, waiting.thread)
    html = page(as_(responder), waiting, f"?below={answer.pk}")
    assert f'<option value="{answer.pk}" selected>' in html


def test_no_reply_needed_wants_a_reason_and_keeps_words(waiting, as_, responder):
    address = f"{waiting.get_absolute_url()}no-reply-needed/"
    assert "Say why no reply is needed" in as_(responder).post(address, {}).content.decode()
    fields = {"end-why": "The community has answered it", "end-because": "Tomas did"}
    as_(responder).post(address, fields)
    assert fresh(waiting).closed_because == "The community has answered it: Tomas did"


def test_something_else_needs_words_of_ones_own(waiting, as_, responder):
    address = f"{waiting.get_absolute_url()}no-reply-needed/"
    as_(responder).post(address, {"end-why": "Something else"})
    assert fresh(waiting).needs_reply
    as_(responder).post(address, {"end-why": "Something else", "end-because": "Her brother works here"})
    assert fresh(waiting).closed_because == "Her brother works here"


def test_closing_records_what_the_reply_did_in_one_step(waiting, as_, responder):
    """Rule 8: staff judgement, with who and when; without a click nothing is known."""
    sent = reply(by=responder, conversation=waiting, body=BODY, type="retention")
    as_(responder).post(f"{waiting.get_absolute_url()}close/", {"end-effect": "strengthened"})
    outcome = Outcome.objects.get(post=sent.post)
    assert (outcome.effect, outcome.evidence, outcome.recorded_by) == ("strengthened", "staff_judgement", responder)
    assert fresh(waiting).state == "closed"


def test_closing_without_a_judgement_leaves_the_outcome_unknown(waiting, as_, responder):
    """Rule 8: unknown is shown as unknown."""
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    as_(responder).post(f"{waiting.get_absolute_url()}close/", {"end-effect": ""})
    assert fresh(waiting).state == "closed"
    assert not Outcome.objects.exists()


def test_the_type_is_confirmed_in_one_click_and_changes_stay_in_the_history(waiting, as_, responder, manager):
    """Rule 10: suggested with its reason, confirmed or changed by a person, with history."""
    html = page(as_(responder), waiting)
    assert waiting.type_suggested_because in html.replace("&quot;", '"')
    assert "That is right" in html
    as_(responder).post(f"{waiting.get_absolute_url()}type/", {"type": waiting.type_suggested})
    as_(manager).post(f"{waiting.get_absolute_url()}type/", {"type": "acquisition"})
    said = list(Event.objects.filter(what__startswith="Type:").values_list("what", "actor__username"))
    assert said[0][1] == "rhea"
    assert said[1] == (f"Type: Acquisition, before that {waiting.get_type_suggested_display()}", "maud")


def test_an_analyst_reads_it_all_and_is_offered_no_act(waiting, as_, analyst):
    html = page(as_(analyst), waiting)
    assert "Reply as" not in html
    assert "Claim <kbd>" not in html
    assert "Write a note" not in html


def test_a_message_to_one_alone_is_judged_as_a_reply_is(waiting, as_, responder):
    """Rule 8: what a private or outside reply did is recorded too."""
    alone = Message.objects.create(
        conversation=waiting, author=responder, is_official=True, body="x", body_html="", posted_at=timezone.now()
    )
    client, address = as_(responder), f"/staff/messages/{alone.pk}/outcome/"
    client.post(address, {"effect": "strengthened", "evidence": "staff_judgement"})
    assert Outcome.objects.standing().get(message=alone).recorded_by == responder
    client.post(address, {"effect": "", "evidence": "staff_judgement"})
    assert not Outcome.objects.standing().exists()
    client.post(address, {"effect": "strengthened", "evidence": "customer_said", "words": ""})
    assert not Outcome.objects.standing().exists()


def test_a_listed_link_that_is_sent_is_counted_with_the_list(waiting, responder):
    care = CompanyLink.objects.create(need="how to wash wool", url="https://alder.example/care")
    reply(by=responder, conversation=waiting, body=BODY, type="retention", link_url=care.url, link_need=care.need)
    assert care.uses.count() == 1


def test_a_rule_says_no_more_than_its_kind_has_not_said():
    assert Reason(kind="competitor", rule="Names a competitor.").rule_adds == ""
    assert Reason(kind="asks_company", rule="A customer asks the company.").rule_adds == ""
    elsewhere = Reason(kind="outside", rule="Said elsewhere: answer it there.")
    assert elsewhere.rule_adds == "Answer it there."
    assert Reason(kind="complaint", rule="Reads as a complaint.").rule_adds == "Reads as a complaint."
