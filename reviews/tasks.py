"""What the worker does for this room, by itself and again and again."""

from datetime import timedelta

from reviews.insiders import label_insiders
from reviews.inviting import answering, planning, sending
from reviews.rating import recount_all
from reviews.recording import complete_log
from reviews.refusing import send_refusals
from reviews.suspicion.addresses import purge_addresses
from reviews.suspicion.looking import look_at_what_is_new
from reviews.verifying import verify_purchases

__all__ = [
    "complete_log",
    "label_insiders",
    "look_at_what_is_new",
    "purge_addresses",
    "send_refusals",
    "verify_purchases",
]

SCHEDULES = {
    "plan invitations to review": ("reviews.tasks.plan_invitations", timedelta(hours=1)),
    "send invitations to review": ("reviews.tasks.send_invitations", timedelta(minutes=1)),
    "recount ratings": ("reviews.tasks.recount_ratings", timedelta(days=1)),
    "label reviews from inside": ("reviews.tasks.label_insiders", timedelta(minutes=10)),
    "tell why a review was refused": ("reviews.tasks.send_refusals", timedelta(minutes=1)),
    "look for copies and crowds": ("reviews.tasks.look_at_what_is_new", timedelta(minutes=1)),
    "forget where reviews came from": ("reviews.tasks.purge_addresses", timedelta(days=1)),
    "tie reviews to orders": ("reviews.tasks.verify_purchases", timedelta(hours=1)),
    "complete the log of reviews": ("reviews.tasks.complete_log", timedelta(hours=1)),
}


def recount_ratings() -> int:
    """Mend what a process killed between a commit and its recount left behind; how many summaries were wrong."""
    return recount_all()


def plan_invitations() -> int:
    return planning.plan()


def send_invitations() -> int:
    return sending.send_due()


def tell_of_written(item_id: int) -> bool:
    """A review came from an invitation's link without a session: its mailbox hears of it."""
    return answering.tell_of_written(item_id)
