"""What the worker does for this room, and how often."""

from datetime import timedelta

from community.products.claiming import claim_purchases

__all__ = ["claim_purchases"]

SCHEDULES = {"tie purchases to accounts": ("community.products.tasks.claim_purchases", timedelta(days=1))}
