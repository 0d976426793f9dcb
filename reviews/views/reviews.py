"""A review's own page, and the page that says how reviews work here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.moderation.models import Decision
from community.threads.attaching import PHOTOS_IN_A_POST
from community.threads.editing import GRACE
from community.threads.forms import REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS
from community.threads.models import Post, Status, Thread
from community.threads.permissions import MEND_WINDOW
from community.threads.structured_data import absolute, as_script, breadcrumbs, picture_address
from reviews import product_list, reading
from reviews.inviting.sending import LINKS_HOLD
from reviews.listing import SORTS
from reviews.models import MINIMUM_WEIGHT, Review
from reviews.permissions import acts_on
from reviews.structured_data import product_data
from reviews.top import ENOUGH

PARTS = (
    ("who", "Who may write"),
    ("asked", "Who is asked"),
    ("checked", "What is checked"),
    ("labels", "Labels"),
    ("average", "The average"),
    ("order", "The order"),
    ("refused", "Refused reviews"),
    ("report", "Reports and replies"),
    ("imported", "Other places"),
)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Post.objects.visible_to(request.user).filter(thread__kind=Thread.Kind.REVIEW, kind=Post.Kind.OPENING)
    visible = visible.select_related("thread__product__rating", "author")
    opening = reading.with_card_data(visible, request.user).filter(thread__pk=pk).first()
    if opening is None:
        return _gone(request, pk)
    shown = reading.Shown(opening, acts_on(request.user, opening))
    reading.add_photos([shown])
    reading.add_said([shown])
    comments = reading.add_below(shown, request.user)
    reading.add_update_acts(shown, request.user)
    return render(request, "reviews/review.html", _about(request, shown) | {"comments": comments})


@require_safe
def how_reviews_work(request: HttpRequest) -> HttpResponse:
    context = {
        "title_limits": REVIEW_TITLE_LIMITS,
        "body_limits": REVIEW_BODY_LIMITS,
        "photos": PHOTOS_IN_A_POST,
        "grace_minutes": GRACE.seconds // 60,
        "weight": MINIMUM_WEIGHT,
        "enough": ENOUGH,
        "mend_days": MEND_WINDOW.days,
        "invitation_days": LINKS_HOLD.days,
        "parts": PARTS,
        "sorts": [label for label, _ in SORTS.values()],
        "reasons": [label for value, label in Decision.Reason.choices if value],
        "best_rated": product_list.SORTS["rating"][0],
        "canonical": absolute(request.path),
    }
    return render(request, "reviews/how.html", context)


def _about(request: HttpRequest, shown: reading.Shown) -> dict[str, Any]:
    product, thread = shown.review.product, shown.opening.thread
    is_read_by_robots = thread.is_published and not request.user.is_authenticated
    crumbs = [("Products", reverse("products")), (product.name, product.get_absolute_url()), (thread.title, "")]
    trail = breadcrumbs([*crumbs[:-1], (thread.title, thread.get_absolute_url())])
    data = [product_data(product, None, [shown]), trail] if is_read_by_robots else []
    return {
        "shown": shown,
        "product": product,
        "crumbs": crumbs,
        "earlier": reading.earlier_facts(shown),
        "mend_days": MEND_WINDOW.days,
        "is_own": thread.author_id == request.user.pk,
        "product_image": picture_address(product),
        "og_description": f"{shown.review.stars} out of 5 stars from {shown.review.shown_name} for {product.name}.",
        "canonical": absolute(thread.get_absolute_url()),
        "structured_data": as_script(part for part in data if part) if data else "",
    }


def _gone(request: HttpRequest, pk: int) -> HttpResponse:
    """410 for what was here and has been deleted or removed; 404 for everything else."""
    past = (
        Review.objects.filter(thread__pk=pk, thread__status__in=(Status.REMOVED, Status.WITHDRAWN))
        .with_list_data()
        .first()
    )
    if past is None:
        raise Http404("There is no such review.")
    opening = past.thread.posts.get(kind=Post.Kind.OPENING)
    is_own = past.thread.author_id == request.user.pk
    return render(request, "reviews/gone.html", {"review": past, "opening": opening, "is_own": is_own}, status=410)
