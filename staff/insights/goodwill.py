"""Goodwill given: how many codes of each campaign, and what became of the conversations. Codes are never shown here."""

from collections.abc import Iterable

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from staff.insights import items, verdicts
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.effects import COLUMNS, GROUPS, effect_cells
from staff.insights.productive import KINDS
from staff.insights.replies import UNTYPED
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Section, Table
from staff.models import Campaign, Conversation, Coupon


def goodwill_section(scope: Scope) -> Section:
    every = Chosen([_given(scope)])
    names = dict(Campaign.objects.values_list("pk", "name"))
    campaigns = sorted(every.values("campaign"), key=lambda key: names.get(key, ""))
    by_campaign = [(f"campaign-{key}", names.get(key, ""), every.also(campaign=key)) for key in campaigns]
    return Section(
        "goodwill",
        "Goodwill given",
        f"Codes given to customers in {scope.label}, and what the conversations came to at their end.",
        [
            _table("By campaign", [("all", "All campaigns", every), *by_campaign]),
            _table("By type of conversation", [(key, label, every.also(kind_of=key)) for key, label in KINDS]),
        ],
    )


def _given(scope: Scope) -> Cube:
    talks = Conversation.objects.filter(pk=OuterRef("conversation"))
    sides = {
        f"{side}_effect": Coalesce(
            Subquery(talks.annotate(came_to=verdicts.of_conversation(side)).values("came_to")[:1]),
            verdicts.UNKNOWN,
            output_field=CharField(),
        )
        for side, _ in verdicts.SIDES
    }
    kind = Coalesce(NullIf("conversation__type", Value("")), Value(UNTYPED), output_field=CharField())
    given = Coupon.objects.filter(
        scope.within("given_at"), scope.about("conversation__product", "conversation__type")
    ).annotate(kind_of=kind, **sides)
    return Cube(given, ("campaign", "kind_of", "customer_effect", "staff_effect"), "given_at", _coupons)


def _coupons(keys: Iterable[int]) -> items.Items:
    found = Coupon.objects.filter(pk__in=list(keys)).select_related(
        "campaign", "given_to", "given_by", "conversation__thread"
    )
    return {one.pk: _item(one) for one in found}


def _item(coupon: Coupon) -> Item:
    talk = coupon.conversation
    by = f"by {coupon.given_by.name}" if coupon.given_by else ""
    to = f"to {coupon.given_to.name}" if coupon.given_to else ""
    title = items.name_of(talk) if talk else coupon.campaign.name
    return Item(
        title, talk.get_absolute_url() if talk else "", coupon.given_at, items.dotted(coupon.campaign.name, to, by)
    )


def _table(title: str, groups: list[tuple[str, str, Chosen]]) -> Table:
    return Table(
        title,
        "A gift is no proof: what the customer showed stands beside what staff judged.",
        ["Codes given", *COLUMNS],
        [Row(label, [Cell(f"{key}.given", rows), *effect_cells(key, rows)]) for key, label, rows in groups],
        groups=[("", 1), *GROUPS],
        empty="No code was given in this time.",
    )
