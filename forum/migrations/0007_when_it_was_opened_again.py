from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_changes_of_details")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="reopened_at",
            field=models.DateTimeField(blank=True, help_text="It does not close by itself soon after.", null=True),
        ),
    ]
