"""Automation under supervision: Rule (what is done when), and RuleAction (what was done, held back or undone)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models import Post
from staff.models.conversation import Conversation


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
    is_on = models.BooleanField(default=False)
    tried_at = models.DateTimeField(
        null=True, blank=True, help_text="The last dry run of this very rule; changing the rule empties it."
    )
    tried_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(tried_at__isnull=False), name="a_rule_is_tried_before_it_is_on"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RuleAction(models.Model):
    """One line of the log: what a rule did to one conversation, or would have done but for a pause."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="actions")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="rule_actions")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80, help_text="What set it off; the same thing acts once.")
    what = models.CharField(max_length=200)
    undo_data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    held_by = models.CharField(max_length=300, blank=True, help_text="The pause that held it: who, why, until.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["rule", "conversation", "key"], name="a_rule_acts_once")]

    def __str__(self) -> str:
        return self.what
