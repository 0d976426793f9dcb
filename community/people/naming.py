"""Calling a member an expert on a product, in the company's name, and taking it back."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.members.text import tidy_line
from community.people.models import Expertise
from community.products.models import Product
from community.threads.models import Edition
from community.threads.permissions import require

LONGEST_TITLE = 60


def can_name_experts(member: object) -> bool:
    return bool(getattr(member, "is_manager", False))


@transaction.atomic
def give_title(*, by: Member, member: Member, title: str) -> bool:
    """What stands beside a member's name, such as “Repair expert”; empty for nothing. False if it stood already."""
    require(can_name_experts(by), "Only managers give titles.")
    title = tidy_line(title)[:LONGEST_TITLE]
    if member.title == title:
        return False
    member.title = title
    member.save(update_fields=["title"])
    Edition.advance()
    return True


@transaction.atomic
def name_expert(*, by: Member, member: Member, product: Product) -> bool:
    """List `member` first among those who know `product`. False if they are already. Raises PermissionDenied."""
    require(can_name_experts(by), "Only managers name experts.")
    require(not member.is_staff, "Who works for the company is no expert among its customers.")
    row, _ = Expertise.objects.select_for_update().get_or_create(member=member, product=product)
    if row.named_at:
        return False
    row.named_at, row.named_by = timezone.now(), by
    row.save(update_fields=["named_at", "named_by"])
    Edition.advance()
    return True


@transaction.atomic
def unname_expert(*, by: Member, member: Member, product: Product) -> bool:
    """Take it back; what the answers show of them stays. False if they were not named. Raises PermissionDenied."""
    require(can_name_experts(by), "Only managers name experts.")
    row = Expertise.objects.select_for_update().filter(member=member, product=product, named_at__isnull=False).first()
    if row is None:
        return False
    row.named_at = row.named_by = None
    row.save(update_fields=["named_at", "named_by"])
    Edition.advance()
    return True
