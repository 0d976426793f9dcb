"""`manage.py plan_tasks`: makes the worker's timetable equal to what the rooms ask for. Safe to run at every start.

A room asks by `SCHEDULES` in its `tasks.py`: `{"send due mail": ("community.notifications.tasks.send_due_mail",
timedelta(minutes=1))}`. Schedules that an admin made by hand are left alone.
"""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_q.models import Schedule

MARK = "Planned: "
MINUTE = timedelta(minutes=1)
LONGEST = timedelta(minutes=32_767)


class Command(BaseCommand):
    help = "Write the schedules of all rooms into the task worker's timetable."

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = wanted_schedules()
        with transaction.atomic():
            for name, (function, every) in wanted.items():
                plan(name, function, every)
            stale = Schedule.objects.filter(name__startswith=MARK).exclude(name__in=[MARK + name for name in wanted])
            stale.delete()
        self.stdout.write(f"{len(wanted)} tasks are planned.")


def wanted_schedules() -> dict[str, tuple[str, timedelta]]:
    """Every room's `SCHEDULES`, joined. Raises CommandError for a name used twice, or an odd time."""
    wanted: dict[str, tuple[str, timedelta]] = {}
    for config in apps.get_app_configs():
        module = f"{config.name}.tasks"
        if "site-packages" not in config.path and find_spec(module):
            asked = getattr(import_module(module), "SCHEDULES", {})
            refuse_unclear(asked, wanted)
            wanted |= asked
    return wanted


def refuse_unclear(asked: dict[str, tuple[str, timedelta]], known: dict[str, tuple[str, timedelta]]) -> None:
    for name, (function, every) in asked.items():
        if name in known:
            raise CommandError(f"Two rooms plan a task called “{name}”.")
        if every % MINUTE or not MINUTE <= every <= LONGEST:
            raise CommandError(f"“{name}” ({function}) must come every so many whole minutes, at most 32,767 of them.")


def plan(name: str, function: str, every: timedelta) -> None:
    """Create or change one schedule. One that is right already keeps the time of its next run."""
    Schedule.objects.update_or_create(
        name=MARK + name,
        defaults={"func": function, "schedule_type": Schedule.MINUTES, "minutes": every // MINUTE, "repeats": -1},
    )
