"""What was muted is at level 0 now; what was followed has the default, bell and mail."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("notifications", "Subscription").objects.filter(is_muted=True).update(level=0)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    subscriptions = apps.get_model("notifications", "Subscription").objects
    subscriptions.exclude(category=None, person=None).delete()
    subscriptions.filter(level__lte=1).update(is_muted=True)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_watch_levels")]

    operations = [migrations.RunPython(forwards, backwards)]
