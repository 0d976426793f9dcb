"""A kind of notification for who asked what stands elsewhere already."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0005_mail_sent_returned_and_received"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("question", "New question"),
                    ("answer", "New answer"),
                    ("comment", "New comment"),
                    ("company", "The company replied"),
                    ("mention", "You were mentioned"),
                    ("accepted", "Your answer was accepted"),
                    ("decision", "A moderator decided"),
                    ("followed", "Somebody you follow wrote"),
                    ("needs_info", "More information is needed"),
                    ("nudge", "Does one of the answers help?"),
                    ("duplicate", "Your question was linked to another"),
                ],
                max_length=10,
            ),
        ),
    ]
