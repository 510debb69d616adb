"""PublishedElsewhere: a year's report that was published before this platform was used, or beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency, Person


class PublishedElsewhere(models.Model):
    """Where and when the report of a year was published, as somebody of the agency says; nothing more is asked of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports_elsewhere")
    year = models.PositiveSmallIntegerField("年份")
    published_on = models.DateField("公布日期")
    url = models.URLField("网址", max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "在别处公布的年报"
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="published_elsewhere_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年年报（{self.url}）"
