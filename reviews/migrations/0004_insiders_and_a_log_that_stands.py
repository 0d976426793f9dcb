"""Insiders' domains; the log of reviews names moderation's decision, and stands: the database refuses to change it.

`published_at` is filled for what could be read before this log was kept.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

TABLES = {
    "reviews_reviewrecord": "id, review_id, kind, stars, version, reason, evidence, decision_id, at",
    "reviews_reviewversion": "id, review_id, stars, recommends, experience_date, pros, cons, attributes, created_at",
}
"""With the columns that stand. An actor may pass from an unclaimed account to its owner: the same person."""


def stand(apps, schema_editor):
    """An update or a deletion of a line is an error, whoever sends it. SQLite forgets this when a table is remade."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION reviews_log_stands() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'The log of reviews is only ever added to.'; END; $$ LANGUAGE plpgsql"
        )
    for table, columns in TABLES.items():
        for act, what in (("update", f"UPDATE OF {columns}"), ("delete", "DELETE")):
            head = f"CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"{head} FOR EACH ROW EXECUTE FUNCTION reviews_log_stands()")
            else:
                schema_editor.execute(
                    f"{head} BEGIN SELECT RAISE(ABORT, 'The log of reviews is only ever added to.'); END"
                )


def yield_again(apps, schema_editor):
    for table in TABLES:
        for act in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def date_what_was_read(apps, schema_editor):
    """When it was written, where it appeared at once; when a moderator let it through, where it waited."""
    review, post = apps.get_model("reviews", "Review"), apps.get_model("threads", "Post")
    decision = apps.get_model("moderation", "Decision")
    let_through = decision.objects.filter(action="publish").order_by("-created_at")
    released = dict(let_through.values_list("post__thread", "created_at"))
    was_read = Q(status__in=("published", "hidden")) | Q(withdrawn_from__in=("published", "hidden"))
    taken_down = decision.objects.filter(action="remove", status_before__in=("published", "hidden")).values("post")
    openings = post.objects.filter(kind="opening", thread__kind="review").filter(was_read | Q(pk__in=taken_down))
    for thread, written_at in openings.values_list("thread", "created_at").iterator():
        at = released.get(thread, written_at)
        review.objects.filter(pk=thread, published_at=None).update(published_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_flag_and_decision"),
        ("threads", "0008_reviewers_add_updates"),
        ("reviews", "0003_versions_keep_attributes"),
    ]

    operations = [
        migrations.CreateModel(
            name="InsiderDomain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        help_text="For example “brand.com”; “shop.brand.com” then belongs to it. Reviews by accounts with such an address are labelled and left out of the average, those written before as well.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="Whose it is, for example “our agency”.", max_length=100),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["domain"]},
        ),
        migrations.AddField(
            model_name="reviewrecord",
            name="decision",
            field=models.OneToOneField(
                blank=True,
                help_text="Of moderation's own log.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="record",
                to="moderation.decision",
            ),
        ),
        migrations.AlterField(
            model_name="reviewrecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("written", "Sent in"),
                    ("imported", "Imported"),
                    ("revised", "Changed by its author"),
                    ("updated", "Update added by its author"),
                    ("published", "Published"),
                    ("held", "Held for a moderator"),
                    ("kept", "Reports dismissed"),
                    ("hidden", "Hidden by reports"),
                    ("removed", "Refused or removed"),
                    ("withdrawn", "Deleted by its author"),
                    ("verified", "Purchase found"),
                    ("refunded", "Purchase given back; the label stays"),
                    ("unverified", "Order called off before it was sent; the label is taken off"),
                    ("labelled", "Labelled"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(date_what_was_read, migrations.RunPython.noop),
        migrations.RunPython(stand, yield_again),
    ]
