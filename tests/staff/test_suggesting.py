"""Suggestions. Rule 14: drafts with their sources, dropped when the thread moves, kept with what was sent."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.threads.models import Post
from forum.asking import ask_question
from forum.solving import accept
from staff.models import CompanyLink, HelpfulLink, Outcome, SavedReply, Suggestion
from staff.replying import reply
from staff.suggesting.keeping import drop_stale, fresh, suggest, suggest_saved_reply
from tests.conftest import long_ago
from tests.staff.conftest import answer_for, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def care(db):
    return CompanyLink.objects.create(need="how to wash wool", url="https://alder.example/care", words="wash\nfelt")


def kinds(conversation):
    return [(one.kind, one.because) for one in fresh(conversation)]


def test_a_link_of_the_list_is_suggested_for_its_word(waiting, care):
    suggest(waiting)
    assert kinds(waiting) == [("link", "From the company's list: “wash”")]


def test_a_link_for_another_product_or_switched_off_is_not(waiting, care, product):
    CompanyLink.objects.update(is_on=False)
    assert suggest(waiting) == 0


def test_a_word_within_another_word_is_no_match(waiting, care):
    CompanyLink.objects.update(words="ash")
    assert suggest(waiting) == 0


def test_looking_twice_suggests_nothing_twice(waiting, care):
    assert (suggest(waiting), suggest(waiting)) == (1, 0)


def test_a_link_that_helped_before_is_suggested_for_the_same_need(
    waiting, review, responder, manager, regular, category, product
):
    asked = ask_question(
        by=regular,
        category=category,
        product=product,
        title="Washing this wool, how warm?",
        body="It says nothing about warmth.",
    )
    sent = answer_for(responder, asked.thread, is_official=True)
    HelpfulLink.objects.create(post=sent, url="https://alder.example/wool", need="how to wash wool", token="t1")
    assert suggest(waiting) == 0
    Outcome.objects.create(post=sent, effect="strengthened", evidence="staff_judgement", recorded_by=manager)
    suggest(waiting)
    assert ("link", "Helped a customer with this product before") in kinds(waiting)


def test_a_solved_thread_much_like_it_is_suggested_with_its_answer(waiting, regular, other_member, category, product):
    asked = ask_question(
        by=regular,
        category=category,
        product=product,
        title="How should I wash my Fell Jumper at home?",
        body="The label says hand wash only. What do you all do at home?",
    )
    answer = answer_for(other_member, asked.thread, "Cold water and wool soap, then flat on a towel.")
    accept(by=regular, post=answer)
    long_ago(asked.thread)
    call_command("rebuild_index", interactive=False, verbosity=0)
    suggest(waiting)
    one = fresh(waiting).get(kind="thread")
    assert one.thread == asked.thread
    assert "Cold water and wool soap" in one.body
    assert one.because == "Solved by Tomas Berg's answer"


def test_a_suggestion_is_stale_once_something_was_said(waiting, care, member):
    """Rule 14: stale ones are dropped when the thread moves, even while the worker is late."""
    CompanyLink.objects.filter(pk=care.pk).update(words="wash")
    suggest(waiting)
    old = Suggestion.objects.get()
    Suggestion.objects.update(suggested_at=timezone.now() - timedelta(minutes=10))
    Post.objects.filter(pk=write(member, waiting.thread, "Never mind the water, the seam broke.").pk).exists()
    assert old not in fresh(waiting)
    drop_stale(waiting)
    old.refresh_from_db()
    assert old.stale_at


def test_nothing_is_posted_by_itself(waiting, care, as_, responder):
    """Rule 14: nothing is posted by itself; looking and inserting send nothing."""
    client = as_(responder)
    client.post(f"{waiting.get_absolute_url()}suggest/")
    client.get(waiting.get_absolute_url())
    one = Suggestion.objects.get()
    html = client.post(
        f"{waiting.get_absolute_url()}insert/", {"insert": f"suggestion-{one.pk}", "body": ""}
    ).content.decode()
    assert 'value="https://alder.example/care"' in html
    assert not Post.objects.official().exists()
    one.refresh_from_db()
    assert one.used_at is None


def test_what_was_suggested_what_was_sent_and_by_whom_are_kept(waiting, care, responder):
    """Rule 14"""
    suggest(waiting)
    one = Suggestion.objects.get()
    reply(by=responder, conversation=waiting, body="Wash it cold.", type="retention", drafts=f"suggestion-{one.pk}")
    one.refresh_from_db()
    assert (one.used_by, one.sent) == (responder, "Wash it cold.")


def test_an_out_of_date_draft_is_not_put_in_and_the_text_is_kept(waiting, care, as_, responder, member):
    suggest(waiting)
    one = Suggestion.objects.get()
    Suggestion.objects.update(stale_at=timezone.now())
    fields = {"insert": f"suggestion-{one.pk}", "body": "My own words so far."}
    html = as_(responder).post(f"{waiting.get_absolute_url()}insert/", fields).content.decode()
    assert "That draft is out of date" in html
    assert "My own words so far." in html


def test_a_rules_saved_reply_names_the_rule_and_counts_once_sent(waiting, responder, as_):
    saved = SavedReply.objects.create(title="Return label", category="Returns", body="Hello {customer}, on its way.")
    one = suggest_saved_reply(waiting, saved, rule="Returns")
    assert suggest_saved_reply(waiting, saved, rule="Returns") == one
    html = as_(responder).get(waiting.get_absolute_url()).content.decode()
    assert "by the rule “Returns”" in html
    assert "Hello Mara Lind, on its way." in html
    reply(by=responder, conversation=waiting, body="On its way.", type="retention", drafts=f"suggestion-{one.pk}")
    saved.refresh_from_db()
    assert saved.times_used == 1


def test_managers_keep_the_list_and_others_read_it(care, as_, manager, responder):
    fields = {"need": "how to send it in", "url": "https://alder.example/repairs", "words": "broke", "is_on": "on"}
    assert as_(responder).post("/staff/links/add/", fields).status_code == 403
    assert as_(manager).post("/staff/links/add/", fields).status_code == 302
    assert "how to send it in" in as_(responder).get("/staff/links/").content.decode()


def test_an_address_that_is_there_already_or_none_is_refused(care, as_, manager):
    fields = {"need": "again", "url": care.url, "is_on": "on"}
    assert "in the list already" in as_(manager).post("/staff/links/add/", fields).content.decode()
    html = as_(manager).post("/staff/links/add/", fields | {"url": "javascript:alert(1)"}).content.decode()
    assert "valid URL" in html
    assert CompanyLink.objects.count() == 1
