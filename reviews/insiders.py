"""Who writes from inside: staff, and whoever has an address at one of the brand's domains. Nobody sets it by hand."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from community.members.models import Member
from community.threads.models import Edition
from reviews.models import InsiderDomain, Review, ReviewRecord
from reviews.rating import recount
from reviews.recording import record

STAFF, DOMAIN = "staff", "domain"


def is_insider(member: Member) -> bool:
    """By role, or by a verified address at an InsiderDomain or below it. At most 2 queries."""
    return bool(why_insider(member))


def why_insider(member: Member) -> str:
    """“staff”, “domain”, or nothing."""
    if member.is_staff:
        return STAFF
    domains = insider_domains()
    if not domains:
        return ""
    verified = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
    return DOMAIN if any(is_inside(email, domains) for email in (member.email, *verified)) else ""


def insider_domains() -> frozenset[str]:
    """All that are on the list. 1 query."""
    return frozenset(InsiderDomain.objects.values_list("domain", flat=True))


def is_inside(email: str, domains: Collection[str]) -> bool:
    """Does an address lie at one of `domains`, or below it? No query."""
    parts = email.rpartition("@")[2].lower().split(".")
    return any(".".join(parts[start:]) in domains for start in range(len(parts) - 1))


def label_insiders() -> int:
    """Bring every review's label in step with who its author is by now, and log it. Returns how many changed.

    Who was staff once stays labelled: the review was written, or could be changed, from inside. Where a domain alone
    made somebody an insider, taking the domain off the list takes the label off.
    """
    labelled = [_label(review, STAFF) for review in _unlabelled().filter(thread__author__is_staff=True)]
    labelled += [_label(review, DOMAIN) for review in _unlabelled().filter(_is_at_domain())]
    released = [_release(review) for review in _labelled_from_outside() if _last_reason(review) == DOMAIN]
    return sum(labelled) + sum(released)


def _unlabelled() -> QuerySet[Review]:
    return Review.objects.filter(is_insider=False).with_list_data()


def _is_at_domain() -> Q:
    """Of a review: its author has an address at one of the domains."""
    ends = Q(pk__in=[])
    for domain in InsiderDomain.objects.values_list("domain", flat=True):
        ends |= Q(address__endswith=f"@{domain}") | Q(address__endswith=f".{domain}")
    accounts = Member.objects.annotate(address=Lower("email")).filter(ends).values("pk")
    verified = EmailAddress.objects.filter(verified=True).annotate(address=Lower("email")).filter(ends).values("user")
    return Q(thread__author__in=accounts) | Q(thread__author__in=verified)


def _labelled_from_outside() -> QuerySet[Review]:
    """By who is no insider (any more). Not the imported: their address came along."""
    labelled = Review.objects.filter(is_insider=True, imported_from="", thread__author__is_staff=False)
    return labelled.exclude(_is_at_domain()).with_list_data()


def _last_reason(review: Review) -> str:
    """Why it is labelled, as its newest line about that says."""
    lines = review.records.filter(evidence__has_key="insider").order_by("-at", "-pk")
    return str((lines.values_list("evidence__insider", flat=True).first()) or "")


@transaction.atomic
def _label(review: Review, why: str) -> bool:
    return _set(review, True, why, "Its author is one of the staff" if why == STAFF else "Its author's mail domain")


@transaction.atomic
def _release(review: Review) -> bool:
    return _set(review, False, "", "The mail domain was taken off the list")


def _set(review: Review, is_inside: bool, why: str, reason: str) -> bool:
    if not Review.objects.filter(pk=review.pk, is_insider=not is_inside).update(is_insider=is_inside):
        return False
    review.is_insider = is_inside
    record(review, ReviewRecord.Kind.LABELLED, reason=reason, insider=why)
    recount(review.product.pk)
    Edition.advance()
    return True
