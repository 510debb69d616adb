"""A signature says for what it is, and a step takes only one that is for it; the guard, put up anew after this, sees to that."""

from typing import Any

from django.db import migrations, models


def _fill(apps: Any, editor: Any) -> None:
    for signature in apps.get_model("disclosure", "Signature").objects.order_by("pk").iterator(500):
        steps = signature.steps.order_by("order").values_list("level", "check_slug")
        signature.covers = [check or level for level, check in steps]
        signature.save(update_fields=["covers"])


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0005_clearings'),
    ]

    operations = [
        migrations.AddField(
            model_name='signature',
            name='covers',
            field=models.JSONField(default=list, verbose_name='审查的内容'),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
