"""Signals that a review may be a fake or a copy, for moderators to look at. They hide, hold and delay nothing."""
