from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """When an agency put away the list of its first week."""

    dependencies: ClassVar = [("agencies", "0005_seat_guard")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="agency",
            name="welcomed_on",
            field=models.DateField(blank=True, null=True, verbose_name="收起第一周清单之日"),
        ),
    ]
