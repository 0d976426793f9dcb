"""Conversation: the company's side of one thread. Reason: why it needs us. Note and Event: what we did about it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from community.members.models import AppendOnly
from community.threads.models import Post, Status, Thread


class ConversationType(models.TextChoices):
    """What a conversation can be about for the brand."""

    APPRECIATION = "appreciation", "Appreciation"
    RETENTION = "retention", "Retention"
    CONVERSION = "conversion", "Conversion"
    REACTIVATION = "reactivation", "Re-activation"
    ACQUISITION = "acquisition", "Acquisition"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Who may work on what, and all that a list of conversations shows. The queue's views are in staff.queue."""

    def visible_to(self, member: Any) -> "ConversationQuerySet":
        """What `member` may work on: its readers what everybody can read, moderators also what is held or hidden."""
        if not getattr(member, "is_desk_reader", False):
            return self.none()
        return self if member.is_moderator else self.filter(Q(thread=None) | Q(thread__status=Status.PUBLISHED))

    def queued_for(self, member: Any) -> "ConversationQuerySet":
        """The same for lists, out of one table. Follows a second late: drop what `thread.is_published` denies."""
        if not getattr(member, "is_desk_reader", False):
            return self.none()
        return self if member.is_moderator else self.filter(is_readable=True)

    def with_list_data(self) -> "ConversationQuerySet":
        """All that a row of the queue shows, in two queries."""
        return self.select_related("thread__product", "customer", "claimed_by").prefetch_related(
            models.Prefetch("reasons", Reason.objects.standing(), to_attr="standing_reasons")
        )


