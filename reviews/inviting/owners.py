"""Whose an invitation is: the member who has proven its address. Where nobody has, an account is made quietly."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.members.imitating import refuse_imitation
from community.members.models import Member
from community.members.text import tidy_line
from community.products.claiming import claim_purchases
from reviews.models import Invitation, InvitedPurchase

LONGEST_NAME = 60


class SignInFirst(Exception):  # noqa: N818 - an account that we can't tell whose it is, not a fault
    """Somebody uses the address in an account without having proven it."""


def owner_of(address: str, member: Member | None = None) -> Member | None:
    """`member` where the order is tied to an account, else who has proven the address. At most one query."""
    if member is not None:
        return member
    proven = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return proven.user if proven else None


def owner_of_item(item: InvitedPurchase) -> Member | None:
    return owner_of(item.invitation.email, item.purchase.member)


def gets_mail_at(owner: Member | None, address: str) -> bool:
    """Is it their account's address? An order may have been made with another one of theirs."""
    return owner is not None and owner.email.lower() == address.lower()


def stand_in(invitation: Invitation) -> Member:
    """Not saved: how the account would be called, to show how its name would read on a review."""
    username = f"customer-{uuid4().hex[:10]}"
    return Member(username=username, email=invitation.email.lower(), display_name=fit_name(invitation.name))


def make_account(invitation: Invitation) -> Member:
    """An account for the address to which the link was sent, or the one that is there by now. Nobody is signed in.

    It has no password: its owner comes in by the code that “Forgot your password?” mails to the address. An account
    begun with this address and never confirmed becomes its owner's: what was chosen for it is thrown away. Raises
    SignInFirst where an unconfirmed account has been used.
    """
    address = invitation.email.lower()
    with transaction.atomic():
        there = Member.objects.select_for_update().filter(email__iexact=address).first()
        owner = owner_of(address) or (_take_over(there, invitation) if there else None)
    try:
        with transaction.atomic():
            owner = owner or _create(invitation)
    except IntegrityError:  # the other of two clicks came first
        owner = owner_of(address)
        if owner is None:
            raise
    claim_purchases(address=address)
    return owner


def is_unvisited(member: Member) -> bool:
    """Made here, and nobody has signed in to it since."""
    return member.last_login is None and not member.has_usable_password()


def fit_name(name: str) -> str:
    """The shop's name for the buyer, unless it would speak for the company here or is no name."""
    name = tidy_line(name)[:LONGEST_NAME].strip()
    if "@" in name or not any(letter.isalpha() for letter in name):
        return ""
    try:
        refuse_imitation(name)
    except ValidationError:
        return ""
    return name


def _create(invitation: Invitation) -> Member:
    member = stand_in(invitation)
    member.set_unusable_password()
    member.save()
    _prove(member)
    return member


def _take_over(member: Member, invitation: Invitation) -> Member:
    if member.last_login is not None or member.posts.exists() or member.is_staff or not member.is_active:
        raise SignInFirst
    fresh = stand_in(invitation)
    member.username, member.display_name = fresh.username, fresh.display_name
    member.set_unusable_password()
    member.save(update_fields=["username", "display_name", "password"])
    _prove(member)
    return member


def _prove(member: Member) -> None:
    """The link came back from the mailbox, as a code would."""
    address, _ = EmailAddress.objects.get_or_create(user=member, email=member.email)
    address.verified, address.primary = True, True
    address.save()
