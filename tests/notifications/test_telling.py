"""Who hears of what: once, for the best reason, and never of what they may not see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.members.models import Member
from community.moderation.deciding import remove
from community.moderation.deciding import restore as restore_removed
from community.notifications.audience import Reason
from community.notifications.following import follow, unfollow
from community.notifications.models import Level, Notification
from community.notifications.reading import purge_read, read_all, recount
from community.notifications.tasks import recount_readers, tell_of_mentions, tell_of_post
from community.notifications.telling import tell, tell_all
from community.products.models import Product
from community.threads.editing import revise
from community.threads.models import Category, Post, Status, Tag, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from community.threads.withdrawing import restore, withdraw
from forum.asking import ask_question
from forum.solving import accept
from reviews.models import Review
from reviews.reviewing import write_review
from staff.telling import tell_of_decision
from tests.conftest import BODY, long_ago

Kind = Notification.Kind


def told(member: Member) -> list[str]:
    return [notification.kind for notification in Notification.objects.shown_to(member).order_by("pk")]


def bell(member: Member) -> int:
    return Member.objects.get(pk=member.pk).unread_notifications


def test_who_asked_hears_of_an_answer(question: Thread, answer: Post, member: Member, other_member: Member) -> None:
    assert (told(member), bell(member)) == ([Kind.ANSWER], 1)
    assert (told(other_member), bell(other_member)) == ([], 0)


def test_every_follower_hears_of_an_answer(question: Thread, regular: Member, other_member: Member) -> None:
    follow(by=regular, thread=question)
    add_answer(by=other_member, thread=question, body="Cold water, wool soap, and dry it flat.")
    assert told(regular) == [Kind.ANSWER]


def test_who_muted_hears_nothing_but_that_their_answer_was_accepted(
    question: Thread, answer: Post, member: Member, other_member: Member, regular: Member
) -> None:
    unfollow(by=other_member, thread=question)
    add_comment(by=regular, parent=answer, body="Good advice, @tomas.")
    assert told(other_member) == []
    accept(by=member, post=answer)
    assert told(other_member) == [Kind.ACCEPTED]


def test_a_comment_is_told_to_whom_it_answers_and_to_followers(
    answer: Post, member: Member, other_member: Member, regular: Member
) -> None:
    add_comment(by=regular, parent=answer, body="How long does that take to dry?")
    assert told(other_member) == [Kind.COMMENT]
    assert told(member) == [Kind.ANSWER, Kind.COMMENT]


def test_a_company_reply_is_told_as_such_to_who_asked(
    question: Thread, member: Member, regular: Member, responder: Member
) -> None:
    follow(by=regular, thread=question)
    add_answer(by=responder, thread=question, body="We have corrected the label, thank you.", is_official=True)
    assert (told(member), told(regular)) == ([Kind.COMPANY], [Kind.ANSWER])


def test_a_company_reply_to_a_review_is_told_to_its_writer(
    review: Review, other_member: Member, responder: Member
) -> None:
    add_answer(by=responder, thread=review.thread, body="Thank you for telling us.", is_official=True)
    assert told(other_member) == [Kind.COMPANY]


def test_one_post_is_told_once_for_the_most_personal_reason(question: Thread, member: Member, regular: Member) -> None:
    add_answer(by=regular, thread=question, body="@mara and @Mara: cold water, wool soap.")
    assert told(member) == [Kind.MENTION]
    assert bell(member) == 1


def test_nobody_hears_of_themselves(question: Thread, member: Member, opening: Post) -> None:
    add_comment(by=member, parent=opening, body="Thank you all, says @mara.")
    assert told(member) == []


def test_a_task_that_runs_twice_tells_once(answer: Post, member: Member) -> None:
    assert tell_of_post(answer.pk) == 0
    assert (told(member), bell(member)) == ([Kind.ANSWER], 1)


def test_a_mention_added_later_is_told_then(answer: Post, other_member: Member, regular: Member) -> None:
    revise(by=other_member, post=answer, body="Cold water. @rosa knows more about soap.", base_version=answer.version)
    assert told(regular) == [Kind.MENTION]
    assert tell_of_mentions(answer.pk) == 0


def test_a_held_post_is_told_when_it_is_let_through(question: Thread, member: Member, new_member: Member) -> None:
    held = add_answer(by=new_member, thread=question, body="See www.example.com for a good detergent.")
    assert held.status == Status.HELD
    assert told(member) == []
    set_status(held, Status.PUBLISHED)
    assert told(member) == [Kind.ANSWER]


def test_a_question_is_told_to_followers_of_its_product_and_tags(
    category: Category, product: Product, member: Member, other_member: Member, regular: Member
) -> None:
    follow(by=other_member, product=product)
    follow(by=regular, tag=Tag.objects.create(name="wool", slug="wool"))
    ask_question(
        by=member, category=category, product=product, title="Does the Fell Jumper itch?", body=BODY, tags=["wool"]
    )
    assert (told(other_member), told(regular), told(member)) == ([Kind.QUESTION], [Kind.QUESTION], [])


def test_a_withdrawn_post_leaves_page_and_bell_and_comes_back_with_it(
    answer: Post, member: Member, other_member: Member
) -> None:
    withdraw(by=other_member, post=answer)
    assert (told(member), bell(member)) == ([], 0)
    restore(by=other_member, post=Post.objects.get(pk=answer.pk))
    assert (told(member), bell(member)) == ([Kind.ANSWER], 1)


def test_what_stands_below_something_hidden_is_hidden_from_the_bell(
    answer: Post, member: Member, regular: Member
) -> None:
    add_comment(by=regular, parent=answer, body="How long does that take to dry?")
    assert bell(member) == 2
    set_status(answer, Status.HIDDEN)
    assert (told(member), bell(member)) == ([], 0)


def test_a_hidden_thread_takes_all_of_its_notifications_along(
    question: Thread, opening: Post, answer: Post, regular: Member, other_member: Member
) -> None:
    follow(by=regular, thread=question)
    add_comment(by=other_member, parent=answer, body="And use a net for it.")
    assert bell(regular) == 1
    set_status(opening, Status.HIDDEN)
    assert (told(regular), bell(regular)) == ([], 0)


def test_an_author_hears_what_a_moderator_did_with_their_post(answer: Post, other_member: Member) -> None:
    set_status(answer, Status.REMOVED, reason="Spam")
    assert tell(member=other_member, kind=Kind.DECISION, post=answer) is True
    assert tell(member=other_member, kind=Kind.DECISION, post=answer) is False
    assert told(other_member) == [Kind.DECISION]


def test_nobody_is_told_of_what_they_may_not_read(answer: Post, regular: Member) -> None:
    set_status(answer, Status.REMOVED)
    assert tell(member=regular, kind=Kind.DECISION, post=answer) is False


def test_an_account_that_is_closed_is_told_nothing(question: Thread, member: Member, regular: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    add_answer(by=regular, thread=question, body="Cold water, wool soap, and dry it flat.")
    assert not Notification.objects.filter(member=member).exists()


def test_many_followers_cost_as_many_queries_as_few(
    question: Thread, answer: Post, django_assert_max_num_queries: object
) -> None:
    Notification.objects.all().delete()
    people = Member.objects.bulk_create(
        Member(username=f"reader{n}", email=f"reader{n}@example.com") for n in range(300)
    )
    with django_assert_max_num_queries(5 + 4):  # type: ignore[operator]  # known, active, bells, savepoint; 90 rows each
        assert tell_all(reasons={person.pk: Reason(Kind.ANSWER) for person in people}, post=answer) == 300
    assert Member.objects.filter(unread_notifications=1).count() >= 300


def test_a_recount_mends_any_bell(answer: Post, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(unread_notifications=77)
    recount(member)
    assert bell(member) == 1


def ask(by: Member, category: Category, product: Product | None = None, tags: tuple[str, ...] = ("wool",)) -> Thread:
    return ask_question(
        by=by, category=category, product=product, title="Does the Fell Jumper itch?", body=BODY, tags=tags
    ).thread


def awaits_mail(member: Member) -> list[bool]:
    rows = Notification.objects.filter(member=member).order_by("pk")
    return [told.mail_due_at is not None for told in rows]


def test_who_tracks_a_thread_has_it_in_the_bell_alone(question: Thread, regular: Member, other_member: Member) -> None:
    follow(by=regular, thread=question, level=Level.TRACKING)
    add_answer(by=other_member, thread=question, body="Cold water, wool soap. Right, @rosa?")
    assert (told(regular), awaits_mail(regular)) == ([Kind.MENTION], [False])


def test_who_wants_only_what_is_meant_for_them_hears_of_mentions(
    question: Thread, answer: Post, regular: Member, other_member: Member
) -> None:
    follow(by=regular, thread=question, level=Level.NORMAL)
    add_comment(by=question.author, parent=answer, body="Thank you, that worked well.")
    assert told(regular) == []
    add_comment(by=other_member, parent=answer, body="What do you say, @rosa?")
    assert told(regular) == [Kind.MENTION]


@pytest.mark.parametrize("kind", ["product", "tag", "category"])
def test_who_follows_a_subject_hears_of_new_questions_as_they_like(
    kind: str, category: Category, product: Product, member: Member, other_member: Member, regular: Member
) -> None:
    tag = Tag.objects.create(name="wool", slug="wool")
    target = {"product": product, "tag": tag, "category": category}[kind]
    follow(by=other_member, **{kind: target}, level=Level.TRACKING)
    follow(by=regular, **{kind: target}, level=Level.EVERYTHING)
    thread = ask(member, category, product)
    assert (told(other_member), awaits_mail(other_member)) == ([Kind.QUESTION], [False])
    assert (told(regular), awaits_mail(regular)) == ([Kind.QUESTION], [True])
    add_answer(by=other_member, thread=thread, body="Not at all: it is combed wool.")
    assert told(regular) == [Kind.QUESTION, Kind.ANSWER]


def test_a_muted_subject_wins_over_a_followed_one_but_not_over_the_thread(
    category: Category, product: Product, member: Member, other_member: Member, regular: Member
) -> None:
    follow(by=regular, product=product)
    follow(by=regular, category=category, level=Level.MUTED)
    thread = ask(member, category, product)
    assert told(regular) == []
    follow(by=regular, thread=thread)
    add_answer(by=other_member, thread=thread, body="Not at all: it is combed wool.")
    assert told(regular) == [Kind.ANSWER]


def test_followers_hear_of_what_a_member_asks_and_answers(
    question: Thread, category: Category, regular: Member, other_member: Member
) -> None:
    follow(by=regular, person=other_member)
    add_answer(by=other_member, thread=question, body="Cold water, wool soap, and dry it flat.")
    assert told(regular) == [Kind.FOLLOWED]
    ask(other_member, category, tags=())
    assert told(regular) == [Kind.FOLLOWED, Kind.FOLLOWED]


def test_a_review_never_leads_followers_to_its_writer(
    regular: Member, other_member: Member, product: Product, responder: Member
) -> None:
    follow(by=regular, person=other_member)
    review = write_review(
        by=other_member, product=product, stars=2, title="Itchy", body="It itches at the neck.", name_shown="anonymous"
    )
    long_ago(review.thread)
    reply = add_answer(by=responder, thread=review.thread, body="Thank you for telling us.", is_official=True)
    add_comment(by=other_member, parent=reply, body="You are welcome.")
    assert told(regular) == []


def test_muting_somebody_does_not_tell_who_wrote_a_review(
    regular: Member, other_member: Member, product: Product, responder: Member
) -> None:
    review = write_review(
        by=other_member, product=product, stars=2, title="Itchy", body="It itches at the neck.", name_shown="anonymous"
    )
    follow(by=regular, person=other_member, level=Level.MUTED)
    follow(by=regular, thread=review.thread)
    long_ago(review.thread)
    reply = add_answer(by=responder, thread=review.thread, body="Thank you for telling us.", is_official=True)
    add_comment(by=other_member, parent=reply, body="You are welcome.")
    assert told(regular) == [Kind.ANSWER, Kind.COMMENT]


def test_nothing_reaches_who_muted_its_writer(question: Thread, regular: Member, other_member: Member) -> None:
    follow(by=regular, thread=question)
    follow(by=regular, person=other_member, level=Level.MUTED)
    add_answer(by=other_member, thread=question, body="Cold water, as I told you, @rosa.")
    assert told(regular) == []


def test_a_second_decision_about_a_post_is_told_too(answer: Post, other_member: Member, moderator: Member) -> None:
    remove(by=moderator, post=answer, reason="advertising")
    read_all(by=other_member)
    restore_removed(by=moderator, post=answer)
    assert tell_of_decision(Post.objects.get(pk=answer.pk)) is False  # its task told already
    assert (told(other_member), bell(other_member), awaits_mail(other_member)) == ([Kind.DECISION], 1, [True])


def test_an_old_decision_is_not_told_again_when_a_post_comes_back(
    answer: Post, other_member: Member, moderator: Member
) -> None:
    remove(by=moderator, post=answer, reason="advertising")
    restore_removed(by=moderator, post=answer)
    read_all(by=other_member)
    withdraw(by=other_member, post=Post.objects.get(pk=answer.pk))
    restore(by=other_member, post=Post.objects.get(pk=answer.pk))
    assert bell(other_member) == 0


@pytest.mark.parametrize("task", [tell_of_post, tell_of_mentions, recount_readers])
def test_a_task_about_a_post_that_is_gone_does_nothing(task: object, db: None) -> None:
    assert not task(4711)  # type: ignore[operator]


def test_what_was_read_half_a_year_ago_goes(question: Thread, answer: Post, member: Member, regular: Member) -> None:
    read_all(by=member)
    add_comment(by=regular, parent=answer, body="How long does that take to dry?")
    assert purge_read() == 0
    Notification.objects.filter(read_at__isnull=False).update(read_at=timezone.now() - timedelta(days=181))
    assert purge_read() == 1
    assert told(member) == [Kind.COMMENT]
