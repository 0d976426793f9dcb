"""Hours are ranges and targets are policies now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_names_hours_policies_and_groups")]

    operations = [
        migrations.RemoveConstraint(
            model_name="desksettings",
            name="desk_opens_before_it_closes",
        ),
        migrations.RemoveField(
            model_name="desksettings",
            name="closes_at",
        ),
        migrations.RemoveField(
            model_name="desksettings",
            name="opens_at",
        ),
        migrations.RemoveField(
            model_name="desksettings",
            name="reply_target_minutes",
        ),
        migrations.RemoveField(
            model_name="desksettings",
            name="urgent_target_minutes",
        ),
        migrations.RemoveField(
            model_name="desksettings",
            name="works_weekends",
        ),
    ]
