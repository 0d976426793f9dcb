from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("threads", "0004_bookmarks_reading_and_synonyms")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="description",
            field=models.CharField(
                blank=True, default="", help_text="What belongs under it: shown on its page.", max_length=300
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="tagsynonym",
            name="name",
            field=models.CharField(max_length=100, unique=True),
        ),
    ]
