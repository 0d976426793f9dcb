from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_scores(apps: Any, schema_editor: Any) -> None:
    openings = apps.get_model("threads", "Post").objects.filter(kind="opening", helpful_score__gt=0)
    threads = apps.get_model("threads", "Thread").objects.filter(pk__in=openings.values("thread"))
    threads.update(helpful_score=Subquery(openings.filter(thread=OuterRef("pk")).values("helpful_score")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0004_outside_names"),
        ("threads", "0008_reviewers_add_updates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="helpful_score",
            field=models.FloatField(default=0, editable=False, help_text="Its opening's: lists go by it."),
        ),
        migrations.RunPython(copy_scores, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                fields=["product", "kind", "status", "-helpful_score", "-created_at", "-id"],
                name="thread_of_product_by_help",
            ),
        ),
    ]
