"""Product: a thing people talk about. Purchase: evidence that somebody bought one."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse


class ProductCategory(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "product categories"

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> "ProductQuerySet":
        return self.filter(is_discontinued=False)

    def with_list_data(self) -> "ProductQuerySet":
        return self.select_related("category")


class Product(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    sku = models.CharField("SKU", max_length=64, unique=True)
    gtin = models.CharField("GTIN", max_length=14, blank=True)
    mpn = models.CharField("MPN", max_length=70, blank=True, help_text="The maker's own number for it.")
    category = models.ForeignKey(ProductCategory, models.PROTECT, related_name="products")
    description = models.TextField(max_length=5000, blank=True)
    image = models.ImageField(upload_to="products/", blank=True, width_field="image_width", height_field="image_height")
    image_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    shop_url = models.URLField(blank=True, help_text="The product's page in the brand's shop.")
    is_discontinued = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["category", "name"], name="product_in_category")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])


class OutsideName(models.Model):
    """What the shop's own systems call a product where they don't give the SKU: a number, a handle."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="outside_names")
    name = models.CharField(max_length=120, unique=True, help_text="For example 44, or fell-jumper.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def standing(self) -> "PurchaseQuerySet":
        """Bought and not given back."""
        return self.filter(refunded_at=None)

    def evidence(self) -> "PurchaseQuerySet":
        """What shows that somebody had the product: all but orders called off before they were sent.

        Who gives a product back has had it, and is often not happy with it: their word counts as much as another's.
        """
        return self.filter(models.Q(refunded_at=None) | models.Q(fulfilled_at__isnull=False))


class Purchase(models.Model):
    """One product in one order. `member` is filled when the address belongs to a verified account."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="purchases")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="purchases"
    )
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=64, help_text="The shop's order number.")
    purchased_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        ordering = ["-purchased_at"]
        constraints = [
            models.UniqueConstraint("reference", "product", Lower("email"), name="purchase_once_per_order_and_product"),
            models.CheckConstraint(
                condition=models.Q(fulfilled_at=None) | models.Q(fulfilled_at__gte=models.F("purchased_at")),
                name="purchase_fulfilled_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(Lower("email"), name="purchase_by_address"),
            models.Index(
                fields=["fulfilled_at"], condition=models.Q(refunded_at=None), name="purchase_kept_by_fulfilment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.product}"

    @property
    def is_called_off(self) -> bool:
        """Before it was sent: what `evidence` leaves out."""
        return self.refunded_at is not None and self.fulfilled_at is None
