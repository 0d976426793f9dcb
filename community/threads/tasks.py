"""What the worker does for this room, and how often."""

from datetime import timedelta

from community.threads.attaching import purge_unposted
from community.threads.drafting import purge_old_drafts
from community.threads.withholding import withhold_photos

__all__ = ["purge_old_drafts", "purge_unposted", "withhold_photos"]

SCHEDULES = {
    "delete photos that nobody posted": ("community.threads.tasks.purge_unposted", timedelta(hours=1)),
    "delete old drafts": ("community.threads.tasks.purge_old_drafts", timedelta(days=1)),
}
