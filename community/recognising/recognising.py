"""Brings what members are known for up to date: for a few after something happened, for all once a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from community.members.models import Member
from community.people.models import Standing
from community.recognising.awarding import award
from community.recognising.confirming import Help, acceptances, first_helps, helpful_votes
from community.recognising.counting import count_expertise, count_standing
from community.threads.models import Post

A_FEW = 50


@transaction.atomic
def recognise(pks: Collection[int]) -> int:
    """Count and award anew for these members, a few hundred at most; says how many rows changed. Repeating it changes nothing."""
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
    return recognise_each(list(Member.objects.filter(wrote).order_by("pk").values_list("pk", flat=True)))


def recognise_each(pks: Sequence[int]) -> int:
    """The same for these, few at a time: nobody's post waits long for the database meanwhile."""
    return sum(recognise(pks[start : start + A_FEW]) for start in range(0, len(pks), A_FEW))


def _by_author(helps: Iterator[Help]) -> dict[int, list[Help]]:
    authors: dict[int, list[Help]] = defaultdict(list)
    for one in helps:
        authors[one.author].append(one)
    return authors
