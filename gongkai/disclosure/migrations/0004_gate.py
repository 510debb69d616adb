"""What was public is public by its publication from here on, and the database guards the gate."""

from typing import Any

from django.db import migrations, models

from gongkai.disclosure.guard import put_up, take_down


def _put_up(apps: Any, editor: Any) -> None:
    for statement in put_up(editor.connection.vendor):
        editor.execute(statement, params=None)


def _take_down(apps: Any, editor: Any) -> None:
    for statement in take_down(editor.connection.vendor):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0003_carry_items'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='item',
            name='item_by_column',
        ),
        migrations.RemoveIndex(
            model_name='item',
            name='item_by_agency',
        ),
        migrations.RemoveField(
            model_name='item',
            name='is_public',
        ),
        migrations.RemoveField(
            model_name='item',
            name='published_at',
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['column', '-formed_on', '-id'], name='item_by_column'),
        ),
        migrations.RunPython(_put_up, _take_down),
    ]
