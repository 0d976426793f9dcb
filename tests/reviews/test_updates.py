"""An update after some months: a dated addition by the reviewer, which changes nothing of what they said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from time_machine import travel

from community.members.models import Member
from community.notifications.following import follow
from community.notifications.letters import compose
from community.notifications.models import Notification
from community.notifications.reply_addresses import reply_address
from community.notifications.sentences import sentence
from community.products.models import Product
from community.receiving_mail import receive
from community.threads.attaching import take_photo
from community.threads.drafting import read_draft, save_draft
from community.threads.models import Post, Status
from community.threads.permissions import can_comment, can_edit, can_vote
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from community.threads.withdrawing import restore, withdraw
from reviews.models import Review, ReviewRecord
from reviews.updating import add_update, age_in_words
from staff.triage.reading import Origin, read_case
from tests.conftest import long_ago
from tests.reviews.writing import opening_of, picture, write

pytestmark = pytest.mark.django_db
BODY = "Half a year on: the elbows have worn thin, but they mended them for nothing."
Clients = Callable[[Member | None], Client]


@pytest.fixture
def old_review(review: Review) -> Review:
    """Tomas wrote it 200 days ago."""
    long_ago(review.thread, hours=24 * 200)
    return Review.objects.select_related("thread").get(pk=review.pk)


def update(review: Review, body: str = BODY, **changes: object) -> Post:
    return add_update(**{"by": review.thread.author, "review": review, "body": body} | changes)  # type: ignore[arg-type]


def test_an_update_stands_beside_the_review_which_stays(old_review: Review) -> None:
    before = opening_of(old_review)
    added = update(old_review)
    after = opening_of(old_review)
    assert (added.kind, added.thread_id, added.is_published) == ("update", old_review.pk, True)
    assert (after.body, after.version, after.edited_at) == (before.body, before.version, None)


@pytest.mark.parametrize("days", [0, 29])
def test_what_changed_within_a_month_is_an_edit(review: Review, days: int) -> None:
    long_ago(review.thread, hours=24 * days)
    with pytest.raises(ValidationError, match="30 days after what you wrote last"):
        update(Review.objects.select_related("thread").get(pk=review.pk))


def test_between_two_updates_lies_a_month(old_review: Review) -> None:
    update(old_review)
    with pytest.raises(ValidationError):
        update(old_review, BODY + " Again.")
    with travel(timezone.now() + timedelta(days=31)):
        assert update(old_review, BODY + " Again.")


def test_ten_updates_are_enough(old_review: Review) -> None:
    for month in range(1, 11):
        with travel(timezone.now() + timedelta(days=31 * month)):
            update(old_review, f"{BODY} {month}")
    with travel(timezone.now() + timedelta(days=400)), pytest.raises(ValidationError, match="at most 10"):
        update(old_review)


@pytest.mark.parametrize("who", ["member", "responder", "moderator", "admin"])
def test_nobody_but_the_reviewer_adds_one(request: pytest.FixtureRequest, old_review: Review, who: str) -> None:
    with pytest.raises(PermissionDenied):
        update(old_review, by=request.getfixturevalue(who))


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED, Status.WITHDRAWN])
def test_nothing_is_added_to_a_review_that_is_not_published(old_review: Review, status: str) -> None:
    set_status(opening_of(old_review), status)
    with pytest.raises(PermissionDenied):
        update(old_review)


@pytest.mark.parametrize("body", ["", "Too short.", "x" * 10_001])
def test_too_little_and_too_much_is_refused(old_review: Review, body: str) -> None:
    with pytest.raises(ValidationError):
        update(old_review, body)


def test_a_double_click_makes_one_update(old_review: Review) -> None:
    key = uuid4()
    assert update(old_review, submission_key=key) == update(old_review, submission_key=key)
    assert ReviewRecord.objects.filter(kind="updated").count() == 1


def test_it_is_looked_over_like_every_post(new_member: Member, product: Product) -> None:
    written = write(new_member, product)
    long_ago(written.thread, hours=24 * 60)
    review = Review.objects.select_related("thread").get(pk=written.pk)
    assert update(review, "Visit my casino! It is the best of them all.").status == Status.HELD


def test_it_is_in_the_log_with_its_number(old_review: Review) -> None:
    added = update(old_review)
    line = ReviewRecord.objects.get(review=old_review, kind="updated")
    assert (line.actor, line.evidence["update"], line.stars) == (old_review.thread.author, added.pk, 4)


def test_it_carries_photos(old_review: Review) -> None:
    photo = take_photo(by=old_review.thread.author, upload=picture(), alt="The elbow")
    assert list(update(old_review, photos=[photo]).attachments.all()) == [photo]


def test_its_author_may_change_delete_and_bring_it_back(old_review: Review, moderator: Member) -> None:
    added, author = update(old_review), old_review.thread.author
    added.thread = old_review.thread
    assert can_edit(author, added)
    assert not can_edit(moderator, added)  # a review's words are its author's alone
    assert withdraw(by=author, post=added)
    assert restore(by=author, post=added)


def test_it_is_not_voted_on_or_commented_but_the_review_is(old_review: Review, member: Member) -> None:
    added, opening = update(old_review), opening_of(old_review)
    added.thread = opening.thread
    assert not can_vote(member, added)
    assert not can_comment(member, added)
    assert can_vote(member, opening)
    assert can_comment(member, opening)


def test_who_follows_the_review_is_told(old_review: Review, responder: Member) -> None:
    follow(by=responder, thread=old_review.thread)
    added = update(old_review)
    told = Notification.objects.with_list_data().get(member=responder, post=added)
    assert sentence(told) == "The reviewer added an update to a review you follow."


def test_a_letter_about_it_leads_to_the_update(old_review: Review, responder: Member) -> None:
    follow(by=responder, thread=old_review.thread)
    added = update(old_review)
    letter = compose([Notification.objects.with_list_data().get(member=responder, post=added)])
    assert "Read the update" in letter.alternatives[0].content
    assert "the elbows have worn thin" in letter.body


def test_an_answer_by_mail_to_it_is_a_comment_on_the_review(
    old_review: Review, responder: Member, settings: Any
) -> None:
    settings.MAIL_REPLY_ADDRESS, added = "reply@talk.example.com", update(old_review)
    mail = EmailMessage()
    mail["From"], mail["To"] = responder.email, reply_address(responder.pk, added.pk)
    mail["Message-ID"], mail["Subject"] = "<answer@example.com>", "Re: Warm and honest"
    mail.set_content("We would like to see those elbows.")
    assert receive(mail.as_bytes()).outcome == "posted"
    assert Post.objects.get(kind="comment").parent == opening_of(old_review)


def test_it_is_offered_on_the_review_to_its_author_after_a_month(as_: Clients, review: Review, member: Member) -> None:
    path, offer = f"/reviews/{review.pk}/", f'href="{path_of(review)}"'
    assert offer not in as_(review.thread.author).get(path).content.decode()
    long_ago(review.thread, hours=24 * 31)
    assert offer in as_(review.thread.author).get(path).content.decode()
    assert offer not in as_(member).get(path).content.decode()


def test_everybody_reads_it_below_the_review_and_finds_it(as_: Clients, old_review: Review, product: Product) -> None:
    update(old_review)
    for path in (f"/reviews/{old_review.pk}/", "/products/fell-jumper/"):
        page = as_(None).get(path).content.decode()
        assert "Update after 7 months" in page
        assert "the elbows have worn thin" in page


def test_it_does_not_count_as_an_answer(old_review: Review) -> None:
    update(old_review)
    old_review.thread.refresh_from_db()
    assert (old_review.thread.answer_count, old_review.thread.comment_count) == (0, 0)
    assert old_review.thread.last_post_by == old_review.thread.author


def test_it_is_the_customer_speaking_again_after_a_reply(old_review: Review, responder: Member) -> None:
    add_answer(by=responder, thread=old_review.thread, body="Sorry to hear it. Send it in.", is_official=True)
    added = update(old_review)
    thread = type(old_review.thread).objects.select_related("author", "review").get(pk=old_review.pk)
    case = read_case(Origin(thread=thread), None, timezone.now())
    said = case.texts[-1]
    assert (said.post, said.is_asker, said.is_answer, said.is_official) == (added.pk, True, False, False)


@pytest.mark.parametrize(
    ("days", "words"),
    [(5, "5 days"), (31, "1 month"), (214, "7 months"), (700, "23 months"), (731, "2 years"), (0, "1 day")],
)
def test_its_age_is_said_in_words(days: int, words: str) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert age_in_words(since, since + timedelta(days=days)) == f"Update after {words}"


# Its page -------------------------------------------------------------------------------------------------------------


def path_of(review: Review) -> str:
    return f"/reviews/{review.pk}/update/"


def test_nobody_is_offered_an_update_before_its_time(as_: Clients, member: Member, product: Product) -> None:
    fresh = write(member, product)
    assert path_of(fresh) not in as_(member).get(f"/reviews/{fresh.pk}/").content.decode()
    long_ago(fresh.thread, hours=24 * 31)
    assert path_of(fresh) in as_(member).get(f"/reviews/{fresh.pk}/").content.decode()
    add_update(by=member, review=fresh, body=BODY)
    assert path_of(fresh) not in as_(member).get(f"/reviews/{fresh.pk}/").content.decode()


def test_the_form_publishes_it(as_: Clients, old_review: Review) -> None:
    client = as_(old_review.thread.author)
    assert "Add an update" in client.get(path_of(old_review)).content.decode()
    response = client.post(path_of(old_review), {"body": BODY, "photo_1": picture(), "photo_1_alt": "The elbow"})
    added = Post.objects.get(kind="update")
    assert response.url == f"/posts/{added.pk}/"
    assert [photo.alt for photo in added.attachments.all()] == ["The elbow"]


def test_too_early_says_from_when(as_: Clients, review: Review) -> None:
    client = as_(review.thread.author)
    assert "You can add an update from" in client.get(path_of(review)).content.decode()
    response = client.post(path_of(review), {"body": BODY})
    assert response.status_code == 200
    assert BODY in response.content.decode()
    assert not Post.objects.filter(kind="update").exists()


def test_bad_input_is_refused_with_the_text_kept(as_: Clients, old_review: Review) -> None:
    response = as_(old_review.thread.author).post(path_of(old_review), {"body": "Too short"})
    assert response.status_code == 200
    assert "at least 20 characters" in response.content.decode()


def test_an_ended_session_keeps_it_over_the_sign_in(as_: Clients, old_review: Review) -> None:
    client = as_(None)
    assert client.post(path_of(old_review), {"body": BODY}).url == f"/accounts/login/?next={path_of(old_review)}"
    client.force_login(old_review.thread.author, backend="django.contrib.auth.backends.ModelBackend")
    assert BODY in client.get(path_of(old_review)).content.decode()


def test_a_draft_is_found_again_and_thrown_away_when_published(as_: Clients, old_review: Review) -> None:
    author, place = old_review.thread.author, f"update:{old_review.pk}"
    save_draft(by=author, place=place, fields={"body": "Half a thought"})
    client = as_(author)
    assert "Half a thought" in client.get(path_of(old_review)).content.decode()
    client.post(path_of(old_review), {"body": BODY})
    assert read_draft(author, place) == {}


def test_what_nobody_may_see_has_no_form(as_: Clients, member: Member, old_review: Review) -> None:
    set_status(opening_of(old_review), Status.REMOVED)
    assert as_(member).get(path_of(old_review)).status_code == 404
    assert as_(member).get("/reviews/999999/update/").status_code == 404
