"""What the worker does for the roof: what needs more than one room."""

from datetime import timedelta

from community import sending_digests

SCHEDULES = {"send the weekly digest": ("community.tasks.send_digests", timedelta(hours=1))}


def send_digests() -> int:
    return sending_digests.send_digests()
