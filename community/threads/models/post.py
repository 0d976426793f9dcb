"""Post: one thing said in a thread. Revision: how it read before it was changed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from community.threads.models.status import Status
from community.threads.models.thread import Thread


class PostQuerySet(models.QuerySet["Post"]):
    def published(self) -> "PostQuerySet":
        """Readable by everybody: itself published, in a published thread, and so is what it comments on."""
        return self.filter(
            Q(parent=None) | Q(parent__status=Status.PUBLISHED),
            status=Status.PUBLISHED,
            thread__status=Status.PUBLISHED,
        )

    def visible_to(self, member: Any) -> "PostQuerySet":
        """What `member` may read: the public; one's own until withdrawn; everything for moderators."""
        if getattr(member, "is_moderator", False):
            return self
        if not member.is_authenticated:
            return self.published()
        return self.filter(
            Q(status=Status.PUBLISHED) | (Q(author=member) & ~Q(status=Status.WITHDRAWN)),
            Q(parent=None)
            | Q(parent__status=Status.PUBLISHED)
            | (Q(parent__author=member) & ~Q(parent__status=Status.WITHDRAWN)),
            Q(thread__status=Status.PUBLISHED) | (Q(thread__author=member) & ~Q(thread__status=Status.WITHDRAWN)),
        )

    def withdrawn_by(self, member: Any) -> "PostQuerySet":
        """What `member` deleted and may bring back."""
        return self.filter(author=member, status=Status.WITHDRAWN)

    def answers(self) -> "PostQuerySet":
        return self.filter(kind=Post.Kind.ANSWER)

    def held(self) -> "PostQuerySet":
        return self.filter(status=Status.HELD)

    def official(self) -> "PostQuerySet":
        return self.filter(is_official=True)


class Post(models.Model):
    class Kind(models.TextChoices):
        OPENING = "opening", "Opening"
        ANSWER = "answer", "Answer"
        COMMENT = "comment", "Comment"
        UPDATE = "update", "Update"  # what a reviewer adds later, dated, to what they said

    class Source(models.TextChoices):
        PAGE = "page", "Written here"
        MAIL = "mail", "By mail"
        IMPORT = "import", "Imported"

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="comments", help_text="What a comment is on."
    )
    kind = models.CharField(max_length=10, choices=Kind)
    body = models.TextField(help_text="Markdown, as written.")
    body_html = models.TextField(editable=False, help_text="Rendered and cleaned when written.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED, editable=False)
    status_reason = models.CharField(max_length=200, blank=True, editable=False, help_text="Why it is not published.")
    status_at = models.DateTimeField(default=timezone.now, editable=False, help_text="Since when it has this status.")
    withdrawn_from = models.CharField(
        max_length=10,
        choices=Status,
        blank=True,
        editable=False,
        help_text="The status it had when its author deleted it.",
    )
    is_official = models.BooleanField(default=False, help_text="Written for the company.")
    helpful_count = models.PositiveIntegerField(default=0, editable=False)
    unhelpful_count = models.PositiveIntegerField(default=0, editable=False)
    helpful_score = models.FloatField(default=0, editable=False, help_text="Wilson lower bound, z = 1.96.")
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Counts revisions; guards edits.")
    source = models.CharField(max_length=10, choices=Source, default=Source.PAGE, editable=False)
    submission_key = models.UUIDField(null=True, blank=True, editable=False, help_text="Makes a double click one post.")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread"], condition=Q(kind="opening"), name="one_opening_per_thread"),
            models.UniqueConstraint(fields=["author", "submission_key"], name="one_post_per_submission"),
            models.CheckConstraint(
                condition=Q(kind="comment", parent__isnull=False) | (~Q(kind="comment") & Q(parent__isnull=True)),
                name="only_comments_have_a_parent",
            ),
            models.CheckConstraint(condition=Q(helpful_score__gte=0, helpful_score__lte=1), name="score_is_a_share"),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(withdrawn_from=""), name="a_withdrawn_post_says_from_what"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "kind", "status", "created_at"], name="post_in_thread"),
            models.Index(fields=["thread", "author"], name="post_of_author_in_thread"),
            models.Index(fields=["author", "-created_at"], name="post_by_author"),
            models.Index(fields=["status", "created_at"], condition=~Q(status="published"), name="post_not_published"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.author_id} in thread {self.thread_id}"

    def get_absolute_url(self) -> str:
        """The permalink: redirects to the page of the thread that shows this post."""
        return reverse("post", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_opening(self) -> bool:
        return self.kind == self.Kind.OPENING

    @property
    def anchor(self) -> str:
        return f"post-{self.pk}"

    @property
    def byline(self) -> str:
        """How its author is called beside it: a reviewer as they chose for their review. Needs author and thread."""
        is_reviewer = self.thread.kind == Thread.Kind.REVIEW and self.author_id == self.thread.author_id
        review = getattr(self.thread, "review", None) if is_reviewer else None
        return review.shown_name if review else self.author.name


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, member: Any) -> "RevisionQuerySet":
        """The public history; moderators see the silent first minutes too. Of a post that `member` may see."""
        return self if getattr(member, "is_moderator", False) else self.filter(is_silent=False)


class Revision(models.Model):
    """A text as it stood before a change, with who replaced it and when."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who changed it.")
    version = models.PositiveIntegerField(help_text="The number this text had.")
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    is_silent = models.BooleanField(default=False, help_text="Replaced within the grace: moderators alone see it.")
    created_at = models.DateTimeField(default=timezone.now, help_text="When it was replaced.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="one_revision_per_version")]
        indexes = [models.Index(fields=["editor", "-created_at"], name="revision_by_editor")]

    def __str__(self) -> str:
        return f"Version {self.version} of post {self.post_id}"
