"""Amendment: what was written down wrongly when a request was registered, and what it was put right to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .request import InfoRequest


class Amendment(models.Model):
    """One correction of a registration. `changes` maps a field's name to its value before and after, as words; the
    number of the request never changes. Never changed itself; deleted only with a number given by mistake."""

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="amendments")
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    by = models.CharField("经办人", max_length=60)
    seat = models.CharField("岗位", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=200)
    changes = models.JSONField("改了什么", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "更正登记"
        ordering: ClassVar = ["request", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.on}"
