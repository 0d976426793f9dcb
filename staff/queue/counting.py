"""How many each view holds. Counted up to a thousand: beyond that nobody works by the number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from community.members.models import Member
from community.products.models import Product
from forum.models import Question
from staff.models import Conversation, ConversationType
from staff.models.conversation import ConversationQuerySet
from staff.queue.choosing import conversations
from staff.queue.filters import Filters
from staff.queue.places import VIEWS, WAITS

MOST = 999
PRODUCTS, KEPT_SECONDS = 8, 60


def shown(count: int) -> str:
    return str(count) if count <= MOST else f"{MOST}+"


def count_all(filters: Filters, member: Member, now: datetime, products: list[Product]) -> dict[str, str]:
    """What to write beside each view, type and product, and (“here”) above the list. One query."""
    seen = Conversation.objects.queued_for(member)
    amounts = {view.key: seen.filter(view.condition(member, now)) for view in VIEWS}
    amounts |= {kind: seen.filter(WAITS, shown_type=kind) for kind in ConversationType.values}
    amounts |= {f"product-{product.pk}": seen.filter(WAITS, product=product.pk) for product in products}
    if filters.is_narrowed:
        amounts["here"] = conversations(filters, member, now)
    counts = {key: shown(count) for key, count in count_capped(amounts).items()}
    return counts if "here" in counts else counts | {"here": counts[filters.view.key]}


def count_capped(amounts: Mapping[str, ConversationQuerySet]) -> dict[str, int]:
    """Each counted up to MOST + 1, all in one query: no index is read further than that."""
    parts: list[str] = []
    parameters: list[Any] = []
    for amount in amounts.values():
        sql, values = amount.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS held)")  # noqa: S608 - Django wrote what stands inside
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        row = cursor.fetchone()
    return dict(zip(amounts, row, strict=True))


def busy_products(chosen: int | None = None) -> list[Product]:
    """The products that most conversations wait about, and the one that was chosen. Kept for a minute."""
    ids = cache.get_or_set("queue:busy-products", _busiest, KEPT_SECONDS) or []
    wanted = [*ids, chosen] if chosen and chosen not in ids else ids
    found = Product.objects.only("name").in_bulk(wanted) if wanted else {}
    return [found[pk] for pk in wanted if pk in found]


def _busiest() -> list[int]:
    waiting = Conversation.objects.filter(WAITS, product__isnull=False)
    ordered = waiting.values("product_id").annotate(held=Count("pk")).order_by("-held", "product_id")
    return [row["product_id"] for row in ordered[:PRODUCTS]]


def unanswered_in_community() -> str:
    """The other queue: questions that wait for anybody's answer. Counted once a minute."""
    return shown(cache.get_or_set("queue:unanswered", _unanswered, KEPT_SECONDS) or 0)


def _unanswered() -> int:
    return Question.objects.listed().unanswered()[: MOST + 1].count()
