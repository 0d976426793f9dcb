"""Question: what makes a thread a question. MeToo: who has it too. AlsoAccepted: a second solution.

AnswerFound: a question nobody had to ask. DetailChange: another product, category or tags.
SavedFilter: a list somebody comes back to.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.threads.models import Category, Post, Status, Thread

IS_UNANSWERED = Q(duplicate_of=None) & (Q(thread__answer_count=0) | Q(still_needed_at__isnull=False))
IS_UNSOLVED = Q(duplicate_of=None) & (Q(accepted_post=None) | Q(still_needed_at__isnull=False))


class QuestionQuerySet(models.QuerySet["Question"]):
    """Work states in the business's words. Each starts from what everybody may find."""

    def listed(self) -> "QuestionQuerySet":
        return self.filter(thread__kind=Thread.Kind.QUESTION, thread__status=Status.PUBLISHED)

    def gone(self) -> "QuestionQuerySet":
        """Taken away for good, by a moderator or by who asked."""
        return self.filter(thread__status__in=[Status.REMOVED, Status.WITHDRAWN])

    def unanswered(self) -> "QuestionQuerySet":
        """Nobody has answered, or who asked said that the answers were not enough."""
        return self.filter(IS_UNANSWERED)

    def unsolved(self) -> "QuestionQuerySet":
        return self.filter(IS_UNSOLVED)

    def solved(self) -> "QuestionQuerySet":
        return self.filter(accepted_post__isnull=False, still_needed_at=None)

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
    me_too_count = models.PositiveIntegerField(default=0, editable=False, help_text="Others who have this question.")
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates", help_text="Where it is answered."
    )
    duplicate_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    duplicate_at = models.DateTimeField(null=True, blank=True)
    needs_info_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    needs_info_at = models.DateTimeField(null=True, blank=True, help_text="It waits for more from who asked.")
    details_at = models.DateTimeField(null=True, blank=True, help_text="When more came: we are asked anew since then.")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty for a closed question: it closed by itself, once solved and quiet.",
    )
    reopened_at = models.DateTimeField(null=True, blank=True, help_text="It does not close by itself soon after.")
    still_needed_at = models.DateTimeField(null=True, blank=True, help_text="Who asked said so, after the answers.")
    nudged_at = models.DateTimeField(null=True, blank=True, help_text="Who asked was asked to accept an answer.")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_post=None) | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="an_accepted_answer_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | Q(duplicate_by__isnull=False, duplicate_at__isnull=False),
                name="a_duplicate_says_by_whom_and_when",
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=models.F("pk")), name="no_duplicate_of_itself"),
            models.CheckConstraint(
                condition=Q(needs_info_at=None) | Q(needs_info_by__isnull=False), name="needs_info_says_by_whom"
            ),
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
    def canonical(self) -> "Question | None":
        """Where it is answered, as long as everybody can read that. Needs `duplicate_of` with its thread."""
        return self.duplicate_of if self.duplicate_of and self.duplicate_of.thread.is_published else None

    @property
    def others_who_have_it(self) -> int:
        """Beside one who has said so."""
        return max(0, self.me_too_count - 1)

    @property
    def state(self) -> str:
        """One of still-needed, solved, duplicate, needs-info, answered, needs-answer: the word a list shows."""
        if self.still_needed_at:
            return "still-needed"
        if self.is_solved:
            return "solved"
        if self.duplicate_of_id:
            return "duplicate"
        if self.needs_info_at:
            return "needs-info"
        return "answered" if self.thread.answer_count else "needs-answer"


class MeToo(models.Model):
    """Somebody has the same question: a member, or a stranger by the mark in their cookie."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="me_too")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="me_too")
    visitor = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "member"], name="me_too_once_a_member"),
            models.UniqueConstraint(fields=["question", "visitor"], name="me_too_once_a_visitor"),
            models.CheckConstraint(
                condition=Q(member=None, visitor__isnull=False) | Q(member__isnull=False, visitor=None),
                name="me_too_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id or self.visitor} has question {self.question_id} too"


class AlsoAccepted(models.Model):
    """A further answer that solves it too, where the category allows several. The first is Question.accepted_post."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="also_accepted")
    question = models.ForeignKey(Question, models.CASCADE, related_name="also_accepted")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "also accepted"

    def __str__(self) -> str:
        return f"Post {self.post_id} also solves question {self.question_id}"


class AnswerFoundQuerySet(models.QuerySet["AnswerFound"]):
    def since(self, moment: datetime) -> "AnswerFoundQuerySet":
        """Questions saved since `moment`, the newest first."""
        return self.filter(created_at__gte=moment).order_by("-created_at")


class AnswerFound(models.Model):
    """“This answers it”, said while asking: a question saved. Without member for who had not signed in."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="answers_found")
    title = models.CharField(max_length=150, help_text="What was going to be asked.")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = AnswerFoundQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "answers found"
        indexes = [models.Index(fields=["-created_at"], name="answer_found_newest")]

    def __str__(self) -> str:
        return f"“{self.title}” was answered by thread {self.thread_id}"


class DetailChange(models.Model):
    """A product, category or set of tags that somebody changed after a question was asked, in words that stay."""

    class What(models.TextChoices):
        PRODUCT = "product", "Product"
        CATEGORY = "category", "Subject"
        TAGS = "tags", "Tags"

    question = models.ForeignKey(Question, models.CASCADE, related_name="detail_changes")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["changed_by", "-created_at"], name="detail_change_by_member")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of question {self.question_id}: {self.before} → {self.after}"


class SavedFilter(models.Model):
    """A list of questions under a name of the member's own."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300, help_text="The part of the list's address after “?”.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="one_saved_filter_per_name")]

    def __str__(self) -> str:
        return self.name
