"""Recount: after a new notice on days off every open case was counted anew; which ones moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .request import InfoRequest


class Recount(models.Model):
    """One counting anew. `mark` names the notices it was counted with, so that the same are counted once; `done_at` is
    empty while agencies are left."""

    mark = models.CharField(max_length=200, unique=True)
    why = models.CharField("根据", max_length=200)
    at = models.DateTimeField("时间")
    done_at = models.DateTimeField("算完的时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重新计算期限"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.why


class MovedCase(models.Model):
    """A case whose due day moved, or is no longer provisional."""

    recount = models.ForeignKey(Recount, on_delete=models.PROTECT, related_name="moved")
    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="moved")
    before = models.DateField("原来的期限", null=True)
    after = models.DateField("现在的期限", null=True)
    provisional = models.BooleanField("暂定", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "期限变动"
        ordering: ClassVar = ["-recount", "after", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recount", "request"], name="moved_once_a_recount")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.after}"
