"""The list of members: who is found, in which order, and how a choice is written in its address."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import QueryDict

from community.members.text import tidy_line
from community.people.models import Award, Badge, Expertise, Standing
from community.products.models import Product
from community.threads.models import Tag

PER_PAGE = 24
SORTS = {"helpful": "Most helpful", "newest": "Newest"}
LONGEST_NAME = 60


@dataclass(frozen=True)
class Choice:
    """What an address asks for; unknown words are passed over."""

    words: str = ""
    sort: str = "helpful"
    product: Product | None = None
    tag: Tag | None = None
    badge: Badge | None = None

    @classmethod
    def from_address(cls, asked: QueryDict) -> Self:
        """At most two queries, for a product's or a tag's name."""
        sort, badge = asked.get("sort", ""), asked.get("badge", "")
        about, subject = tidy_line(asked.get("product", "")), tidy_line(asked.get("tag", ""))
        product = Product.objects.filter(slug=about).first() if about else None
        tag = Tag.objects.filter(slug=subject).first() if subject and not product else None
        return cls(
            words=tidy_line(asked.get("q", ""))[:LONGEST_NAME],
            sort=sort if sort in SORTS else "helpful",
            product=product,
            tag=tag,
            badge=Badge(badge) if badge in Badge.values else None,
        )

    @property
    def about(self) -> Product | Tag | None:
        return self.product or self.tag

    @property
    def is_plain(self) -> bool:
        return self == Choice()

    def query(self, **other: str) -> str:
        """The part of an address after “?”, ending in “&” unless empty, for page=; `other` replaces parts of it."""
        parts = {
            "q": self.words,
            "sort": self.sort,
            "product": self.product.slug if self.product else "",
            "tag": self.tag.slug if self.tag else "",
            "badge": self.badge or "",
        } | other
        parts = {name: value for name, value in parts.items() if value and (name, value) != ("sort", "helpful")}
        return f"{urlencode(parts)}&" if parts else ""

    def members(self) -> QuerySet[Standing]:
        """Standing rows with their members, in order. With a product or tag: with `known` and `known_of` answers."""
        rows = Standing.objects.listed().select_related("member")
        if self.words:
            rows = rows.called(self.words)
        if self.badge:
            rows = rows.filter(pk__in=Award.objects.filter(badge=self.badge).values("member"))
        if not self.about:
            return rows.order_by("-joined_at", "-pk") if self.sort == "newest" else rows
        field = {"product": self.product} if self.product else {"tag": self.tag}
        experts = Expertise.objects.shown().filter(**field)
        rows = rows.filter(member__expertise__in=experts).annotate(
            known=F("member__expertise__confirmed"), known_of=F("member__expertise__answers")
        )
        if self.sort == "newest":
            return rows.order_by("-joined_at", "-pk")
        return rows.order_by(F("member__expertise__named_at").asc(nulls_last=True), "-member__expertise__score", "pk")

    def sort_links(self) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "url": f"?{self.query(sort=name).rstrip('&')}",
                "current": name == self.sort,
                "count": None,
            }
            for name, label in SORTS.items()
        ]

    def filter_links(self) -> list[dict[str, Any]]:
        """What the list is narrowed by; each link takes one part away."""
        parts = [
            ("product", self.product and f"knows the {self.product.name}"),
            ("tag", self.tag and f"knows #{self.tag.name}"),
            ("badge", self.badge and self.badge.label),
            ("q", self.words and f"called “{self.words}”"),
        ]
        return [
            {"label": label, "url": f"?{self.query(**{name: ''}).rstrip('&')}", "current": True, "count": None}
            for name, label in parts
            if label
        ]
