"""The desk, for administrators: its settings to change, everything else to look up. One module per subject."""

from staff.admin import asking, automation, clocks, desk, drafts, listening, one_to_one, queue, settings, tone

__all__ = ["asking", "automation", "clocks", "desk", "drafts", "listening", "one_to_one", "queue", "settings", "tone"]
