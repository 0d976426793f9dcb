import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_find_what_was_just_solved"), ("threads", "0003_categories_come_here")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "question",
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="threads.category"
                    ),
                ),
                migrations.DeleteModel("Category"),
            ]
        )
    ]
