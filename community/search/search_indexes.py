"""What can be found: one document a thread, with all that is published in it, and one a product."""

from django.db.models import Prefetch, QuerySet
from haystack import indexes

from community.products.models import Product
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

PRODUCT = "product"
SOLVED, ANSWERED, REVIEW = 1.15, 1.05, 0.85


class ExactField(indexes.CharField):
    """One value, found only as a whole: for filters and counts."""

    field_type = "exact"


class ThreadIndex(indexes.SearchIndex, indexes.Indexable):
    """Listed threads. `question` and `review` are rows that upper rooms hang on a thread: read, never imported."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="title")
    about = indexes.CharField()
    kind = ExactField(model_attr="kind")
    product = ExactField(model_attr="product__slug", null=True)
    tags = indexes.MultiValueField()
    is_solved = ExactField()
    prior = ExactField()

    def get_model(self) -> type[Thread]:
        return Thread

    def index_queryset(self, using: str | None = None) -> QuerySet[Thread]:
        published = Post.objects.published().order_by("pk").only("thread_id", "kind", "body_html")
        related = Thread.objects.listed().select_related("product__category", "question", "review")
        return related.prefetch_related(
            "tags",  # type: ignore[misc]  # taggit has no types
            Prefetch("posts", published, to_attr="published_posts"),
        )

    def prepare_text(self, thread: Thread) -> str:
        """Everything that was said in it."""
        parts = [thread.title, *(tag.name for tag in thread.tags.all())]
        if review := getattr(thread, "review", None):
            parts += [review.pros, review.cons]
        parts += [plain_text(post.body_html) for post in _posts(thread)]
        return "\n".join(filter(None, parts))

    def prepare_about(self, thread: Thread) -> str:
        """Counts little: else every review of a “Wool Sweater” would be about wool."""
        return f"{thread.product.name} {thread.product.category.name}" if thread.product else ""

    def prepare_tags(self, thread: Thread) -> list[str]:
        return [tag.slug for tag in thread.tags.all()]

    def prepare_is_solved(self, thread: Thread) -> bool:
        question = getattr(thread, "question", None)
        return question is not None and question.is_solved

    def prepare_prior(self, thread: Thread) -> float:
        """How likely it is, before a word is read, that this is what somebody looks for: help, first of all."""
        if thread.kind == Thread.Kind.REVIEW:
            return REVIEW
        if self.prepare_is_solved(thread):
            return SOLVED
        return ANSWERED if any(post.kind == Post.Kind.ANSWER for post in _posts(thread)) else 1.0


class ProductIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="name")
    about = indexes.CharField(model_attr="category__name")
    kind = ExactField()
    product = ExactField(model_attr="slug")

    def get_model(self) -> type[Product]:
        return Product

    def index_queryset(self, using: str | None = None) -> QuerySet[Product]:
        return Product.objects.with_list_data()

    def prepare_kind(self, product: Product) -> str:
        return PRODUCT

    def prepare_text(self, product: Product) -> str:
        return "\n".join([product.name, product.sku, product.description])


def _posts(thread: Thread) -> list[Post]:
    return thread.published_posts  # type: ignore[attr-defined]  # by index_queryset
