"""The groups of the four roles, with what each may do in the admin. The desk's own pages ask the role itself."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = {
    "staff": (
        "conversation", "reason", "reply", "outcome", "helpfullink", "linkopening", "event", "slaevent", "slapolicy",
        "openrange", "holiday", "savedreply", "companylink", "rule", "ruleaction", "source", "mention", "helpquestion",
        "desksettings", "leaving",
    ),
    "threads": ("category", "tag", "tagsynonym"),
    "products": ("product", "productcategory"),
}  # fmt: skip
RESPONDER_READS = {"staff": ("note", "suggestion", "message", "publication", "campaign"), "products": ("purchase",)}
MODERATOR_READS = {"moderation": ("flag", "decision"), "threads": ("thread", "post", "revision")}
MANAGER_READS = {"staff": ("coupon", "formercustomer"), "members": ("member", "consent")}
RESPONDER_WRITES = {"staff": ("savedreply",)}
MODERATOR_WRITES = {"threads": ("tag", "tagsynonym")}
MANAGER_WRITES = {
    "staff": ("slapolicy", "openrange", "holiday", "companylink", "campaign", "source"),
    "threads": ("category",),
    "products": ("product", "productcategory"),
}
MANAGER_CHANGES = {"staff": ("desksettings",)}


def _named(actions, tables):
    return {(app, f"{action}_{model}") for app, models in tables.items() for model in models for action in actions}


ANALYST = _named(["view"], READ)
RESPONDER = ANALYST | _named(["view"], RESPONDER_READS) | _named(["add", "change"], RESPONDER_WRITES)
MODERATOR = RESPONDER | _named(["view"], MODERATOR_READS) | _named(["add", "change"], MODERATOR_WRITES)
MANAGER = (
    MODERATOR
    | _named(["view"], MANAGER_READS)
    | _named(["add", "change", "delete"], MANAGER_WRITES)
    | _named(["change"], MANAGER_CHANGES)
)
GROUPS = {"Analyst": ANALYST, "Responder": RESPONDER, "Moderator": MODERATOR, "Manager": MANAGER}


def make_groups(apps, schema_editor):
    """Permissions are usually written after the last migration: those needed here are written now."""
    database = schema_editor.connection.alias
    for app in sorted({app for app, _ in MANAGER}):
        config = apps.get_app_config(app)
        config.models_module = True
        create_permissions(config, verbosity=0, using=database, apps=apps)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {(p.content_type.app_label, p.codename): p for p in Permission.objects.select_related("content_type")}
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[key] for key in wanted))


def put_staff_in(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Member = apps.get_model("members", "Member")
    for name in GROUPS:
        Group.objects.get(name=name).user_set.add(*Member.objects.filter(role=name.lower()))


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0005_analysts_and_rankings"),
        ("moderation", "0001_flag_and_decision"),
        ("products", "0001_product_and_purchase"),
        ("staff", "0005_messages_by_mail"),
        ("threads", "0006_pauses"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(put_staff_in, migrations.RunPython.noop),
    ]
