"""How often a member may post, edit and vote, and a stranger leave a text. Staff are not counted."""

from datetime import timedelta

from django.utils import timezone

from community.members.limits import Rate, TooSoon, enforce, take_seat
from community.members.models import Member, TrustLevel
from community.threads.models import Attachment, Post, Revision, Thread, Vote

QUESTION_EVERY = Rate(1, timedelta(seconds=15), "You have just asked a question.")
QUESTIONS_A_DAY = Rate(20, timedelta(days=1), "You have asked 20 questions today.")
FIRST_DAY_QUESTIONS = Rate(3, timedelta(days=1), "New members ask at most 3 questions on their first day.")
POST_EVERY = Rate(1, timedelta(seconds=5), "You have just posted.")
NEW_POST_EVERY = Rate(1, timedelta(seconds=30), "You have just posted. New members wait a little between posts.")
FIRST_DAY_ANSWERS = Rate(10, timedelta(days=1), "New members write at most 10 answers on their first day.")
VOTES_A_DAY = Rate(50, timedelta(days=1), "You have voted 50 times today.")
CHANGES_OF_MIND = Rate(10, timedelta(minutes=10), "You have changed your votes 10 times just now.")
EDITS_A_DAY = Rate(30, timedelta(days=1), "You have edited 30 times today.")
PHOTOS_A_DAY = Rate(50, timedelta(days=1), "You have added 50 photos today.")
UPLOADS_AN_HOUR = Rate(60, timedelta(hours=1), "You have added many photos within an hour.")
PREVIEWS_A_MINUTE = Rate(30, timedelta(minutes=1), "You have looked at many previews within a minute.")
DRAFTS_A_MINUTE = Rate(60, timedelta(minutes=1), "Your draft was kept many times within a minute.")
UNSIGNED_AN_HOUR = Rate(20, timedelta(hours=1), "Many texts were written here before signing in. Sign in first.")
NAMES_A_MINUTE = Rate(90, timedelta(minutes=1), "You have looked up many names within a minute.")
SAME_TEXT = timedelta(minutes=5)


def enforce_thread_rates(by: Member, kind: str) -> None:
    """Raise TooSoon if `by` may not open another thread yet. A review counts as a post."""
    if by.is_responder:
        return
    if kind != Thread.Kind.QUESTION:
        enforce(_post_rate(by), by.posts.all())
        return
    questions = by.threads.questions()
    enforce(QUESTION_EVERY, questions)
    enforce(QUESTIONS_A_DAY, questions)
    if _is_first_day(by):
        enforce(FIRST_DAY_QUESTIONS, questions)


def enforce_post_rates(by: Member, kind: str) -> None:
    """Raise TooSoon if `by` may not write another answer or comment yet."""
    if by.is_responder:
        return
    enforce(_post_rate(by), by.posts.all())
    if kind == Post.Kind.ANSWER and _is_first_day(by):
        enforce(FIRST_DAY_ANSWERS, by.posts.answers())


def enforce_new_text(by: Member, body: str) -> None:
    """Raise TooSoon if `by` posted exactly this text within 5 minutes."""
    if by.is_responder:
        return
    since = timezone.now() - SAME_TEXT
    twin = by.posts.filter(created_at__gt=since, body=body).first()
    if twin:
        raise TooSoon("You have just posted this text.", twin.created_at - since)


def enforce_vote_rates(by: Member) -> None:
    if not by.is_responder:
        enforce(VOTES_A_DAY, Vote.objects.filter(member=by))


def enforce_change_of_mind(by: Member) -> None:
    """A vote moved or taken back, which leaves no row that could be counted."""
    if not by.is_responder:
        take_seat(f"change-of-mind:{by.pk}", CHANGES_OF_MIND)


def enforce_edit_rates(by: Member) -> None:
    if not by.is_responder:
        enforce(EDITS_A_DAY, Revision.objects.filter(editor=by))


def enforce_photo_rates(by: Member) -> None:
    """Those kept, and those taken out again or refused: each is decoded."""
    if not by.is_responder:
        enforce(PHOTOS_A_DAY, Attachment.objects.filter(uploader=by))
        take_seat(f"upload:{by.pk}", UPLOADS_AN_HOUR)


def enforce_preview_rates(by: Member) -> None:
    take_seat(f"preview:{by.pk}", PREVIEWS_A_MINUTE)


def enforce_draft_rates(by: Member) -> None:
    take_seat(f"draft:{by.pk}", DRAFTS_A_MINUTE)


def enforce_name_rates(by: Member) -> None:
    take_seat(f"names:{by.pk}", NAMES_A_MINUTE)


def enforce_unsigned_rates(visitor: str) -> None:
    """`visitor`: of members.visitors. Their session keeps what they write until they have signed in."""
    take_seat(f"unsigned:{visitor}", UNSIGNED_AN_HOUR)


def _post_rate(by: Member) -> Rate:
    return NEW_POST_EVERY if by.trust_level == TrustLevel.NEW else POST_EVERY


def _is_first_day(by: Member) -> bool:
    return by.trust_level == TrustLevel.NEW and timezone.now() - by.date_joined < timedelta(days=1)
