"""The list of products, and a product's page with its reviews."""

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.products.models import Product
from community.threads.structured_data import absolute, as_script, breadcrumbs, picture_address
from reviews import product_list, reading
from reviews.attribute_bars import attribute_bars, summaries_of
from reviews.gallery import strip
from reviews.listing import Choice
from reviews.models import RatingSummary
from reviews.structured_data import product_data
from reviews.top import top_pair, with_top


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    shelves = product_list.shelves()
    chosen = request.GET.get("category", "")
    shelf, count = next(((shelf, count) for shelf, count in shelves if shelf.slug == chosen), (None, None))
    if chosen and shelf is None:
        raise Http404("There is no such category.")
    sort = request.GET.get("sort", "")
    sort = sort if sort in product_list.SORTS else product_list.DEFAULT_SORT
    rows = product_list.SORTS[sort][1](product_list.with_card_data(Product.objects.on_sale()))
    paginator = Paginator(rows.filter(category=shelf) if shelf else rows, product_list.PER_PAGE)
    paginator.count = sum(count for _, count in shelves) if count is None else count  # counted already
    page = _page_or_404(paginator, request.GET.get("page", "1"))
    query = product_list.query_of(chosen, sort)
    context = {
        "page": page,
        "shelf": shelf,
        "query": query,
        "shelf_links": product_list.shelf_links(shelves, chosen, sort),
        "sort_links": product_list.sort_links(chosen, sort),
        "canonical": _canonical(reverse("products"), page.number),
        "is_indexed": not query,
    }
    return render(request, "products/list.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    summaries = summaries_of(slug)
    choice = Choice.from_address(request.GET, [summary.attribute for summary in summaries])
    found = reading.with_page_data(Product.objects.all(), request.user, choice)
    product = get_object_or_404(with_top(found) if choice.is_plain else found, slug=slug)
    try:
        page = reading.page_of_reviews(product, request.user, choice, request.GET.get("page", "1"))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    reading.add_photos(page.object_list)
    reading.add_replies(page.object_list)
    if summaries:
        reading.add_said(page.object_list)
    context = _about(request, product, choice, page) | {
        "questions": reading.questions_about(product),
        "attributes": attribute_bars(summaries, choice),
        "strip": strip(product),
        "top": top_pair(product, request.user) if choice.is_plain and page.number == 1 else None,
    }
    return render(request, "products/product.html", context)


def _about(request: HttpRequest, product: Product, choice: Choice, page: Any) -> dict[str, Any]:
    rating = getattr(product, "rating", None)
    crumbs, address = [("Products", reverse("products")), (product.name, "")], product.get_absolute_url()
    data = [product_data(product, rating, page.object_list), breadcrumbs([*crumbs[:-1], (product.name, address)])]
    return {
        "product": product,
        "rating": rating,
        "choice": choice,
        "page": page,
        "crumbs": crumbs,
        "bars": choice.star_links(rating or RatingSummary(product=product, count=0)),
        "filter_links": choice.filter_links(),
        "sort_links": choice.sort_links(),
        "query": choice.query(),
        "product_image": picture_address(product),
        "og_title": _title_elsewhere(product, rating),
        "canonical": _canonical(address, page.number),
        "is_indexed": choice.is_plain,
        "structured_data": as_script(part for part in data if part) if not request.user.is_authenticated else "",
    }


def _title_elsewhere(product: Product, rating: RatingSummary | None) -> str:
    """What stands above a link to the page on other sites."""
    if not rating or not rating.count:
        return product.name
    return f"{product.name}: {rating.mean:.1f} out of 5 from {rating.count} review{'' if rating.count == 1 else 's'}"


def _canonical(path: str, number: int) -> str:
    """This page of the plain list."""
    return absolute(f"{path}?page={number}" if number > 1 else path)


def _page_or_404(paginator: Paginator, number: str) -> Any:
    try:
        return paginator.page(number)
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
