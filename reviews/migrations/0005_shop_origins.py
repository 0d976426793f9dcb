"""The shops whose pages may show reviews from here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_insiders_and_a_log_that_stands"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShopOrigin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        help_text="Like https://shop.example.com, without anything behind it.",
                        max_length=255,
                        unique=True,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="For your own lists, for example “Shop in France”.", max_length=100
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["origin"]},
        ),
    ]
