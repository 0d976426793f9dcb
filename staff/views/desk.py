"""The queue, on its own page and beside a conversation."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from staff.access import StaffRequest, for_readers
from staff.models import Conversation, ConversationType
from staff.queue.choosing import choose, next_after
from staff.queue.counting import busy_products, count_all, unanswered_in_community
from staff.queue.filters import SORTS, Filters, is_number
from staff.queue.forms import CHOICES, END_REASONS, colleagues
from staff.queue.places import VIEWS
from staff.queue.rows import rows


@for_readers
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/desk.html", queue_context(request, None))


@for_readers
@require_safe
def queue_part(request: StaffRequest) -> HttpResponse:
    """The views and the rows alone, for the page that keeps itself up to date. `open`: the conversation beside it."""
    opened = request.GET.get("open", "")
    current = Conversation(pk=int(opened)) if is_number(opened) else None
    response = render(
        request, "staff/queue_part.html", queue_context(request, current) | {"heading": 2 if current else 1}
    )
    response["Cache-Control"] = "no-store"
    return response


def queue_context(request: StaffRequest, current: Conversation | None) -> dict[str, Any]:
    """The two panes on the left: a fixed number of queries, whatever the queue's length."""
    now = timezone.now()
    filters = Filters.of(request.GET)
    products = busy_products(filters.product)
    counts = count_all(filters, request.user, now, products)
    chosen = choose(filters, request.user, now, _page(request))
    return {
        "filters": filters,
        "chosen": chosen,
        "counts": counts,
        "rows": rows(chosen.ids, request.user, now, current.pk if current else None),
        "open_pk": current.pk if current else None,
        "views": [(view, counts[view.key], view is filters.view) for view in VIEWS],
        "type_views": [(kind.value, kind.label, counts[kind], kind == filters.type) for kind in ConversationType],
        "product_views": [(it, counts[f"product-{it.pk}"], it.pk == filters.product) for it in products],
        "saved_views": [(saved, saved.query == filters.but()) for saved in request.user.saved_views.all()],
        "sorts": [(key, label, filters.but(sort=key), key == filters.sort) for key, label in SORTS.items()],
        "community_count": unanswered_in_community(),
        "can_act": request.user.is_responder,
        "acts_query": f"?{filters.query}page={chosen.number}&on={current.pk if current else ''}",
        "end_reasons": END_REASONS,
        "colleagues": colleagues().exclude(pk=request.user.pk),
        "snooze_choices": CHOICES,
        "as_of": now.isoformat(),
        "desk_page": "queue",
    }


def address_of_next(request: StaffRequest, current: Conversation) -> str | None:
    """The conversation after `current` in the agent's view. Ask before the act: `current` may leave the view."""
    filters = Filters.of(request.GET)
    pk = next_after(current, filters, request.user, timezone.now())
    if pk is None:
        return None
    query = filters.but()
    return reverse("conversation", args=[pk]) + (f"?{query}" if query else "")


def _page(request: StaffRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if is_number(text) else 1
