"""What people wrote down of the inspection: the guide found right, the quarter's sheet as settled; and files read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency


class GuideCheck(models.Model):
    """Somebody called the numbers and read the address of the 指南: all is right (条例第十二条)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="guide_checks")
    on = models.DateField("核对之日")
    by = models.CharField("谁核对的", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "公开指南核对"
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-on"], name="guide_checks_by_day")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.on}"


class InspectionSheet(models.Model):
    """自查表 of a quarter as it was settled: what it says stays, whatever is found later."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inspection_sheets")
    year = models.PositiveSmallIntegerField("年")
    quarter = models.PositiveSmallIntegerField("季度")
    content = models.JSONField("内容")
    settled_by = models.CharField("谁定稿的", max_length=60)
    settled_at = models.DateTimeField("定稿时间")

    class Meta:
        verbose_name = verbose_name_plural = "季度自查表"
        ordering: ClassVar = ["-year", "-quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "quarter"], name="one_sheet_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="four_quarters"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}年第{self.quarter}季度"


class FileLook(models.Model):
    """What was found in a file's content with one state of the word list: reading takes seconds, and is done once.
    Nothing of what was found stands here but its kind, its place and the digest a clearing is bound to."""

    key = models.CharField("文件和词表的摘要值", max_length=64, unique=True)
    finds = models.JSONField("查出的", default=list)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "查过的附件"

    def __str__(self) -> str:
        return self.key
