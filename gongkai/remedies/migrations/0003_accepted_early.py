"""Why a case was accepted before the answer was served, or a suit before the reconsideration was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("remedies", "0002_answers_redo_cancelled")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="remedy",
            name="early",
            field=models.CharField(blank=True, max_length=200, verbose_name="先于答复或者复议决定的原因"),
        ),
    ]
