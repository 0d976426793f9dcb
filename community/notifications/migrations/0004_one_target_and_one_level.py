from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_muted_becomes_a_level")]

    operations = [
        migrations.RemoveField(
            model_name="subscription",
            name="is_muted",
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(fields=("member", "category"), name="one_subscription_per_category"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(fields=("member", "person"), name="one_subscription_per_person"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("category__isnull", True),
                        ("person__isnull", True),
                        ("product__isnull", True),
                        ("tag__isnull", True),
                        ("thread__isnull", False),
                    ),
                    models.Q(
                        ("category__isnull", True),
                        ("person__isnull", True),
                        ("product__isnull", False),
                        ("tag__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("category__isnull", True),
                        ("person__isnull", True),
                        ("product__isnull", True),
                        ("tag__isnull", False),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("category__isnull", False),
                        ("person__isnull", True),
                        ("product__isnull", True),
                        ("tag__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("category__isnull", True),
                        ("person__isnull", False),
                        ("product__isnull", True),
                        ("tag__isnull", True),
                        ("thread__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_subscription_has_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person", None), models.Q(("person", models.F("member")), _negated=True), _connector="OR"
                ),
                name="nobody_follows_themselves",
            ),
        ),
    ]
