"""The form of a review: a member's first visit writes, every later one changes what they wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from community.members.models import Member
from community.members.visitors import visitor_of
from community.products.models import Product
from community.threads import unsigned
from community.threads.drafting import discard_draft, discard_edit_drafts, read_draft, read_edit_draft
from community.threads.editing import EditConflict
from community.threads.models import Post, Status
from community.threads.permissions import can_edit
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from reviews.begun import place_of_review
from reviews.evidence import expected_evidence
from reviews.forms import ReviewForm
from reviews.mine import own_openings
from reviews.models import InvitedPurchase, Review
from reviews.names import NameShown
from reviews.reviewing import AlreadyReviewed, ProductGone
from reviews.reviewing import write_review as publish_review
from reviews.revising import revise_review
from reviews.suspicion.addresses import note_address

OWN_PHOTOS = "photos of an invited review"  # in the session: uploaded by who has no other proof than a link
KEPT = "Your review is kept. Sign in, or create an account, to publish it."
HELD = "Thank you. A moderator reads your review first, and you will hear from us. Your stars have no part in that."

ALREADY = "You have reviewed this product before. Publishing changes that review to what stands below."
CONFLICT = "Your review was changed in another window meanwhile. Publishing replaces it with what stands below."


@dataclass(frozen=True)
class Visit:
    """Who has come to write about what, and by which way."""

    request: Request
    product: Product
    by: Member | None
    opening: Post | None
    invited: InvitedPurchase | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        """An invitation's link lets its receiver write without a session, whose draft nobody could keep."""
        return self.by is not None and self.request.user == self.by

    @property
    def place(self) -> str:
        """Which form a draft belongs to."""
        return place_of_review(self.product)

    @property
    def address(self) -> str:
        return reverse("write_review", args=[self.product.slug])

    @property
    def draft_place(self) -> str:
        return f"edit:{self.opening.pk}-{self.opening.version}" if self.opening else self.place


@require_http_methods(["GET", "HEAD", "POST"])
def write_review(request: Request, slug: str) -> HttpResponse:
    product = _product(request, slug)
    if product is None:
        return product_gone(request)
    return review_page(request, product, request.user if request.user.is_authenticated else None)


def review_page(
    request: Request,
    product: Product,
    by: Member | None,
    *,
    invited: InvitedPurchase | None = None,
    after: Callable[[Review], HttpResponse] | None = None,
    **more: Any,
) -> HttpResponse:
    """The form, shown or sent in, for `by`, who need not be signed in; None: whoever will have signed in.

    `by` may even be a member that is not saved yet, as long as nothing valid is sent. `invited` is the link that led
    here. `after` answers once the review is written: by itself its page follows. `more`
    goes to the template, where `intro` names a template that stands above the form.
    """
    opening = own_openings(by).filter(thread__product=product).first() if by and by.pk else None
    if opening and opening.status == Status.REMOVED and not can_edit(by, opening):
        return redirect("review", opening.thread_id)
    visit = Visit(request, product, by, opening, invited, more)
    if request.method == "POST":
        return _submit(visit, after or (lambda review: redirect(review.thread)))
    kept = _kept_text(visit)
    form = ReviewForm(by=by, opening=opening, product=product, initial=_first_choices(visit) | kept)
    return _page(visit, form, is_resumed=bool(kept), **_reviewed_before(visit))


def product_gone(request: HttpRequest) -> HttpResponse:
    """What was written about a product that was deleted meanwhile: shown, to be kept by its author."""
    return render(request, "reviews/product_gone.html", {"sent": request.POST}, status=404)


def _product(request: HttpRequest, slug: str) -> Product | None:
    """By its address; a form opened before that changed names the product itself. None if it was deleted meanwhile."""
    products, named = Product.objects.with_list_data(), request.POST.get("product", "")
    if named.isdecimal() and len(named) < 18:
        return products.filter(pk=int(named)).first()
    product = products.filter(slug=slug).first()
    if product is None and request.method != "POST":
        raise Http404("There is no such product.")
    return product


