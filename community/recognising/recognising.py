"""Brings what members are known for up to date: for a few after something happened, for all once a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.members.models import Member
from community.people.models import Standing
from community.recognising.awarding import award
from community.recognising.confirming import Help, acceptances, first_helps, helpful_votes
from community.recognising.counting import BATCH, count_expertise, count_standing
from community.threads.models import Post


@transaction.atomic
def recognise(pks: Collection[int]) -> int:
    """Count and award anew for these members, at most 500; says how many rows changed. Repeating it changes nothing."""
    locked = Member.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks).order_by("pk")
    members = list(locked)
    found = [member.pk for member in members]
    accepted = _by_author(acceptances(found))
    voted = _by_author(helpful_votes(found))
    helps = {pk: first_helps(accepted.get(pk, []) + voted.get(pk, [])) for pk in found}
    return count_standing(members, helps) + count_expertise(members) + award(members, helps, accepted)


def recognise_all() -> int:
    """The same for everybody who has written anything, batch after batch, each in a transaction of its own."""
    wrote = Q(Exists(Post.objects.filter(author=OuterRef("pk")))) | Q(
        Exists(Standing.objects.filter(pk=OuterRef("pk")))
    )
    everybody, changed, last = Member.objects.filter(wrote).order_by("pk"), 0, 0
    while batch := list(everybody.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        changed += recognise(batch)
        last = batch[-1]
    return changed


def _by_author(helps: Iterator[Help]) -> dict[int, list[Help]]:
    authors: dict[int, list[Help]] = defaultdict(list)
    for one in helps:
        authors[one.author].append(one)
    return authors
