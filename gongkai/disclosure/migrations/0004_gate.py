"""What was public is public by its publication from here on, and the database guards the gate: gongkai/audit/triggers.py
puts the guard up when all migrations are through."""

from django.db import migrations, models

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
    ]
