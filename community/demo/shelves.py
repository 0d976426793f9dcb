"""The brand, the desk's settings, and the products with their pictures."""

from django.core.files.base import ContentFile
from django.db import transaction

from community.branding.memory import publish
from community.branding.models import Branding
from community.demo.content import Row, read
from community.demo.drawing.catalogue import picture_of
from community.products.models import Product, ProductCategory
from community.products.pictures import encoded
from community.threads.models import Category, Edition
from staff.models import DeskSettings

SHOP = "https://alder-and-tarn.example/shop"


@transaction.atomic
def load_brand() -> bool:
    """The brand and the desk's words. False if the site has a brand already: it is the owner's."""
    if Branding.objects.exists():
        return False
    brand = read("brand")
    row = Branding.objects.create(**{name: brand[name] for name in ("name", "tagline", "accent", "support_url")})
    publish(row.as_brand())
    DeskSettings.objects.get_or_create(pk=1, defaults={"competitors": "\n".join(brand["competitors"])})
    Edition.advance()
    return True


@transaction.atomic
def load_shelves() -> int:
    """Categories and products that are not there yet; how many products."""
    brand = read("brand")
    _load_categories(Category, brand["category"])
    _load_categories(ProductCategory, brand["product_category"])
    shelves = {shelf.slug: shelf for shelf in ProductCategory.objects.all()}
    known = set(Product.objects.values_list("slug", flat=True))
    new_products = [
        Product(**{**row, "category": shelves[row["category"]], "shop_url": f"{SHOP}/{row['slug']}"})
        for row in read("products")["product"]
        if row["slug"] not in known
    ]
    Product.objects.bulk_create(new_products)
    return len(new_products)


def _load_categories(model: type[Category] | type[ProductCategory], rows: list[Row]) -> None:
    for place, row in enumerate(rows):
        model.objects.get_or_create(slug=row["slug"], defaults={**row, "position": place})


def load_pictures() -> int:
    """Draw the products that have no picture; how many. A run that is stopped goes on where it was."""
    slugs = [row["slug"] for row in read("products")["product"]]
    bare = Product.objects.filter(slug__in=slugs, image="")
    for product in bare:
        product.image = ContentFile(encoded(picture_of(product.slug)), f"{product.slug}.webp")
        with transaction.atomic():
            product.save(update_fields=["image", "image_width", "image_height"])
            Edition.advance()
    return len(bare)
