"""Where the links of an invitation lead. They need no session; whoever writes does so as the person who was asked.

Opening a link changes nothing, as mail scanners open all of them: a browser that shows the form tells so itself.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_q.tasks import async_task

from community.members.models import Member
from community.members.visitors import is_robot
from community.threads import unsigned
from community.threads.reading import Request
from reviews.begun import place_of_review
from reviews.forms import ReviewForm
from reviews.inviting.links import is_ours, item_of, path_of
from reviews.inviting.owners import SignInFirst, make_account, owner_of_item, stand_in
from reviews.inviting.standing import Standing, note_opened, others_open, standing_of
from reviews.models import InvitedPurchase, Review
from reviews.views.writing import review_page

STATUS: dict[str, int] = {Standing.USED: 200, Standing.REVIEWED: 200}
AS_INVITED = "invited"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: Request, token: str) -> HttpResponse:
    item = item_of(token)
    if item is None:
        return _no_link(request, "gone" if is_ours(token) else "forged")
    owner = owner_of_item(item)
    standing = standing_of(item, owner)
    if standing != Standing.OPEN:
        return _closed(request, item, standing)
    is_other = request.user.is_authenticated and request.user != owner
    if is_other and request.GET.get("as") != AS_INVITED:
        return _which(request, item)
    return unlisted(_form(request, item, owner))


@require_POST
def invitation_opened(request: Request, token: str) -> HttpResponse:
    """Told by the page once it has been before a person's eyes for a second."""
    item = item_of(token)
    if item is None:
        raise Http404("This link is not complete.")
    if not is_robot(request):
        note_opened(item)
    return HttpResponse(status=204)


def _form(request: Request, item: InvitedPurchase, owner: Member | None) -> HttpResponse:
    try:
        by = owner or _writer(request, item)
    except SignInFirst:
        return _closed(request, item, "sign_in")
    if request.method == "POST":
        note_opened(item)

    def after(review: Review) -> HttpResponse:
        if request.user != by:
            async_task("reviews.tasks.tell_of_written", item.pk)
        return redirect(path_of(item))

    return review_page(
        request,
        item.purchase.product,
        by,
        invited=item,
        after=after,
        intro="reviews/invited/intro.html",
        item=item,
        writer=by,
        address=veiled(item.invitation.email),
        opened_path=f"{path_of(item)}opened/",
    )


def _writer(request: Request, item: InvitedPurchase) -> Member:
    """Nobody has proven the address: who sends in a review that can be published gets an account, quietly."""
    is_written = (
        request.method == "POST" and ReviewForm(request.POST, by=None, product=item.purchase.product).is_valid()
    )
    return make_account(item.invitation) if is_written else stand_in(item.invitation)


def _closed(request: Request, item: InvitedPurchase, standing: str) -> HttpResponse:
    """A link that is no longer good for writing: says why and what to do; a text sent to it is kept."""
    review = (
        item.review if standing != Standing.REVIEWED else Review.objects.of(owner_of_item(item), item.purchase.product)
    )
    if request.method == "POST" and review and _says_the_same(request, review):
        return redirect(path_of(item))  # the other click of a double click
    context = {
        "standing": standing,
        "product": item.purchase.product,
        "review": review,
        "others": [(other.purchase.product, path_of(other)) for other in others_open(item) if _is_open(other)],
        "sent": _kept(request, item),
    }
    status = 409 if request.method == "POST" else STATUS.get(standing, 410)
    return unlisted(render(request, "reviews/invited/closed.html", context, status=status))


def _no_link(request: Request, why: str) -> HttpResponse:
    context = {"standing": why, "sent": request.POST.get("body", "")}
    return unlisted(render(request, "reviews/invited/closed.html", context, status=404 if why == "forged" else 410))


def _which(request: Request, item: InvitedPurchase) -> HttpResponse:
    """Somebody else is signed in: nothing is published under the wrong name."""
    context: dict[str, Any] = {
        "product": item.purchase.product,
        "address": veiled(item.invitation.email),
        "as_invited": f"{path_of(item)}?as={AS_INVITED}",
        "sent": _kept(request, item),
    }
    return unlisted(render(request, "reviews/invited/which.html", context, status=409 if context["sent"] else 200))


def _kept(request: Request, item: InvitedPurchase) -> str:
    """What was sent in, now kept in the session, where the product's own form finds it."""
    if request.method != "POST":
        return ""
    product = item.purchase.product
    unsigned.keep(request, place_of_review(product), ReviewForm(request.POST, by=None, product=product))
    return request.POST.get("body", "")


def _says_the_same(request: Request, review: Review) -> bool:
    sent = request.POST.get("body", "").replace("\r\n", "\n").strip()
    return review.thread.posts.filter(body=sent).exists()


def _is_open(item: InvitedPurchase) -> bool:
    return standing_of(item, owner_of_item(item)) == Standing.OPEN


def veiled(address: str) -> str:
    """Enough of an address to be recognised by its owner alone."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no other site learns its address."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
