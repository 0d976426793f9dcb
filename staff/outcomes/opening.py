"""Who opened a helpful link: people, each once in 24 hours; never staff, robots, prefetchers or HEAD."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from community.members.visitors import is_robot, visitor_of
from staff.models import HelpfulLink, LinkOpening
from staff.outcomes.gathering import gather_opening

ONCE_IN = timedelta(hours=24)


def is_person(request: HttpRequest) -> bool:
    """Did somebody ask for this page in order to read it, and are they no colleague?"""
    if request.method != "GET" or getattr(request.user, "is_staff", False):
        return False
    if any("prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz")):
        return False
    is_preview = "preview" in f"{request.headers.get('X-Purpose', '')}{request.headers.get('Purpose', '')}".lower()
    return not is_preview and not is_robot(request)


def visitor_marks(request: HttpRequest, now: datetime) -> list[str]:
    """Who this is, without keeping it: the member's number, or keyed hashes of today and yesterday."""
    if request.user.is_authenticated:
        return [f"member:{request.user.pk}"]
    who = f"{visitor_of(request)}|{request.headers.get('User-Agent', '')}"
    days = (now.date(), now.date() - timedelta(days=1))
    return [salted_hmac("staff.outcomes.opening", f"{day}|{who}", algorithm="sha256").hexdigest() for day in days]


@transaction.atomic
def note_opening(*, link_id: int, member_id: int | None, marks: list[str], at: datetime) -> bool:
    """Count one person's opening. False if one of their `marks` was counted within 24 hours, or the link is gone."""
    link = (
        HelpfulLink.objects.select_for_update(of=("self",))
        .select_related("post__thread", "message__conversation")
        .filter(pk=link_id)
        .first()
    )
    if link is None:
        return False
    recent = link.openings.filter(visitor__in=marks, opened_at__gt=at - ONCE_IN, opened_at__lt=at + ONCE_IN)
    if recent.exists():
        return False
    opening = LinkOpening.objects.create(
        link=link,
        member_id=member_id,
        visitor=marks[0],
        is_asker=member_id is not None and member_id == asker_of(link),
        opened_at=at,
    )
    gather_opening(opening)
    return True


def asker_of(link: HelpfulLink) -> int | None:
    """Whose need it is: who asked, or to whom we wrote; None where we don't know them."""
    if link.message is not None:
        return link.message.conversation.customer_id
    return link.post.thread.author_id if link.post else None
