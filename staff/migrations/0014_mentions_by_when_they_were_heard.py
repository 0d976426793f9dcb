from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0013_the_settings_drop_their_hours"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["-seen_at", "-id"], name="mention_newest"),
        ),
    ]