def _submit(visit: Visit, after: Callable[[Review], HttpResponse]) -> HttpResponse:
    request = visit.request
    form = ReviewForm(_posted(visit), request.FILES, by=visit.by, opening=visit.opening, product=visit.product)
    if not form.is_valid() or (visit.by is None and not unsigned.keep(request, visit.place, form)):
        return _page(visit, form)
    if visit.by is None:
        messages.info(request, KEPT)
        return sign_in_first(request, then=request.path if visit.invited else visit.address)
    is_change = visit.opening is not None and form.cleaned_data["base_version"] is not None
    standing: Review | None = visit.opening.thread.review if visit.opening and is_change else None
    try:
        review = form.attempt(lambda: _change(form, standing) if standing else _write(form, visit))
    except AlreadyReviewed:
        return _offer_change(visit, form, ALREADY)
    except EditConflict:
        return _offer_change(visit, form, CONFLICT)
    except ProductGone:
        return product_gone(request)
    if review is None:
        return _page(visit, form)
    note_address(review, visitor_of(request))
    _forget_text(visit)
    _thank(request, review, standing is not None)
    return after(review)


def _posted(visit: Visit) -> QueryDict:
    """What was sent in. Who has only a link names no photos of its receiver but those that came by this browser."""
    if visit.by is None or visit.is_signed_in:
        return visit.request.POST
    sent, ours = visit.request.POST.copy(), visit.request.session.get(OWN_PHOTOS, [])
    sent.setlist("photos", [pk for pk in sent.getlist("photos") if pk in ours])
    return sent


def _write(form: ReviewForm, visit: Visit) -> Review:
    form.describe_photos()
    return publish_review(product=visit.product, invited=visit.invited, **form.sent, submission_key=form.key)


def _change(form: ReviewForm, review: Review) -> Review:
    form.describe_photos()
    revise_review(review=review, base_version=form.cleaned_data["base_version"], **form.sent)
    return review


def _page(visit: Visit, form: ReviewForm, **more: Any) -> HttpResponse:
    product = visit.product
    crumbs = [("Products", reverse("products")), (product.name, product.get_absolute_url()), ("Review", "")]
    place = visit.draft_place if visit.is_signed_in else ""
    context = {"product": product, "place": place, "is_signed_in": visit.is_signed_in, "crumbs": crumbs}
    if visit.by and not visit.is_signed_in and form.kept_photos:
        visit.request.session[OWN_PHOTOS] = [str(photo.pk) for photo in form.kept_photos]
    if visit.by and not visit.opening:
        context["evidence"] = expected_evidence(visit.by, product, visit.invited)
    return refused(visit.request, "reviews/write.html", {**context, **visit.more, **more}, form)


def _offer_change(visit: Visit, form: ReviewForm, sentence: str) -> HttpResponse:
    """The same text once more, now as a change to the review as it stands, which is shown beside it."""
    opening = own_openings(form.by).get(thread__product=visit.product)
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["base_version"] = str(opening.version)
    data.setlist("photos", [str(photo.pk) for photo in form.kept_photos])
    again = ReviewForm(data, by=form.by, opening=opening, product=visit.product)
    response = _page(visit, again, standing=opening, sentence=sentence)
    response.status_code = 409
    return response


def _reviewed_before(visit: Visit) -> dict[str, Any]:
    """Somebody wrote a review, signed in, and turns out to have one already: it is shown beside the new text."""
    kept = unsigned.find(visit.request, visit.place)
    if not kept or kept.get("base_version") or visit.opening is None:
        return {}
    return {"standing": visit.opening, "sentence": ALREADY}


def _kept_text(visit: Visit) -> dict[str, Any]:
    """What was written and not sent: before signing in, or on any device since."""
    kept = unsigned.find(visit.request, visit.place)
    if kept or not visit.is_signed_in or visit.by is None:
        left = {"base_version"} if visit.by is None or visit.is_signed_in else {"base_version", "photos"}
        return {name: value for name, value in kept.items() if name not in left}
    return read_edit_draft(visit.by, visit.opening) if visit.opening else read_draft(visit.by, visit.place)


def _first_choices(visit: Visit) -> dict[str, Any]:
    """The star that was clicked to come here. Of somebody without an account we know the name from the shop alone."""
    chosen: dict[str, Any] = {}
    if visit.by and not visit.is_signed_in:
        chosen["name_shown"] = NameShown.FIRST
    if visit.request.GET.get("stars") in {"1", "2", "3", "4", "5"}:
        chosen["stars"] = visit.request.GET["stars"]
    return chosen


def _forget_text(visit: Visit) -> None:
    unsigned.forget(visit.request, visit.place)
    if visit.by:
        discard_draft(by=visit.by, place=visit.place)
        if visit.opening:
            discard_edit_drafts(by=visit.by, post=visit.opening)


def _thank(request: HttpRequest, review: Review, is_change: bool) -> None:
    review.thread.refresh_from_db(fields=["status"])
    if not review.thread.is_published:
        messages.info(request, HELD)
    else:
        messages.success(request, "Your review is changed." if is_change else "Thank you. Your review is published.")
