from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0003_pictures_and_lists_of_experts")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="trust_is_given",
            field=models.BooleanField(
                default=False,
                help_text="It is neither raised nor lost by what this member does.",
                verbose_name="trust given by hand",
            ),
        ),
    ]
