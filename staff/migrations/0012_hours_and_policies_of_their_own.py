"""The hours and targets of the settings become ranges and policies of their own."""

from datetime import time

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

PRESSING = 4


def move(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    settings = apps.get_model("staff", "DeskSettings")
    desk = settings.objects.filter(pk=1).first() or settings(pk=1)
    ranges, policies = apps.get_model("staff", "OpenRange"), apps.get_model("staff", "SlaPolicy")
    if not ranges.objects.exists():
        # 23:59 was as late as a day could end
        closes = time(0) if desk.closes_at >= time(23, 59) else desk.closes_at
        days = range(7 if desk.works_weekends else 5)
        ranges.objects.bulk_create(ranges(weekday=day, opens_at=desk.opens_at, closes_at=closes) for day in days)
    if not policies.objects.exists():
        urgent, usual = desk.urgent_target_minutes, desk.reply_target_minutes
        policies.objects.create(
            name="Pressing", position=0, least_priority=PRESSING, first_reply_minutes=urgent, next_reply_minutes=urgent
        )
        policies.objects.create(name="Everything else", position=1, first_reply_minutes=usual, next_reply_minutes=usual)
    waiting = apps.get_model("staff", "Conversation").objects.filter(state="waiting", due_at__isnull=False)
    waiting.filter(alarm_at=None).update(alarm_at=F("due_at"), warn_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("staff", "0011_clocks_that_speak")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
