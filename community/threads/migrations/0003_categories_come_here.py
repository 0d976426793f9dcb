from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays; it belongs to threads now, where notifications can see it. Its name follows in 0004."""

    dependencies = [
        ("threads", "0002_find_what_a_member_wrote_in_a_thread"),
        ("forum", "0002_find_what_was_just_solved"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("description", models.CharField(blank=True, max_length=200)),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first."),
                        ),
                        (
                            "is_company_only",
                            models.BooleanField(
                                default=False,
                                help_text="Only the company can help here (orders, accounts): the staff desk is told at once.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "categories",
                        "ordering": ["position", "name"],
                        "db_table": "forum_category",
                    },
                )
            ]
        )
    ]
