"""The form of a review: a member's first visit writes, every later one changes what they wrote."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from community.members.models import Member
from community.products.models import Product
from community.threads import unsigned
from community.threads.drafting import discard_draft, discard_edit_drafts, read_draft, read_edit_draft
from community.threads.editing import EditConflict
from community.threads.models import Post, Status, Thread
from community.threads.permissions import can_edit
from community.threads.reading import sign_in_first
from community.threads.refusals import refused
from reviews.forms import ReviewForm
from reviews.models import Review
from reviews.reviewing import AlreadyReviewed, revise_review
from reviews.reviewing import write_review as publish_review

KEPT = "Your review is kept. Sign in, or create an account, to publish it."
HELD = "Thank you. A moderator reads your review first, and you will hear from us. Your stars have no part in that."

ALREADY = "You have reviewed this product before. Publishing changes that review to what stands below."
CONFLICT = "Your review was changed in another window meanwhile. Publishing replaces it with what stands below."


@require_http_methods(["GET", "HEAD", "POST"])
def write_review(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product.objects.with_list_data(), slug=slug)
    opening = _own_openings(request.user, product).first()
    if opening and opening.status == Status.REMOVED and not can_edit(request.user, opening):
        return redirect("review", opening.thread_id)
    if request.method == "POST":
        return _submit(request, product, opening)
    kept = _kept_text(request, product, opening)
    form = ReviewForm(by=_writer(request), opening=opening, initial=kept)
    return _page(request, product, form, is_resumed=bool(kept))


def _submit(request: HttpRequest, product: Product, opening: Post | None) -> HttpResponse:
    form = ReviewForm(request.POST, request.FILES, by=_writer(request), opening=opening)
    if not form.is_valid() or (form.by is None and not unsigned.keep(request, _place(product, None), form)):
        return _page(request, product, form)
    if form.by is None:
        messages.info(request, KEPT)
        return sign_in_first(request, then=request.path)
    is_change = opening is not None and form.cleaned_data["base_version"] is not None
    standing: Review | None = opening.thread.review if opening and is_change else None
    try:
        review = form.attempt(lambda: _change(form, standing) if standing else _write(form, product))
    except AlreadyReviewed:
        return _offer_change(request, product, form, ALREADY)
    except EditConflict:
        return _offer_change(request, product, form, CONFLICT)
    if review is None:
        return _page(request, product, form)
    _forget_text(request, form.by, product, opening)
    _thank(request, review, standing is not None)
    return redirect(review.thread)


def _write(form: ReviewForm, product: Product) -> Review:
    cleaned = form.cleaned_data
    form.describe_photos()
    return publish_review(
        by=form.by,
        product=product,
        title=cleaned["title"],
        body=cleaned["body"],
        name_shown=cleaned["name_shown"],
        photos=cleaned["photos"],
        submission_key=cleaned["submission_key"],
        **form.facts,
    )


def _change(form: ReviewForm, review: Review) -> Review:
    cleaned = form.cleaned_data
    form.describe_photos()
    revise_review(
        by=form.by,
        review=review,
        base_version=cleaned["base_version"],
        title=cleaned["title"],
        body=cleaned["body"],
        name_shown=cleaned["name_shown"],
        photos=cleaned["photos"],
        **form.facts,
    )
    return review


def _page(request: HttpRequest, product: Product, form: ReviewForm, **more: Any) -> HttpResponse:
    crumbs = [("Products", reverse("products")), (product.name, product.get_absolute_url()), ("Review", "")]
    context = {"product": product, "place": _place(product, form.opening) if form.by else "", "crumbs": crumbs} | more
    response = refused(request, "reviews/write.html", context, form)
    if "standing" in more:
        response.status_code = 409
    return response


def _offer_change(request: HttpRequest, product: Product, form: ReviewForm, sentence: str) -> HttpResponse:
    """The same text once more, now as a change to the review as it stands, which is shown beside it."""
    opening = _own_openings(request.user, product).get()
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["base_version"] = str(opening.version)
    data.setlist("photos", [str(photo.pk) for photo in form.kept_photos])
    again = ReviewForm(data, by=form.by, opening=opening)
    return _page(request, product, again, standing=opening, sentence=sentence)


def _own_openings(reader: Any, product: Product) -> QuerySet[Post]:
    """The opening post of `reader`'s review, if there is one, whatever became of it."""
    openings = Post.objects.filter(kind=Post.Kind.OPENING, thread__kind=Thread.Kind.REVIEW, thread__product=product)
    return openings.filter(author_id=reader.pk).select_related("thread__review", "thread__author", "author")


def _writer(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


def _place(product: Product, opening: Post | None) -> str:
    """Which form a draft belongs to."""
    return f"edit:{opening.pk}-{opening.version}" if opening else f"review:{product.pk}"


def _kept_text(request: HttpRequest, product: Product, opening: Post | None) -> dict[str, Any]:
    """What was written and not sent: before signing in, or on any device since."""
    kept = unsigned.find(request, _place(product, None))
    if kept or not request.user.is_authenticated:
        return {name: value for name, value in kept.items() if name != "base_version"}
    return read_edit_draft(request.user, opening) if opening else read_draft(request.user, _place(product, None))


def _forget_text(request: HttpRequest, by: Member, product: Product, opening: Post | None) -> None:
    unsigned.forget(request, _place(product, None))
    discard_draft(by=by, place=_place(product, None))
    if opening:
        discard_edit_drafts(by=by, post=opening)


def _thank(request: HttpRequest, review: Review, is_change: bool) -> None:
    review.thread.refresh_from_db(fields=["status"])
    if not review.thread.is_published:
        messages.info(request, HELD)
    else:
        messages.success(request, "Your review is changed." if is_change else "Thank you. Your review is published.")
