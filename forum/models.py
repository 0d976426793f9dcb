"""Question: what makes a thread a question. Category: the shelf it stands on."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from community.threads.models import Post, Status, Thread


class Category(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")
    is_company_only = models.BooleanField(
        default=False, help_text="Only the company can help here (orders, accounts): the staff desk is told at once."
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('questions')}?category={self.slug}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Work states in the business's words. Each starts from what everybody may find."""

    def listed(self) -> "QuestionQuerySet":
        return self.filter(thread__kind=Thread.Kind.QUESTION, thread__status=Status.PUBLISHED)

    def gone(self) -> "QuestionQuerySet":
        """Taken away for good, by a moderator or by who asked."""
        return self.filter(thread__status__in=[Status.REMOVED, Status.WITHDRAWN])

    def unanswered(self) -> "QuestionQuerySet":
        return self.filter(thread__answer_count=0)

    def unsolved(self) -> "QuestionQuerySet":
        return self.filter(accepted_post=None)

    def solved(self) -> "QuestionQuerySet":
        return self.filter(accepted_post__isnull=False)

    def newest(self) -> "QuestionQuerySet":
        return self.order_by("-thread__created_at", "-pk")

    def active(self) -> "QuestionQuerySet":
        """Those that were last written in come first."""
        return self.order_by("-thread__last_post_at", "-pk")

    def newest_unsolved(self, most: int) -> "QuestionQuerySet":
        """A few only: the database goes down the newest threads until it has them, and sorts nothing."""
        open_ones = Question.objects.unsolved().filter(pk=OuterRef("pk"))
        threads = Thread.objects.listed().questions().filter(Exists(open_ones))
        return self.filter(pk__in=threads.order_by("-created_at").values("pk")[:most]).newest()

    def just_solved(self, most: int) -> "QuestionQuerySet":
        """The same for those that were solved last."""
        threads = Thread.objects.listed().questions().filter(pk=OuterRef("pk"))
        solved = Question.objects.filter(Exists(threads), accepted_at__isnull=False)
        return self.filter(pk__in=solved.order_by("-accepted_at").values("pk")[:most]).order_by("-accepted_at")

    def with_list_data(self) -> "QuestionQuerySet":
        """Everything a row of a list shows, in the one query."""
        return self.select_related("thread__author", "thread__product")

    def with_state(self) -> "QuestionQuerySet":
        """Also the thread, which `state` reads."""
        return self.select_related("thread")


class Question(models.Model):
    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="question")
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    accepted_post = models.OneToOneField(Post, models.SET_NULL, null=True, blank=True, related_name="accepted_in")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_post=None) | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="an_accepted_answer_says_by_whom_and_when",
            )
        ]
        indexes = [
            models.Index(fields=["category", "-thread"], name="question_in_category"),
            models.Index(fields=["-accepted_at"], condition=Q(accepted_at__isnull=False), name="question_just_solved"),
        ]

    def __str__(self) -> str:
        return self.thread.title

    def get_absolute_url(self) -> str:
        return self.thread.get_absolute_url()

    @property
    def is_solved(self) -> bool:
        return self.accepted_post_id is not None

    @property
    def state(self) -> str:
        """One of solved, answered, needs-answer: the word a list shows."""
        if self.is_solved:
            return "solved"
        return "answered" if self.thread.answer_count else "needs-answer"
