"""Replies as figures count them: the company's and customers' answers, in public, one-to-one and elsewhere.

Left out: holding replies, what was deleted or hidden, imports, and what people say to themselves. Notes are no replies.
"""

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from community.threads.models import Post
from staff.insights import items, verdicts
from staff.insights.cube import Cube
from staff.insights.scope import Scope
from staff.models import Message

COMPANY, CUSTOMERS, COLLEAGUES = "company", "customers", "colleagues"
UNTYPED = "untyped"
DIMENSIONS = ("by", "kind_of", "customer_effect", "staff_effect")


def reply_cubes(scope: Scope, *more: str) -> list[Cube]:
    """Who replied, in which type, and what it came to by either side. `more` are further columns to count by."""
    dimensions = (*DIMENSIONS, *more)
    return [
        Cube(with_verdicts(posts(scope), "post"), dimensions, "created_at", items.posts),
        Cube(with_verdicts(messages(scope), "message"), dimensions, "created_at", items.messages),
    ]


def with_verdicts(replies: QuerySet, reply: str) -> QuerySet:
    """What each came to, as its columns customer_effect and staff_effect."""
    sides = {f"{side}_effect": verdicts.of_reply(side, reply) for side, _ in verdicts.SIDES}
    return replies.annotate(**sides)


def posts(scope: Scope) -> QuerySet[Post]:
    by = Case(
        When(is_official=True, then=Value(COMPANY)),
        When(author__is_staff=True, then=Value(COLLEAGUES)),
        default=Value(CUSTOMERS),
        output_field=CharField(),
    )
    kind = Coalesce(
        NullIf("reply__type", Value("")), NullIf("thread__conversation__type", Value("")), Value(UNTYPED),
        output_field=CharField(),
    )  # fmt: skip
    said = Post.objects.published().filter(scope.within("created_at")).exclude(author=F("thread__author"))
    said = said.filter(Q(kind=Post.Kind.ANSWER) | Q(reply__isnull=False)).exclude(source=Post.Source.IMPORT)
    said = said.exclude(reply__is_holding=True).annotate(by=by, kind_of=kind)
    return said.filter(scope.about("thread__product", "kind_of"))


def messages(scope: Scope) -> QuerySet[Message]:
    """The company's, once they have reached the customer."""
    kind = Coalesce(NullIf("type", Value("")), NullIf("conversation__type", Value("")), Value(UNTYPED))
    said = Message.objects.filter(scope.within("created_at"), is_official=True, posted_at__isnull=False)
    said = said.exclude(is_holding=True).filter(conversation__is_readable=True)
    said = said.annotate(by=Value(COMPANY, output_field=CharField()), kind_of=kind)
    return said.filter(scope.about("conversation__product", "kind_of"))
