"""Products and purchases, for administrators."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.products.claiming import claim_purchases
from community.products.forms import ProductForm
from community.products.models import OutsideName, Product, ProductCategory, Purchase


@admin.register(ProductCategory)
class ProductCategoryAdmin(admin.ModelAdmin):
    list_display = ("name", "position", "product_count")
    list_editable = ("position",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductCategory]:
        return super().get_queryset(request).annotate(products_in_it=Count("products"))

    @admin.display(description="products", ordering="products_in_it")
    def product_count(self, category: Any) -> int:
        return int(category.products_in_it)


class OutsideNameInline(admin.TabularInline):
    model = OutsideName
    extra = 0


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    form = ProductForm
    list_display = ("name", "sku", "category", "is_discontinued", "created_at")
    list_filter = ("category", "is_discontinued")
    search_fields = ("name", "sku", "gtin")
    list_select_related = ("category",)
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("category",)
    readonly_fields = ("picture", "created_at")
    inlines = (OutsideNameInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "category", "description")}),
        ("Picture", {"fields": ("picture", "image")}),
        ("In the shop", {"fields": ("sku", "gtin", "mpn", "shop_url", "is_discontinued", "created_at")}),
    )

    @admin.display(description="as shown")
    def picture(self, product: Product) -> SafeString | str:
        return format_html('<img src="{}" alt="" width="160">', product.image.url) if product.image else "None yet"


@admin.register(Purchase)
class PurchaseAdmin(admin.ModelAdmin):
    """Evidence that somebody bought something. Whose it is follows from the address, never by hand."""

    list_display = ("reference", "product", "email", "member", "purchased_at", "fulfilled_at", "refunded_at")
    list_filter = (("refunded_at", admin.EmptyFieldListFilter), ("member", admin.EmptyFieldListFilter), "purchased_at")
    search_fields = ("reference", "email", "product__name", "product__sku")
    list_select_related = ("product", "member")
    autocomplete_fields = ("product",)
    readonly_fields = ("member",)
    date_hierarchy = "purchased_at"
    show_full_result_count = False
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Purchase, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        claim_purchases(address=obj.email)
