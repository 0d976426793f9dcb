"""On your shop's pages: what a manager copies there, how it will look, and which shops may show it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.products.models import Product
from reviews.models import ShopOrigin
from reviews.widget.shops import ShopForm, list_shop, unlist_shop
from reviews.widget.snippets import HEIGHT, THEMES, policy_lines, snippets_for
from staff.access import StaffRequest, for_managers


@for_managers
@require_safe
def shop_pages(request: StaffRequest) -> HttpResponse:
    """`?product=SLUG&theme=`."""
    return _page(request, ShopForm())


@for_managers
@require_POST
def add_shop(request: StaffRequest) -> HttpResponse:
    form = ShopForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    shop = list_shop(by=request.user, form=form)
    messages.success(request, f"{shop.origin} may show reviews now.")
    return redirect("shop_pages")


@for_managers
@require_POST
def remove_shop(request: StaffRequest, pk: int) -> HttpResponse:
    if unlist_shop(by=request.user, pk=pk):
        messages.success(request, "That shop is off the list. Its pages show a link to the reviews from now on.")
    return redirect("shop_pages")


def _page(request: StaffRequest, form: ShopForm) -> HttpResponse:
    products = Product.objects.on_sale().order_by("name")
    slug, theme = request.GET.get("product", ""), request.GET.get("theme", "")
    theme = theme if theme in THEMES else "light"
    most_reviewed = products.order_by("-rating__count", "name").filter(rating__count__gt=0)
    product = Product.objects.filter(slug=slug).first() if slug else most_reviewed.first() or products.first()
    if slug and product is None:
        raise Http404("There is no such product.")
    context = {
        "product": product,
        "products": products.values_list("slug", "name"),
        "theme": theme,
        "themes": THEMES.items(),
        "snippets": snippets_for(product, theme) if product else None,
        "policy_lines": policy_lines().items(),
        "height": HEIGHT,
        "shops": ShopOrigin.objects.all(),
        "form": form,
        "desk_page": "reviews",
    }
    return render(request, "staff/reviews/shop_pages.html", context)
