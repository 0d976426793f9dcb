"""Automation under supervision: Rule (what is done when), RuleChange (who changed it) and RuleAction (what it did)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.members.models import AppendOnly
from community.threads.models import Post
from staff.models.conversation import Conversation


class RuleQuerySet(models.QuerySet["Rule"]):
    def listening_for(self, event: str) -> "RuleQuerySet":
        """Those that are on, in the order in which they act."""
        return self.filter(is_on=True, event=event).order_by("position", "pk")


class Rule(models.Model):
    """On an event, where all conditions hold, one action. Off until a dry run has been read."""

    class Event(models.TextChoices):
        OPENED = "opened", "A conversation opens"
        CUSTOMER_WROTE = "customer_wrote", "A customer writes"
        REASON_RAISED = "reason_raised", "A reason is raised"
        CLOCK_WARNED = "clock_warned", "A clock warns"
        CLOSED = "closed", "A conversation is closed"

    class Action(models.TextChoices):
        TAG = "tag", "Add a tag to the thread"
        ASSIGN = "assign", "Assign it to a colleague"
        PRIORITY = "priority", "Raise its priority"
        SUGGEST = "suggest", "Suggest a saved reply"
        RAISE = "raise", "Say that the company must reply"

    name = models.CharField(max_length=80, unique=True)
    event = models.CharField(max_length=15, choices=Event)
    conditions = models.JSONField(
        default=dict, blank=True, help_text="For example {“type”: “retention”}; empty: always."
    )
    action = models.CharField(max_length=10, choices=Action)
    parameters = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(
        "order", default=10, help_text="Rules with a lower number act first; of equals the older one."
    )
    is_on = models.BooleanField(default=False)
    switched_at = models.DateTimeField(null=True, blank=True)
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row. After three it is switched off.")
    tried_at = models.DateTimeField(
        null=True, blank=True, help_text="The last dry run of this very rule; changing the rule empties it."
    )
    tried_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    tried_found = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many conversations it would have touched, said the dry run."
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["event"], condition=Q(is_on=True), name="rule_listening")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(tried_at__isnull=False), name="a_rule_is_tried_before_it_is_on"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RuleChange(AppendOnly):
    """Who wrote, changed, tried or switched a rule, and when."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="changes")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: it failed by itself."
    )
    what = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what


class RuleActionQuerySet(models.QuerySet["RuleAction"]):
    def held(self) -> "RuleActionQuerySet":
        """A pause held it back, and nobody has decided yet."""
        return self.filter(state=RuleAction.State.HELD)

    def with_list_data(self) -> "RuleActionQuerySet":
        """All that a line of the log shows."""
        return self.select_related("rule", "conversation__customer", "undone_by", "decided_by")


class RuleAction(models.Model):
    """One line of the log: what a rule did to one conversation, or would have done but for a pause."""

    class State(models.TextChoices):
        DONE = "done", "Done"
        HELD = "held", "Held back"
        DROPPED = "dropped", "Dropped"
        UNDONE = "undone", "Undone"
        FAILED = "failed", "Failed"

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="actions")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="rule_actions")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80, help_text="What set it off; the same thing acts once.")
    what = models.CharField(max_length=200)
    undo_data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.DONE)
    held_by = models.CharField(max_length=300, blank=True, help_text="The pause that held it: who, why, until.")
    decided_at = models.DateTimeField(null=True, blank=True, help_text="What was held back: done or dropped.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    error = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RuleActionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "conversation", "key"], name="a_rule_acts_once")]
        indexes = [
            models.Index(fields=["-at"], name="rule_action_newest"),
            models.Index(fields=["at"], condition=Q(state="held"), name="rule_action_held"),
        ]

    def __str__(self) -> str:
        return self.what
