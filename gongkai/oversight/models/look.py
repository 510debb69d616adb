"""ReportLook: what the checks find in a published report, kept so that the board of an office need not check again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.reports.models import ReportVersion


class ReportLook(models.Model):
    """One look at one published version, which never changes: `wrong` is what does not agree in it, in sentences."""

    version = models.OneToOneField(ReportVersion, on_delete=models.CASCADE, related_name="look")
    wrong = models.JSONField("不对的地方", default=list)
    before_id = models.BigIntegerField("与哪一版上年年报比较", null=True, blank=True)
    at = models.DateTimeField("核对时间")

    class Meta:
        verbose_name = verbose_name_plural = "年报核对"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.version_id} {len(self.wrong)}"
