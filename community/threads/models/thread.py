"""Thread: one conversation that a customer opened here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from community.threads.models.status import Status


class Tag(TagBase):
    """A subject word. Case-insensitive: “Zip” and “zip” are one tag."""

    description = models.CharField(max_length=300, blank=True, help_text="What belongs under it: shown on its page.")

    class Meta:
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Never empty: “!!!” needs an address too, or the pages that link to it can't be drawn."""
        return str(super().slugify(tag, i)) or "tag"


class TagSynonym(models.Model):
    """Another word for a tag: who writes it means the tag, and its page leads there."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} → {self.tag}"


class TaggedThread(ItemBase):
    """Ties a tag to a thread with real foreign keys."""

    content_object = models.ForeignKey("threads.Thread", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_threads")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="thread_tagged_once")]


class ThreadQuerySet(models.QuerySet["Thread"]):
    def listed(self) -> "ThreadQuerySet":
        """What everybody may find in a list."""
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, member: Any) -> "ThreadQuerySet":
        """What `member`, or a stranger, may open: the public; one's own until withdrawn; everything for moderators."""
        if getattr(member, "is_moderator", False):
            return self
        if not member.is_authenticated:
            return self.listed()
        return self.filter(Q(status=Status.PUBLISHED) | (Q(author=member) & ~Q(status=Status.WITHDRAWN)))

    def questions(self) -> "ThreadQuerySet":
        return self.filter(kind=Thread.Kind.QUESTION)

    def reviews(self) -> "ThreadQuerySet":
        return self.filter(kind=Thread.Kind.REVIEW)


class Thread(models.Model):
    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        REVIEW = "review", "Review"

    kind = models.CharField(max_length=10, choices=Kind)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads")
    product = models.ForeignKey("products.Product", models.PROTECT, null=True, blank=True, related_name="threads")
    title = models.CharField(max_length=150)
    slug = models.SlugField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED, editable=False)
    answer_count = models.PositiveIntegerField(default=0, editable=False, help_text="Published answers.")
    comment_count = models.PositiveIntegerField(default=0, editable=False, help_text="Published comments.")
    helpful_score = models.FloatField(default=0, editable=False, help_text="Its opening's: lists go by it.")
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_post_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="No further answers since then.")

    tags = TaggableManager(through=TaggedThread, blank=True)
    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "product"], condition=Q(kind="review"), name="one_review_per_member_and_product"
            ),
            models.CheckConstraint(
                condition=~Q(kind="review") | Q(product__isnull=False), name="a_review_names_its_product"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "status", "-created_at"], name="thread_newest"),
            models.Index(fields=["kind", "status", "-last_post_at"], name="thread_active"),
            models.Index(fields=["product", "kind", "status", "-created_at"], name="thread_of_product"),
            models.Index(
                fields=["product", "kind", "status", "-helpful_score", "-created_at", "-id"],
                name="thread_of_product_by_help",
            ),
            models.Index(fields=["author", "-created_at"], name="thread_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.REVIEW:
            return reverse("review", args=[self.pk])
        return reverse("question", args=[self.pk, self.slug or "-"])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
