"""Message: what is said between the company and one customer, in private or elsewhere; never a public post.

Publication: how a private exchange ended, told in public once the customer has agreed.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models import Post
from staff.models.conversation import Conversation, ConversationType


class MessageQuerySet(models.QuerySet["Message"]):
    """The customer's door is `visible_to`; the desk's is that of the conversation."""

    def private(self) -> "MessageQuerySet":
        return self.filter(place=Message.Place.PRIVATE)

    def visible_to(self, member: Any) -> "MessageQuerySet":
        """What was said to `member` alone, and what they answered. Nobody else's, whatever their role."""
        if not member.is_authenticated:
            return self.none()
        return self.private().filter(conversation__customer=member, posted_at__isnull=False)

    def from_company(self) -> "MessageQuerySet":
        """What has reached the customer."""
        return self.filter(is_official=True, posted_at__isnull=False)

    def from_customer(self) -> "MessageQuerySet":
        return self.filter(is_official=False)


class Message(models.Model):
    """One message of a conversation that is not a post: by mail and page, or a reply that a person posts elsewhere."""

    class Place(models.TextChoices):
        PRIVATE = "private", "One-to-one"
        OUTSIDE = "outside", "Where it was said"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    place = models.CharField(max_length=10, choices=Place, default=Place.PRIVATE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who wrote it."
    )
    is_official = models.BooleanField(default=False, help_text="By the company; else by the customer.")
    body = models.TextField(max_length=32_000)
    body_html = models.TextField(editable=False)
    type = models.CharField(max_length=15, choices=ConversationType, blank=True)
    is_holding = models.BooleanField(default=False)
    waited_since = models.DateTimeField(null=True, blank=True, help_text="Since when the customer had waited.")
    permalink = models.URLField(max_length=500, blank=True, help_text="Where a person posted it, pasted back.")
    posted_at = models.DateTimeField(
        null=True, blank=True, help_text="When it reached the customer: at once, or when its permalink was pasted back."
    )
    read_at = models.DateTimeField(null=True, blank=True, help_text="When the other side first saw it on its page.")
    source = models.CharField(max_length=10, choices=Post.Source, default=Post.Source.PAGE)
    mail_due_at = models.DateTimeField(
        null=True, blank=True, help_text="A letter is to be sent. A worker that sends it moves this ten minutes on."
    )
    mailed_at = models.DateTimeField(null=True, blank=True)
    not_mailed_because = models.CharField(max_length=120, blank=True, help_text="It stands on the customer's page.")
    submission_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "submission_key"], name="a_message_is_sent_once"),
            models.CheckConstraint(
                condition=Q(is_official=False) | Q(author__isnull=False), name="a_company_message_has_an_author"
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "created_at"], name="message_in_conversation"),
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="message_to_mail"),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk} in conversation {self.conversation_id}"


class Publication(models.Model):
    """The outcome of a private exchange as the company would tell it. Public only by the customer's own click."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="publication")
    body = models.TextField(max_length=5000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)
    post = models.OneToOneField(Post, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_agreed=False) | Q(answered_at__isnull=False),
                name="a_publication_is_agreed_to_by_a_click",
            ),
            models.CheckConstraint(condition=Q(post=None) | Q(is_agreed=True), name="nothing_is_published_unasked"),
        ]

    def __str__(self) -> str:
        return f"Outcome of conversation {self.conversation_id}, told in public"
