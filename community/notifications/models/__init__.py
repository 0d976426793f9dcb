"""Who hears of what: one module per subject, one import for the rest of the house."""

from community.notifications.models.mail import MailPreference, MailTrouble, ReceivedMail, SentMail
from community.notifications.models.notification import Notification, NotificationQuerySet
from community.notifications.models.subscription import TARGETS, Level, Subscription, SubscriptionQuerySet

__all__ = [
    "TARGETS",
    "Level",
    "MailPreference",
    "MailTrouble",
    "Notification",
    "NotificationQuerySet",
    "ReceivedMail",
    "SentMail",
    "Subscription",
    "SubscriptionQuerySet",
]
