"""Taking back what was written from an invitation, by who has its mailbox: the review, or all that we know of them."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Edition, Post
from community.threads.permissions import can_withdraw, require
from community.threads.withdrawing import withdraw
from reviews.inviting.owners import is_unvisited
from reviews.inviting.stopping import stop
from reviews.models import Invitation, Review

NOWHERE = "erased.invalid"  # RFC 2606: no mail can ever arrive there


def take_back(review: Review) -> bool:
    """Delete it as its author. False if it is off the page already, by them or by a moderator."""
    opening = review.thread.posts.select_related("thread", "author").get(kind=Post.Kind.OPENING)
    author = opening.author
    return can_withdraw(author, opening) and withdraw(by=author, post=opening)


@transaction.atomic
def forget(member: Member) -> bool:
    """Delete what an account made for an invitation has written, and everything that names its owner.

    Its orders stay the shop's. The address is kept in one place alone: the list of those who are never asked. Raises
    PermissionDenied for an account that somebody signs in to. False if it was done already.
    """
    current = Member.objects.select_for_update().get(pk=member.pk)
    if current.erased_at:
        return False
    require(is_unvisited(current), "Somebody uses this account. Sign in to delete what is in it.")
    for post in current.posts.select_related("thread", "author"):
        if can_withdraw(current, post):
            withdraw(by=current, post=post)
    stop(current.email)
    _unname(current)
    Edition.advance()
    return True


def _unname(member: Member) -> None:
    asked = [row.pk for row in Invitation.objects.to(member.email)]
    Invitation.objects.filter(pk__in=asked).update(name="", member=None, email=f"{uuid4().hex}@{NOWHERE}")
    member.purchases.update(member=None)
    EmailAddress.objects.filter(user=member).delete()
    member.sent_mail.all().delete()
    member.username, member.display_name = f"deleted-{member.pk}", ""
    member.email, member.is_active, member.erased_at = f"{uuid4().hex}@{NOWHERE}", False, timezone.now()
    member.save(update_fields=["username", "display_name", "email", "is_active", "erased_at"])
