"""What the new columns and tables begin with: the queue's words, the settings' hours and targets, the roles' groups.

A group carries what its role may do in the admin. The desk's own pages ask the role itself.
"""

from datetime import time

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, F, OuterRef, Subquery, Value, When

PRESSING = 4
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


def name_conversations(apps, schema_editor):
    """What the queue shows, out of the threads, in one statement."""
    Conversation = apps.get_model("staff", "Conversation")
    Thread = apps.get_model("threads", "Thread")
    Member = apps.get_model("members", "Member")
    thread = Thread.objects.filter(pk=OuterRef("thread_id"))
    member = Member.objects.filter(pk=OuterRef("customer_id"))
    name = Case(
        When(erased_at__isnull=False, then=Value("Deleted member")),
        When(display_name="", then=F("username")),
        default=F("display_name"),
    )
    Conversation.objects.update(
        subject=Subquery(thread.values("title")[:1]),
        product=Subquery(thread.values("product")[:1]),
        customer_name=Subquery(member.values(name=name)[:1]),
    )


def move_hours(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
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
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0005_analysts_and_rankings"),
        ("moderation", "0001_flag_and_decision"),
        ("products", "0001_product_and_purchase"),
        ("staff", "0004_the_whole_desk"),
        ("threads", "0007_a_pause_is_of_one_thing"),
    ]

    operations = [
        migrations.RunPython(name_conversations, migrations.RunPython.noop),
        migrations.RunPython(move_hours, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(put_staff_in, migrations.RunPython.noop),
    ]
