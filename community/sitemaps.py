"""What search engines may find, with truthful dates, at most 10,000 addresses a file.

Pages that say noindex are in no sitemap: duplicates, tags with too few questions, products nobody talked about.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from community.products.models import Product
from community.threads.models import Post, Status, Tag, Thread
from forum.tags import ENOUGH


class _OwnSitemap(Sitemap):
    limit = 10_000
    protocol = "https" if settings.IS_HTTPS else "http"

    def get_domain(self, site: Any = None) -> str:
        """The one address that the world knows, whatever host was asked."""
        return urlsplit(settings.SITE_URL).netloc

    def get_latest_lastmod(self) -> datetime | None:
        """For the index; none where several files would share one date. Django's own reads every row for it."""
        return self.latest() if self.paginator.num_pages == 1 else None

    def latest(self) -> datetime | None:
        raise NotImplementedError

    def lastmod(self, row: Any) -> datetime | None:
        return row.changed_at


class _Sliced(Sequence[Any]):
    """Rows of which a slice is loaded at a time, by `load` from their keys."""

    def __init__(self, rows: QuerySet[Any], load: Callable[[QuerySet[Any, Any]], QuerySet[Any]]) -> None:
        self._rows, self._load = rows, load

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, part: Any) -> Any:
        return self._load(self._rows.values("pk")[part])


class _ThreadSitemap(_OwnSitemap):
    also: tuple[F, ...] = ()

    def threads(self) -> QuerySet[Thread]:
        raise NotImplementedError

    def items(self) -> "_Sliced":
        """A file's keys are found first: of the other rows nothing is worked out."""
        return _Sliced(self.threads().order_by("pk"), self.with_dates)

    def with_dates(self, keys: QuerySet[Any, Any]) -> QuerySet[Thread]:
        """With when its page last changed: a new post, an edited one, and what else there is."""
        posts = Post.objects.filter(thread=OuterRef("pk"), status=Status.PUBLISHED, edited_at__isnull=False).order_by()
        edited = Subquery(posts.values("thread").annotate(last=Max("edited_at")).values("last"))
        moments = (Coalesce(moment, F("last_post_at")) for moment in (edited, *self.also))
        changed = Thread.objects.filter(pk__in=keys).annotate(changed_at=Greatest("last_post_at", *moments))
        return changed.order_by("pk").only("kind", "slug")

    def latest(self) -> datetime | None:
        posted = self.threads().aggregate(last=Max("last_post_at"))["last"]
        edited = Post.objects.filter(edited_at__isnull=False).aggregate(last=Max("edited_at"))["last"]
        return max(filter(None, (posted, edited)), default=None) if posted else None


class QuestionSitemap(_ThreadSitemap):
    also = (F("question__accepted_at"),)

    def threads(self) -> QuerySet[Thread]:
        return Thread.objects.listed().questions().filter(question__duplicate_of=None)


class ReviewSitemap(_ThreadSitemap):
    """Reviews that somebody answered: the others stand in full on their product's page."""

    def threads(self) -> QuerySet[Thread]:
        return Thread.objects.listed().reviews().filter(Q(answer_count__gt=0) | Q(comment_count__gt=0))


class ProductSitemap(_OwnSitemap):
    def items(self) -> QuerySet[Product]:
        """Those with something to read: reviews, questions, or a description."""
        spoken = Max("threads__last_post_at", filter=Q(threads__status=Status.PUBLISHED))
        talked_of = Product.objects.annotate(changed_at=Coalesce(spoken, F("created_at")), last=spoken)
        return talked_of.filter(Q(last__isnull=False) | ~Q(description="")).order_by("pk").only("slug")

    def latest(self) -> datetime | None:
        return self.items().aggregate(newest=Max("changed_at"))["newest"]


class TagSitemap(_OwnSitemap):
    def items(self) -> QuerySet[Tag]:
        is_public = Q(
            tagged_threads__content_object__status=Status.PUBLISHED,
            tagged_threads__content_object__kind=Thread.Kind.QUESTION,
        )
        newest = Max("tagged_threads__content_object__last_post_at", filter=is_public)
        counted = Tag.objects.annotate(number=Count("tagged_threads", filter=is_public), changed_at=newest)
        return counted.filter(number__gte=ENOUGH).order_by("pk")

    def location(self, tag: Tag) -> str:
        return reverse("tag", args=[tag.slug])

    def latest(self) -> datetime | None:
        return self.items().aggregate(last=Max("changed_at"))["last"]


class PageSitemap(_OwnSitemap):
    """The pages that lead to the others; they change too often to say when."""

    def items(self) -> list[str]:
        return ["home", "questions", "products", "tags", "how_reviews_work"]

    def location(self, name: str) -> str:
        return reverse(name)

    def lastmod(self, name: str) -> None:
        return None

    def latest(self) -> None:
        return None


SITEMAPS = {
    "pages": PageSitemap,
    "questions": QuestionSitemap,
    "reviews": ReviewSitemap,
    "products": ProductSitemap,
    "tags": TagSitemap,
}
