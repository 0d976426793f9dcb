"""What can be found: one document a thread, with all that is published in it, and one a product."""

from django.db.models import Prefetch, QuerySet
from haystack import indexes

from community.products.models import Product
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

PRODUCT = "product"


class ExactField(indexes.CharField):
    """One value, found only as a whole: for filters and counts."""

    field_type = "exact"


class ThreadIndex(indexes.SearchIndex, indexes.Indexable):
    """Listed threads. `question` and `review` are rows that upper rooms hang on a thread: read, never imported."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="title")
    kind = ExactField(model_attr="kind")
    product = ExactField(model_attr="product__slug", null=True)
    tags = indexes.MultiValueField()
    is_solved = ExactField()

    def get_model(self) -> type[Thread]:
        return Thread

    def index_queryset(self, using: str | None = None) -> QuerySet[Thread]:
        published = Post.objects.published().order_by("pk").only("thread_id", "body_html")
        related = Thread.objects.listed().select_related("product", "question", "review")
        return related.prefetch_related(
            "tags",  # type: ignore[misc]  # taggit has no types
            Prefetch("posts", published, to_attr="published_posts"),
        )

    def prepare_tags(self, thread: Thread) -> list[str]:
        return [tag.slug for tag in thread.tags.all()]

    def prepare_is_solved(self, thread: Thread) -> bool:
        question = getattr(thread, "question", None)
        return question is not None and question.is_solved

    def prepare_text(self, thread: Thread) -> str:
        """Everything that a person reads on the thread's page."""
        parts = [thread.title, thread.product.name if thread.product else ""]
        parts += [tag.name for tag in thread.tags.all()]
        if review := getattr(thread, "review", None):
            parts += [review.pros, review.cons]
        parts += [plain_text(post.body_html) for post in thread.published_posts]  # type: ignore[attr-defined]
        return "\n".join(filter(None, parts))


class ProductIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="name")
    kind = ExactField()
    product = ExactField(model_attr="slug")

    def get_model(self) -> type[Product]:
        return Product

    def index_queryset(self, using: str | None = None) -> QuerySet[Product]:
        return Product.objects.with_list_data()

    def prepare_kind(self, product: Product) -> str:
        return PRODUCT

    def prepare_text(self, product: Product) -> str:
        return "\n".join([product.name, product.category.name, product.sku, product.description])
