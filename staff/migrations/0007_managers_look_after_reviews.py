"""What managers may do with reviews in the admin: ask about attributes, name the brand's mail domains, note a no.

What customers said and what was logged is only ever looked up.
"""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEEPS = ("reviewattribute", "insiderdomain", "shoporigin")
NOTES = ("invitationstop",)
READS = (
    "review", "reviewrecord", "ratingsummary", "invitationcampaign", "invitation", "refusalletter", "signal",
    "reviewwords",
)  # fmt: skip
WANTED = {
    *(f"{action}_{model}" for model in KEEPS for action in ("view", "add", "change", "delete")),
    *(f"{action}_{model}" for model in NOTES for action in ("view", "add")),
    *(f"view_{model}" for model in READS),
}


def let_managers_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are usually written after the last migration: those needed here are written now."""
    config = apps.get_app_config("reviews")
    config.models_module = True
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    wanted = permissions.filter(content_type__app_label="reviews", codename__in=WANTED)
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Manager")
    group.permissions.add(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0009_signals"),
        ("staff", "0006_the_settings_drop_their_hours"),
    ]

    operations = [migrations.RunPython(let_managers_in, migrations.RunPython.noop)]
