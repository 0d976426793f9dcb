"""Counts what members did, and what they know, and keeps it for the pages that show it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from community.members.models import Member
from community.people.models import Expertise, Standing, name_key
from community.recognising.confirming import CONFIRMED, Help, answers_to_others
from community.threads.models import Thread
from community.threads.ranking import wilson_lower_bound
from reviews.models import Review

BATCH = 500
About = tuple[int, int | None, int | None]  # member, product, tag


class Tally(NamedTuple):
    answers: int
    confirmed: int


def count_standing(members: Iterable[Member], helps: dict[int, list[Help]]) -> int:
    """Write a Standing for each; says how many were new or changed. `helps` holds each person once. 4 queries."""
    people = {member.pk: member for member in members}
    answers = _tally(answers_to_others().filter(author__in=people), "author")
    asked = Thread.objects.listed().questions().filter(author__in=people)
    named = Review.objects.listed().filter(thread__author__in=people, name_shown=Review.NameShown.FULL)
    questions, reviews = _per_author(asked, "author"), _per_author(named, "thread__author")
    known = Standing.objects.in_bulk(people)
    wanted = []
    for pk, member in people.items():
        done = answers.get((pk,), Tally(0, 0))
        has_said = bool(questions[pk] or done.answers or reviews[pk])
        wanted.append(
            Standing(
                member=member,
                questions=questions[pk],
                answers=done.answers,
                confirmed=done.confirmed,
                reviews=reviews[pk],
                people_helped=len(helps.get(pk, ())),
                is_listed=has_said and member.is_active and not member.erased_at,
                name_key=name_key(member),
                joined_at=member.date_joined,
            )
        )
    return _save_standing(wanted, known)


def count_expertise(members: Iterable[Member]) -> int:
    """Bring the rows of these members in step; says how many were new, changed or taken away. 3 queries and writes."""
    people = [member.pk for member in members]
    answers = answers_to_others().filter(author__in=people)
    wanted: dict[About, Tally] = {}
    for (member, product), tally in _tally(answers.filter(thread__product__isnull=False), "thread__product").items():
        wanted[member, product, None] = tally
    for (member, tag), tally in _tally(answers.filter(thread__tagged__isnull=False), "thread__tagged__tag").items():
        wanted[member, None, tag] = tally
    known = {(row.member_id, row.product_id, row.tag_id): row for row in Expertise.objects.filter(member__in=people)}
    gone = [row.pk for key, row in known.items() if key not in wanted and not row.named_at]
    changed = [row for key, row in known.items() if _set(row, wanted.get(key, Tally(0, 0))) and row.pk not in gone]
    new = [_expertise(key, tally) for key, tally in wanted.items() if key not in known]
    Expertise.objects.filter(pk__in=gone).delete()
    Expertise.objects.bulk_update(changed, ["answers", "confirmed", "score"], batch_size=BATCH)
    Expertise.objects.bulk_create(new, batch_size=BATCH)
    return len(gone) + len(changed) + len(new)


def _tally(answers: QuerySet, by: str) -> dict[tuple[int, ...], Tally]:
    """How many, and how many confirmed, by author and `by` (an author alone if that is `author`)."""
    keys = dict.fromkeys(("author", by))
    counted = answers.order_by().values(*keys).annotate(n=Count("pk"), good=Count("pk", filter=CONFIRMED))
    return {tuple(row[key] for key in keys): Tally(row["n"], row["good"]) for row in counted}


def _per_author(rows: QuerySet, author: str) -> dict[int, int]:
    counted = rows.order_by().values_list(author).annotate(n=Count("pk"))
    return defaultdict(int, counted)


def _save_standing(wanted: list[Standing], known: dict[int, Standing]) -> int:
    fields = [field.name for field in Standing._meta.concrete_fields if field.name not in ("member", "counted_at")]
    new = [row for row in wanted if row.pk not in known]
    changed = [row for row in wanted if row.pk in known and _differs(row, known[row.pk], fields)]
    Standing.objects.bulk_create(new, batch_size=BATCH)
    Standing.objects.bulk_update(changed, [*fields, "counted_at"], batch_size=BATCH)
    return len(new) + len(changed)


def _differs(one: Any, other: Any, fields: Collection[str]) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _set(row: Expertise, tally: Tally) -> bool:
    if (row.answers, row.confirmed) == tally:
        return False
    row.answers, row.confirmed = tally
    row.score = wilson_lower_bound(tally.confirmed, tally.answers)
    return True


def _expertise(key: About, tally: Tally) -> Expertise:
    member, product, tag = key
    row = Expertise(member_id=member, product_id=product, tag_id=tag)
    _set(row, tally)
    return row
