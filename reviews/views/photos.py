"""All photos that customers added to their reviews of a product."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.products.models import Product
from reviews import gallery


@require_safe
def product_photos(request: HttpRequest, slug: str) -> HttpResponse:
    product = get_object_or_404(Product, slug=slug)
    try:
        page = Paginator(gallery.photos_of(product), gallery.PER_PAGE).page(request.GET.get("page", "1"))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    crumbs = [("Products", reverse("products")), (product.name, product.get_absolute_url()), ("Photos", "")]
    photos = [gallery.gallery_photo(photo) for photo in page]
    return render(
        request, "products/photos.html", {"product": product, "page": page, "photos": photos, "crumbs": crumbs}
    )
