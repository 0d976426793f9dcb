"""What search engines may find, with truthful dates, at most 10,000 addresses a file (facts: search engines)."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from community.products.models import Product
from community.threads.models import Thread


class _OwnSitemap(Sitemap):
    limit = 10_000
    protocol = "https" if settings.IS_HTTPS else "http"


class QuestionSitemap(_OwnSitemap):
    def items(self) -> QuerySet[Thread]:
        return Thread.objects.listed().questions().order_by("pk").only("kind", "slug", "last_post_at")

    def lastmod(self, thread: Thread) -> datetime:
        return thread.last_post_at


class ProductSitemap(_OwnSitemap):
    def items(self) -> QuerySet[Product]:
        return Product.objects.order_by("pk").only("slug")


SITEMAPS = {"questions": QuestionSitemap, "products": ProductSitemap}