class Conversation(models.Model):
    """Opens when a first Reason is raised or staff replies; nothing leaves the queue by age, a person closes it.

    What stands in `state`, `priority`, `waiting_since` and the reasons follows from the posts: staff.triage sets it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Needs a reply"
        ANSWERED = "answered", "Waiting for the customer"
        SETTLED = "settled", "Settled without us"
        NO_REPLY_NEEDED = "no_reply", "No reply needed"
        CLOSED = "closed", "Closed"

    ENDED = (State.SETTLED, State.NO_REPLY_NEEDED, State.CLOSED)

    class Place(models.TextChoices):
        """Where the queue keeps it. One word, so that each view is one stretch of one index."""

        WAITING = "waiting", "Needs a reply"
        SNOOZED = "snoozed", "Snoozed"
        ANSWERED = "answered", "Waiting for the customer"
        THANKS = "thanks", "Worth a thank-you"
        ENDED = "ended", "Ended"

    thread = models.OneToOneField(
        Thread,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conversation",
        help_text="Empty: it began elsewhere (a mention), or with a personal message from us.",
    )
    mention = models.OneToOneField("staff.Mention", models.CASCADE, null=True, blank=True, related_name="conversation")
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
        help_text="Empty only where somebody whom we do not know wrote elsewhere.",
    )
    subject = models.CharField(max_length=200, blank=True, help_text="What the queue calls it.")
    customer_name = models.CharField(max_length=80, blank=True, help_text="As the queue shows and finds it.")
    product = models.ForeignKey("products.Product", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    type = models.CharField(max_length=15, choices=ConversationType, blank=True)
    type_suggested = models.CharField(max_length=15, choices=ConversationType, blank=True)
    type_suggested_because = models.CharField(max_length=200, blank=True)
    type_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_readable = models.BooleanField(default=True, editable=False, help_text="Can everybody read its thread?")
    priority = models.PositiveSmallIntegerField(default=0, help_text="The sum of its standing reasons' weights.")
    waiting_since = models.DateTimeField(null=True, blank=True, help_text="The oldest customer message we left open.")
    due_at = models.DateTimeField(null=True, blank=True, help_text="Frozen when the clock starts.")
    warn_at = models.DateTimeField(null=True, blank=True, help_text="Three quarters of the time to reply are gone.")
    alarm_at = models.DateTimeField(null=True, blank=True, help_text="When its clock speaks next.")
    clock_paused_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it waits for details of the customer; the clock stands still."
    )
    dismissed_until = models.DateTimeField(
        null=True, blank=True, help_text="What was said up to then needs no reply: a person said so."
    )
    asked_at = models.DateTimeField(
        default=timezone.now, help_text="When the message that first needed us was written."
    )
    first_due_at = models.DateTimeField(null=True, blank=True, help_text="Until when we wanted to give a first reply.")
    first_company_response_at = models.DateTimeField(null=True, blank=True)
    first_response_at = models.DateTimeField(
        null=True, blank=True, help_text="The first answer by anyone but who asked: a customer's, or ours."
    )
    sla_policy = models.ForeignKey(
        "staff.SlaPolicy", models.SET_NULL, null=True, blank=True, related_name="+", help_text="Whose targets count."
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    snoozed_until = models.DateTimeField(
        null=True, blank=True, help_text="Put off by a person. Emptied when it is over, or when the customer writes."
    )
    snoozed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    extra_priority = models.PositiveSmallIntegerField(
        default=0, help_text="Added by a person or an automation rule to what the reasons weigh."
    )
    is_private = models.BooleanField(default=False, help_text="Moved to one-to-one: messages, not posts.")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.CharField(max_length=200, blank=True)

    place = models.GeneratedField(
        expression=Case(
            When(state__in=["waiting", "answered"], snoozed_until__isnull=False, then=Value("snoozed")),
            When(state="waiting", clock_paused_at__isnull=False, then=Value("answered")),
            When(state="waiting", then=Value("waiting")),
            When(state="answered", then=Value("answered")),
            When(state="settled", priority__gt=0, then=Value("thanks")),
            default=Value("ended"),
        ),
        output_field=models.CharField(max_length=10, choices=Place),
        db_persist=True,
    )
    shown_type = models.GeneratedField(
        expression=Case(When(type="", then=F("type_suggested")), default=F("type")),
        output_field=models.CharField(max_length=15, choices=ConversationType),
        db_persist=True,
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_since__isnull=False),
                name="a_waiting_conversation_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_by__isnull=False), name="a_person_closes_a_conversation"
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(claimed_until__isnull=False), name="a_claim_expires"
            ),
            models.CheckConstraint(condition=Q(type_confirmed_by=None) | ~Q(type=""), name="a_confirmed_type_is_named"),
            models.CheckConstraint(
                condition=Q(thread=None) | Q(mention=None), name="a_conversation_begins_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(mention__isnull=False),
                name="only_a_mention_may_be_by_a_stranger",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-opened_at"], name="conversation_of_customer"),
            # the queue's views: each is read in its order, and holds all that choosing needs
            models.Index(fields=["place", "due_at", "-priority", "id", "is_readable"], name="queue_by_due"),
            models.Index(fields=["place", "-priority", "due_at", "id", "is_readable"], name="queue_by_priority"),
            models.Index(fields=["place", "waiting_since", "id", "is_readable"], name="queue_by_wait"),
            models.Index(
                fields=["place", "shown_type", "due_at", "-priority", "id", "is_readable"], name="queue_of_type"
            ),
            models.Index(
                fields=["place", "product", "due_at", "-priority", "id", "is_readable"], name="queue_of_product"
            ),
            models.Index(
                fields=["place", "assigned_to", "due_at", "-priority", "id", "is_readable"], name="queue_of_whom"
            ),
            models.Index(fields=["alarm_at"], condition=Q(alarm_at__isnull=False), name="conversation_clock_speaks"),
            models.Index(fields=["place", "-opened_at", "-id", "is_readable"], name="queue_newest"),
            # also gone through by the search, which therefore finds its words in it
            models.Index(
                fields=["-opened_at", "-id", "is_readable", "subject", "customer_name"], name="conversation_newest"
            ),
            models.Index(
                fields=["claimed_by", "claimed_until"], condition=Q(claimed_by__isnull=False), name="queue_in_hand"
            ),
            models.Index(
                fields=["snoozed_until", "id", "is_readable"],
                condition=Q(snoozed_until__isnull=False),
                name="queue_snoozed",
            ),
        ]

    def __str__(self) -> str:
        return f"Conversation {self.pk}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("conversation", args=[self.pk])

    @property
    def needs_reply(self) -> bool:
        return self.state == self.State.WAITING

    def holder(self, now: datetime) -> Any:
        """Who has it now: the claimant, until the claim expires."""
        return self.claimed_by if self.claimed_until and self.claimed_until > now else None


class ReasonQuerySet(models.QuerySet["Reason"]):
    def standing(self) -> "ReasonQuerySet":
        return self.filter(settled_at=None)


class Reason(models.Model):
    """Why the company must reply, with the words that say so."""

    class Kind(models.TextChoices):
        UNANSWERED = "unanswered", "Nobody has answered"
        CUSTOMER_AFTER_US = "customer_after_us", "The customer wrote after us"
        LOW_RATING = "low_rating", "Review of 2 stars or fewer"
        ASKS_COMPANY = "asks_company", "Asks the company"
        COMPANY_ONLY = "company_only", "Only the company can help"
        FLAGGED = "flagged", "Flagged by members"
        ESCALATED = "escalated", "Escalated by staff"
        STILL_NEEDS_HELP = "still_needs_help", "Still needs help"
        COMPLAINT = "complaint", "Complaint"
        COMPETITOR = "competitor", "Names a competitor"
        BUYING_INTENT = "buying_intent", "Means to buy"
        LEAVING = "leaving", "Leaving, or came back"
        FORMER_CUSTOMER = "former_customer", "A former customer wrote"
        PRAISE = "praise", "Praise worth a thank-you"
        OUTSIDE = "outside", "Said elsewhere"
        PRIVATE_MESSAGE = "private_message", "The customer wrote to us alone"
        PROMISED = "promised", "We promised to come back"
        RULE = "rule", "Raised by an automation rule"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="reasons")
    kind = models.CharField(max_length=20, choices=Kind)
    post = models.ForeignKey(
        Post,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reasons",
        help_text="The evidence. Empty: a mention's text, or a message.",
    )
    message = models.ForeignKey("staff.Message", models.CASCADE, null=True, blank=True, related_name="reasons")
    evidence = models.CharField(max_length=300, blank=True, help_text="The words in it, as written.")
    rule = models.CharField(max_length=200, help_text="The rule in one sentence, as it stood then.")
    weight = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_because = models.CharField(max_length=100, blank=True)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "raised_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "post"], name="one_reason_per_kind_and_post"),
            models.UniqueConstraint(fields=["kind", "message"], name="one_reason_per_kind_and_message"),
            models.UniqueConstraint(
                fields=["conversation", "kind"],
                condition=Q(post=None, message=None),
                name="one_reason_per_kind_without_words",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation"], condition=Q(settled_at=None), name="reason_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.evidence}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """A detector may bring a kind of its own, named like “late_parcel”."""
        return dict(self.Kind.choices).get(self.kind) or self.kind.replace("_", " ").capitalize()

    @property
    def rule_adds(self) -> str:
        """The rule's words, without what the kind beside them says already: “Names a competitor.” adds nothing."""
        said, rule = self.get_kind_display(), self.rule.removeprefix("A customer ")
        if rule[: len(said)].lower() != said.lower():
            return self.rule
        rest = rule[len(said) :].strip(" .:,;")
        return f"{rest[0].upper()}{rest[1:]}." if rest else ""


class Note(models.Model):
    """Internal: never public, never a reply."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(max_length=5000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"Note by {self.author_id} on {self.conversation_id}"


class Event(AppendOnly):
    """One line of a conversation's history: who did what, when."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="events")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: the desk's rules."
    )
    what = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what
