"""What the worker does for this room, and how often."""

from datetime import timedelta

from forum.closing import close_quiet_ones
from forum.nudging import nudge_askers

__all__ = ["close_quiet_ones", "nudge_askers"]

SCHEDULES = {
    "close solved questions that have gone quiet": ("forum.tasks.close_quiet_ones", timedelta(hours=1)),
    "ask askers whether an answer helped": ("forum.tasks.nudge_askers", timedelta(hours=1)),
}
