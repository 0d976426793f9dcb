"""What the worker does for this room, and how often."""

from datetime import timedelta

from community.moderation.trusting import weigh_the_active, weigh_the_regulars

__all__ = ["weigh_the_active", "weigh_the_regulars"]

SCHEDULES = {
    "give the trust that was earned": ("community.moderation.tasks.weigh_the_active", timedelta(minutes=30)),
    "take back the trust that has lapsed": ("community.moderation.tasks.weigh_the_regulars", timedelta(days=1)),
}
