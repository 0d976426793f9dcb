"""What an agent starts from: SavedReply, CompanyLink; Suggestion: what the desk proposed, and what became of it."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from community.products.models import Product
from community.threads.models import Thread
from staff.models.conversation import Conversation


class SavedReply(models.Model):
    """Words that are often needed. `{customer}` and `{product}` in them are filled in."""

    title = models.CharField(max_length=80)
    category = models.CharField(max_length=40, blank=True, help_text="For example “Returns”.")
    body = models.TextField(max_length=5000, help_text="Markdown. {customer} and {product} are filled in.")
    times_used = models.PositiveIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["category", "title"]
        verbose_name_plural = "saved replies"
        constraints = [models.UniqueConstraint(Lower("title"), name="one_saved_reply_per_title")]

    def __str__(self) -> str:
        return self.title


class CompanyLink(models.Model):
    """A page that the company recommends for one need."""

    need = models.CharField(max_length=120, help_text="What a customer needs, for example “how to wash wool”.")
    url = models.URLField(max_length=500, unique=True, validators=[URLValidator(schemes=["http", "https"])])
    words = models.TextField(blank=True, max_length=1000, help_text="One a line: words by which to propose it.")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, blank=True, related_name="+")
    is_on = models.BooleanField("proposed", default=True)

    class Meta:
        ordering = ["need"]

    def __str__(self) -> str:
        return self.need


class Suggestion(models.Model):
    """A draft with its source. Stale once somebody wrote in the conversation; nothing is sent by itself."""

    class Kind(models.TextChoices):
        THREAD = "thread", "A similar thread that was solved"
        LINK = "link", "A helpful link"
        SAVED_REPLY = "saved_reply", "A saved reply"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=Kind)
    because = models.CharField(max_length=200, help_text="Its source, and why it is proposed.")
    body = models.TextField(max_length=5000, blank=True, help_text="The draft, Markdown.")
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_reply = models.ForeignKey(SavedReply, models.SET_NULL, null=True, blank=True, related_name="+")
    url = models.URLField(max_length=500, blank=True)
    need = models.CharField(max_length=120, blank=True)
    suggested_at = models.DateTimeField(default=timezone.now)
    suggested_by = models.CharField(max_length=80, blank=True, help_text="An automation rule's name; else the desk.")
    stale_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    sent = models.TextField(blank=True, help_text="What was sent in the end.")

    class Meta:
        ordering = ["-suggested_at", "-pk"]
        indexes = [models.Index(fields=["conversation", "stale_at"], name="suggestion_standing")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for conversation {self.conversation_id}"


class SavedView(models.Model):
    """A queue that an agent keeps: a name for the filters in an address."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300, help_text="The address's query, for example view=mine&type=retention.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("member", Lower("name"), name="one_saved_view_per_name")]

    def __str__(self) -> str:
        return self.name
