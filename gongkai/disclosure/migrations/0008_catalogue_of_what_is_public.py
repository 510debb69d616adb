"""A publication says to what of articles 20 and 21 it belongs, from the text that was reviewed; an item begun from a
request knows the day that was proposed. The guard, put up anew after this, holds both, and clearings as it holds reviews."""

import json
from typing import Any

from django.db import migrations, models

_AT_ONCE = 500


def _fill(apps: Any, editor: Any) -> None:
    rows = apps.get_model("disclosure", "Publication").objects.order_by("pk").only("pk", "content")
    last = 0
    while lot := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = lot[-1].pk
        for row in lot:
            row.catalogue = json.loads(row.content).get("catalogue") or ""
        rows.bulk_update([row for row in lot if row.catalogue], ["catalogue"])


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0007_registers'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='converted_on',
            field=models.DateField(blank=True, null=True, verbose_name='提出转为主动公开之日'),
        ),
        migrations.AddField(
            model_name='publication',
            name='catalogue',
            field=models.CharField(blank=True, max_length=40, verbose_name='法定主动公开内容'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['agency', 'catalogue', 'column'], name='live_by_catalogue'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('converted_on__isnull', False)), fields=('request_id',), name='one_item_a_converted_request'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('converted_on__isnull', True), ('request_id__isnull', False), _connector='OR'), name='converted_from_a_request'),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
