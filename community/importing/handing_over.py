"""What an unclaimed author wrote goes to its owner: who proves the address, or whom an administrator names."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower

from community.importing.addresses import LONGEST
from community.importing.models import ImportedItem, OldAddress
from community.importing.reviews.owning import keep_name_shown, reviews_under_full_name, set_aside_second_reviews
from community.members.models import Member
from community.threads.models import Edition, Post, Thread


@transaction.atomic
def claim_authors(*, address: str) -> int:
    """Give what came under `address` to who has proven it; how many unclaimed members that were."""
    proven = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    if proven is None:
        return 0
    items = ImportedItem.objects.alias(lower=Lower("email")).filter(lower=address.lower(), member__is_unclaimed=True)
    authors = Member.objects.filter(pk__in=items.values("member"))
    return sum(_hand_over(author, proven.user) for author in authors)


def claim_all() -> int:
    """As claim_authors, for whoever has proven an address in another way than by a code: from an invitation's link."""
    waiting = ImportedItem.objects.filter(member__is_unclaimed=True).exclude(email="").annotate(address=Lower("email"))
    proven = EmailAddress.objects.filter(verified=True).values(address=Lower("email"))
    addresses = waiting.filter(address__in=proven).values_list("address", flat=True).distinct()
    return sum(claim_authors(address=address) for address in list(addresses))


@transaction.atomic
def hand_over(author: Member, *, to: Member, by: Member) -> bool:
    """An administrator says that `author`, whom nobody can prove to be, is `to`. False if it was done already."""
    if not by.is_superuser:
        raise PermissionDenied("Only an administrator says who somebody was elsewhere.")
    if not author.is_unclaimed:
        raise ValidationError("This account belongs to somebody. Only one that nobody has claimed can be handed over.")
    if to.is_unclaimed or not to.is_active or to.erased_at:
        raise ValidationError("Choose a member who can sign in.")
    return _hand_over(author, to)


def _hand_over(author: Member, to: Member) -> bool:
    """Every row that points to `author` points to `to`; then `author` goes, and its page leads to the new one."""
    if author.pk == to.pk or not Member.objects.select_for_update().filter(pk=author.pk, is_unclaimed=True).exists():
        return False
    aside = set_aside_second_reviews(author, to)
    named = reviews_under_full_name(author)
    for relation in Member._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            _move(relation.field, author, to, aside)
    page = f"members/{author.username}"[:LONGEST]
    OldAddress.objects.update_or_create(host="", path=page, defaults={"member": to})
    ImportedItem.objects.filter(member=to, kind=ImportedItem.Kind.AUTHOR).update(email="")
    _introduce(author, to)
    keep_name_shown(named, author, to)
    if aside:
        Member.objects.filter(pk=author.pk).update(is_active=False, is_unclaimed=False)
    else:
        author.delete()
    Edition.advance()
    return True


def _move(field: "models.Field[object, object]", author: Member, to: Member, aside: list[int]) -> None:
    """All at once; where `to` has one of the kind already, theirs stays. Threads set `aside` stay where they are."""
    rows = field.model._base_manager.filter(**{field.name: author})
    if field.model is Thread:
        rows = rows.exclude(pk__in=aside)
    elif field.model is Post:
        rows = rows.exclude(thread__in=aside)
    try:
        with transaction.atomic():
            rows.update(**{field.name: to})
    except IntegrityError:
        for row in rows:
            try:
                with transaction.atomic():
                    field.model._base_manager.filter(pk=row.pk).update(**{field.name: to})
            except IntegrityError:
                row.delete()


def _introduce(author: Member, to: Member) -> None:
    """Who came first under the old name has been around that long, and is called so unless they chose a name here."""
    to.date_joined = min(to.date_joined, author.date_joined)
    to.display_name = to.display_name or author.display_name
    to.save(update_fields=["date_joined", "display_name"])
