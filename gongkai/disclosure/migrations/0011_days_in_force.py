"""A document has a day in force; a publication says its days from the text that was reviewed, so that lists need not
read it. The guard, put up anew after this, holds them."""

import json
from datetime import date
from typing import Any

from django.db import migrations, models

_AT_ONCE = 500
_TOLD = {"in_force_on": "in_force_on", "ended_from": "validity_on", "lapses_on": "lapses_on"}


def _fill(apps: Any, editor: Any) -> None:
    rows = apps.get_model("disclosure", "Publication").objects.order_by("pk").only("pk", "content")
    last = 0
    while lot := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last, changed = lot[-1].pk, []
        for row in lot:
            told = json.loads(row.content)
            days = {name: told.get(said) for name, said in _TOLD.items()}
            for name, said in days.items():
                setattr(row, name, date.fromisoformat(said) if said else None)
            if any(days.values()):
                changed.append(row)
        rows.bulk_update(changed, [*_TOLD])


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0010_attachment_scans'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='in_force_on',
            field=models.DateField(blank=True, null=True, verbose_name='施行之日'),
        ),
        migrations.AddField(
            model_name='publication',
            name='ended_from',
            field=models.DateField(blank=True, null=True, verbose_name='废止或者失效之日'),
        ),
        migrations.AddField(
            model_name='publication',
            name='in_force_on',
            field=models.DateField(blank=True, null=True, verbose_name='施行之日'),
        ),
        migrations.AddField(
            model_name='publication',
            name='lapses_on',
            field=models.DateField(blank=True, null=True, verbose_name='有效期至'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='in_force_on',
            field=models.DateField(blank=True, null=True, verbose_name='施行之日'),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
