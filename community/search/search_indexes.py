"""What can be found: one document a thread, with all that is published in it, and one a product."""

from django.db.models import Prefetch, QuerySet
from haystack import indexes

from community.products.models import Product
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

PRODUCT = "product"
SOLVED, UNSOLVED = "solved", "unsolved"
DAY = "%Y%m%d"
OF_SOLVED, OF_ANSWERED, OF_REVIEW = 1.15, 1.05, 0.85


class ExactField(indexes.CharField):
    """One value, found only as a whole: for filters and counts."""

    field_type = "exact"


class WordsField(indexes.CharField):
    """Words as they are written."""

    field_type = "words"


class PairsField(indexes.CharField):
    """Words that stand side by side."""

    field_type = "pairs"


class ThreadIndex(indexes.SearchIndex, indexes.Indexable):
    """Listed threads. `question` and `review` are rows that upper rooms hang on a thread: read, never imported."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="title")
    opening = indexes.CharField()
    words = WordsField()
    pairs = PairsField()
    about = indexes.CharField()
    kind = ExactField(model_attr="kind")
    product = ExactField(model_attr="product__slug", null=True)
    tags = indexes.MultiValueField()
    state = ExactField()
    day = ExactField()
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
        return _joined(thread.title, self.prepare_opening(thread), *_said(_posts(thread), is_opening=False))

    def prepare_opening(self, thread: Thread) -> str:
        """What the asker or reviewer said: of all that is in a thread it tells best what the thread is about."""
        review = getattr(thread, "review", None)
        liked = [review.pros, review.cons] if review else []
        return _joined(*(tag.name for tag in thread.tags.all()), *liked, *_said(_posts(thread), is_opening=True))

    def prepare_words(self, thread: Thread) -> str:
        return self.prepare_text(thread)

    def prepare_pairs(self, thread: Thread) -> str:
        return _joined(thread.title, self.prepare_opening(thread))

    def prepare_about(self, thread: Thread) -> str:
        """Counts little: else every review of a “Wool Sweater” would be about wool."""
        return f"{thread.product.name} {thread.product.category.name}" if thread.product else ""

    def prepare_tags(self, thread: Thread) -> list[str]:
        return [tag.slug for tag in thread.tags.all()]

    def prepare_state(self, thread: Thread) -> str | None:
        """Of a question: is it solved?"""
        question = getattr(thread, "question", None)
        return (SOLVED if question.is_solved else UNSOLVED) if question else None

    def prepare_day(self, thread: Thread) -> str:
        return thread.created_at.strftime(DAY)

    def prepare_prior(self, thread: Thread) -> float:
        """How likely it is, before a word is read, that this is what somebody looks for: help, first of all."""
        if thread.kind == Thread.Kind.REVIEW:
            return OF_REVIEW
        if self.prepare_state(thread) == SOLVED:
            return OF_SOLVED
        return OF_ANSWERED if any(post.kind == Post.Kind.ANSWER for post in _posts(thread)) else 1.0


class ProductIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="name")
    opening = indexes.CharField(model_attr="description")
    words = WordsField()
    pairs = PairsField()
    about = indexes.CharField(model_attr="category__name")
    kind = ExactField()
    product = ExactField(model_attr="slug")
    day = ExactField()

    def get_model(self) -> type[Product]:
        return Product

    def index_queryset(self, using: str | None = None) -> QuerySet[Product]:
        return Product.objects.with_list_data()

    def prepare_kind(self, product: Product) -> str:
        return PRODUCT

    def prepare_text(self, product: Product) -> str:
        return _joined(product.name, product.sku, product.gtin, product.description)

    def prepare_words(self, product: Product) -> str:
        return _joined(product.name, product.description)

    def prepare_pairs(self, product: Product) -> str:
        return self.prepare_words(product)

    def prepare_day(self, product: Product) -> str:
        return product.created_at.strftime(DAY)


def _posts(thread: Thread) -> list[Post]:
    return thread.published_posts  # type: ignore[attr-defined]  # by index_queryset


def _said(posts: list[Post], *, is_opening: bool) -> list[str]:
    return [plain_text(post.body_html) for post in posts if (post.kind == Post.Kind.OPENING) == is_opening]


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))
