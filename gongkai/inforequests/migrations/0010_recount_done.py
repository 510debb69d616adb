"""A counting anew says when it was done; those before were done in one go."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models


def all_done(apps: Any, schema_editor: Any) -> None:
    """What was counted before had been finished when it was written down."""
    recount = apps.get_model("inforequests", "Recount")
    recount.objects.filter(done_at__isnull=True).update(done_at=models.F("at"))


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("inforequests", "0009_errands_conversions_recounts")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="recount",
            name="done_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="算完的时间"),
        ),
        migrations.RunPython(all_done, migrations.RunPython.noop),
    ]
