"""InspectionLimit: a limit of a rule that an office has set stricter or looser than the national one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency


class InspectionLimit(models.Model):
    """`value` in place of the limit `name` of a rule (`statute.inspection.Rule.limits`), for the agency that set it and
    all under it; the nearest goes before. Earlier values stand in the trail."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="inspection_limits")
    rule = models.CharField("检查项目", max_length=32)
    name = models.CharField("限值", max_length=16)
    value = models.PositiveSmallIntegerField("改为")
    reason = models.CharField("为什么", max_length=200)
    by = models.CharField("谁改的", max_length=60)
    at = models.DateTimeField("什么时候改的")

    class Meta:
        verbose_name = verbose_name_plural = "自查限值"
        ordering: ClassVar = ["rule", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "rule", "name"], name="limit_set_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="limits_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.rule} {self.name} {self.value}"
