"""`manage.py plan_tasks`: the worker's timetable."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django_q.models import Schedule

from community.management.commands.plan_tasks import MARK, plan, refuse_unclear, wanted_schedules

pytestmark = pytest.mark.django_db


def test_every_planned_function_exists() -> None:
    for function, _ in wanted_schedules().values():
        module, _, name = function.rpartition(".")
        assert callable(getattr(import_module(module), name))


def test_planning_twice_keeps_the_next_runs() -> None:
    call_command("plan_tasks")
    before = list(Schedule.objects.order_by("pk").values())
    call_command("plan_tasks")
    assert list(Schedule.objects.order_by("pk").values()) == before
    assert len(before) == len(wanted_schedules())


def test_a_task_that_no_room_asks_for_any_more_is_taken_out() -> None:
    plan("yesterday's news", "builtins.print", timedelta(minutes=5))
    call_command("plan_tasks")
    assert not Schedule.objects.filter(name=MARK + "yesterday's news").exists()


def test_a_schedule_made_by_hand_stays() -> None:
    Schedule.objects.create(name="by hand", func="builtins.print", schedule_type=Schedule.DAILY)
    call_command("plan_tasks")
    assert Schedule.objects.filter(name="by hand").exists()


@pytest.mark.parametrize("every", [timedelta(seconds=30), timedelta(seconds=90), timedelta(days=30), timedelta(0)])
def test_a_time_that_the_worker_cannot_keep_is_refused(every: timedelta) -> None:
    with pytest.raises(CommandError, match="whole minutes"):
        refuse_unclear({"odd": ("builtins.print", every)}, {})


def test_two_rooms_cannot_plan_under_one_name() -> None:
    with pytest.raises(CommandError, match="Two rooms"):
        refuse_unclear({"x": ("builtins.print", timedelta(minutes=1))}, {"x": ("builtins.print", timedelta(minutes=1))})
