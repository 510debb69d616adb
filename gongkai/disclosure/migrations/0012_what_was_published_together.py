"""Relations as publications have them, from their content; the day on which something was found to be public unasked."""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


_AT_ONCE = 500


def _fill(apps: Any, editor: Any) -> None:
    publication, related = (apps.get_model("disclosure", n) for n in ("Publication", "PublishedRelation"))
    item = apps.get_model("disclosure", "Item")
    rows, last = publication.objects.filter(ended_at__isnull=True).order_by("pk").only("pk", "content"), 0
    while lot := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = lot[-1].pk
        told = [(row.pk, kind, to) for row in lot for kind, to in json.loads(row.content).get("relations", [])]
        there = set(item.objects.filter(pk__in={to for _, _, to in told}).values_list("pk", flat=True))
        related.objects.bulk_create(
            related(publication_id=pk, kind=kind, to_id=to) for pk, kind, to in told if to in there
        )


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0011_days_in_force'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='disclosable_on',
            field=models.DateField(blank=True, null=True, verbose_name='转为主动公开之日'),
        ),
        migrations.CreateModel(
            name='PublishedRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interprets', '解读'), ('form_of', '附表、表格'), ('replaces', '代替'), ('repeals', '废止'), ('clarifies', '澄清'), ('see_also', '相关')], max_length=12, verbose_name='关系')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_as_published', to='disclosure.publication')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disclosure.item')),
            ],
            options={
                'verbose_name': '公开的相关信息',
                'verbose_name_plural': '公开的相关信息',
                'ordering': ['id'],
            },
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
    ]
