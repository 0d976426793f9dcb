"""Decisions: fixed reasons, a log for good, reversible, and the author told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from community.moderation.deciding import keep, publish, remove, restore
from community.moderation.flagging import flag
from community.moderation.models import Decision, Flag
from community.threads.models import Post, Status
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from tests.staff.many import ask_many

pytestmark = pytest.mark.django_db


def status(post: Post) -> str:
    return Post.objects.get(pk=post.pk).status


def actions() -> list[str]:
    return list(Decision.objects.order_by("pk").values_list("action", flat=True))


def test_a_held_post_is_published_once(answer, moderator):
    set_status(answer, Status.HELD)
    assert publish(by=moderator, post=answer)
    assert not publish(by=moderator, post=answer)
    assert (status(answer), actions()) == (Status.PUBLISHED, ["publish"])


def test_keeping_dismisses_the_flags_and_shows_the_post_again(answer, responder, member, moderator):
    flag(by=member, post=answer, reason="spam")
    flag(by=responder, post=answer, reason="abuse")
    assert keep(by=moderator, post=answer)
    assert not keep(by=moderator, post=answer)
    assert status(answer) == Status.PUBLISHED
    assert set(Flag.objects.values_list("was_upheld", flat=True)) == {False}


def test_removing_names_a_fixed_reason_and_upholds_the_flags(answer, member, moderator):
    flag(by=member, post=answer, reason="spam")
    with pytest.raises(PermissionDenied, match="Choose the reason"):
        remove(by=moderator, post=answer, reason="I dislike it")
    assert remove(by=moderator, post=answer, reason="advertising", note="Same link in five threads")
    assert not remove(by=moderator, post=answer, reason="advertising")
    assert Flag.objects.get().was_upheld
    assert Post.objects.get(pk=answer.pk).status_reason == "Advertising or another business"


def test_the_database_refuses_a_removal_without_a_reason(answer, moderator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(post=answer, moderator=moderator, action="remove", status_before="published", body="x")


def test_restoring_reverses_a_removal_and_what_it_said_of_the_flags(answer, member, moderator):
    flag(by=member, post=answer, reason="spam")
    remove(by=moderator, post=answer, reason="advertising")
    assert restore(by=moderator, post=answer)
    assert not restore(by=moderator, post=answer)
    assert (status(answer), Flag.objects.get().was_upheld) == (Status.PUBLISHED, False)
    assert actions() == ["remove", "restore"]


def test_the_log_keeps_the_text_and_the_facts_as_they_were(review, as_, moderator):
    post = review.thread.posts.get()
    form = {"action": "remove", "reason": "fake", "note": "Copied"}
    as_(moderator).post(f"/staff/moderation/{post.pk}/decide/", form)
    decision = Decision.objects.get()
    assert (decision.body, decision.status_before, decision.note) == (post.body, "published", "Copied")
    assert (decision.facts["stars"], decision.facts["product"]) == (4, "Fell Jumper")


def test_the_log_is_append_only(answer, moderator):
    remove(by=moderator, post=answer, reason="fake")
    decision = Decision.objects.get()
    decision.reason = "illegal"
    with pytest.raises(ValidationError):
        decision.save()


def test_the_author_keeps_the_text_and_everybody_else_loses_it(question, answer, as_, other_member, moderator):
    remove(by=moderator, post=answer, reason="off_topic")
    assert "wool soap" not in as_(None).get(question.get_absolute_url()).content.decode()
    assert as_(other_member).get(f"/posts/{answer.pk}/").status_code == 302
    assert as_(None).get(f"/posts/{answer.pk}/").status_code == 404


def test_the_author_is_told_once_and_by_no_name(answer, other_member, moderator):
    remove(by=moderator, post=answer, reason="off_topic")
    told = other_member.notifications.get(kind="decision")
    assert (told.post, told.actor) == (answer, None)


def test_the_author_is_told_when_flags_hide_a_post(answer, other_member, responder):
    flag(by=responder, post=answer, reason="abuse")
    assert other_member.notifications.filter(kind="decision", post=answer).exists()


def test_an_author_who_deletes_or_posts_is_told_nothing(answer, other_member):
    withdraw(by=other_member, post=answer)
    assert not other_member.notifications.filter(kind="decision").exists()


def test_dismissing_flags_on_a_readable_post_disturbs_nobody(answer, other_member, member, moderator):
    flag(by=member, post=answer, reason="spam")
    keep(by=moderator, post=answer)
    assert not other_member.notifications.filter(kind="decision").exists()


@pytest.mark.parametrize("verb", [publish, keep, restore])
def test_nobody_decides_on_their_own_post_and_only_moderators_decide(answer, verb, moderator, responder, member):
    for who in (responder, member):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            verb(by=who, post=answer)
    Post.objects.update(author=moderator)
    with pytest.raises(PermissionDenied, match="wrote this post yourself"):
        verb(by=moderator, post=answer)


def test_what_its_author_deleted_is_not_decided_on(answer, other_member, moderator):
    withdraw(by=other_member, post=answer)
    with pytest.raises(PermissionDenied, match="author has deleted"):
        restore(by=moderator, post=answer)


def test_a_call_for_the_company_is_no_accusation_to_decide_on(answer, member, moderator):
    flag(by=member, post=answer, reason="needs_staff")
    assert not keep(by=moderator, post=answer)
    assert Flag.objects.waiting().exists()


# The desk -----------------------------------------------------------------------------------------------------------


def html(client, tab: str = "flags") -> str:
    return client.get(f"/staff/moderation/?tab={tab}").content.decode()


def test_the_desk_groups_flags_by_post_with_weights_and_notes(answer, as_, member, regular, moderator):
    flag(by=member, post=answer, reason="spam", note="Same as yesterday")
    flag(by=regular, post=answer, reason="abuse")
    page = html(as_(moderator))
    assert page.count('class="case"') == 1
    for words in ("Spam or advertising", "Same as yesterday", "weight 3", "weight 4", "Together 7; at 8"):
        assert words in page


def test_held_posts_wait_on_their_own_tab(answer, as_, moderator):
    set_status(answer, Status.HELD, reason="Contains “casino”")
    assert "Contains “casino”" in html(as_(moderator), "held")
    as_(moderator).post(f"/staff/moderation/{answer.pk}/decide/?tab=held", {"action": "publish"})
    assert "Nothing is held back" in html(as_(moderator), "held")


def test_every_decision_is_in_the_log_and_can_be_reversed_from_it(answer, as_, moderator):
    as_(moderator).post(f"/staff/moderation/{answer.pk}/decide/", {"action": "remove", "reason": "fake"})
    page = html(as_(moderator), "decided")
    assert "Believed to be fake" in page
    assert 'value="restore"' in page
    as_(moderator).post(f"/staff/moderation/{answer.pk}/decide/?tab=decided", {"action": "restore"})
    assert status(answer) == Status.PUBLISHED


@pytest.mark.parametrize("fields", [{}, {"action": "burn"}, {"action": "remove"}, {"action": "remove", "reason": "x"}])
def test_a_bad_decision_is_told_and_changes_nothing(answer, as_, moderator, fields):
    response = as_(moderator).post(f"/staff/moderation/{answer.pk}/decide/", fields, follow=True)
    assert "one of the fixed reasons" in response.content.decode()
    assert not Decision.objects.exists()


def test_two_moderators_who_decide_the_same_leave_one_line(answer, as_, moderator, manager):
    for who in (moderator, manager):
        as_(who).post(f"/staff/moderation/{answer.pk}/decide/", {"action": "remove", "reason": "fake"})
    assert actions() == ["remove"]


def test_three_reports_and_thirty_cost_the_same(
    member, other_member, category, as_, moderator, django_assert_max_num_queries
):
    for thread in ask_many(30, other_member, category):
        Flag.objects.create(post=thread.posts.get(), member=member, reason="spam")
    client = as_(moderator)
    client.get("/staff/moderation/")
    for tab in ("flags", "held", "decided"):
        with django_assert_max_num_queries(8):
            client.get(f"/staff/moderation/?tab={tab}")
