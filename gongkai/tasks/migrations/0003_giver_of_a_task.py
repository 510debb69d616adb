from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _from_the_trail(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Who gave the tasks that are still open stands in the trail, as far as that has not been moved out."""
    tasks = {str(task.pk): task for task in apps.get_model("tasks", "Task").objects.filter(done_at=None)}
    entries = apps.get_model("audit", "Entry").objects.filter(
        act="task.give", object_kind="tasks.task", person_id__isnull=False
    )
    for number, person in entries.values_list("object_id", "person_id"):
        if number in tasks:
            tasks[number].giver_id = person
            tasks[number].save(update_fields=["giver_id"])


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_first_week"),
        ("audit", "0002_guard"),
        ("tasks", "0002_job_runs"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="giver_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="交办人编号"),
        ),
        migrations.RunPython(_from_the_trail, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["giver_id", "agency"],
                name="task_open_by_giver",
            ),
        ),
    ]
