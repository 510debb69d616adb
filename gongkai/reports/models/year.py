"""ReportYear with its entered figures, its prose and its published versions."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency, Person


class ReportYear(models.Model):
    """The work on one agency's report of one year. What is public is a `ReportVersion`, never this."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField("年份")
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)
    archived_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归档人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "year"], name="one_report_a_year")]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年年报"


class EnteredFigure(models.Model):
    """A figure that no register here keeps: its value, where it comes from, who entered it and when."""

    report = models.ForeignKey(ReportYear, on_delete=models.CASCADE, related_name="entered")
    cell = models.CharField("表格位置", max_length=60)
    value = models.DecimalField("数值", max_digits=16, decimal_places=6)
    source = models.CharField("来源", max_length=200)
    reason = models.CharField("与统计不同的理由", max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("填报时间")

    class Meta:
        verbose_name = verbose_name_plural = "填报数"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "cell"], name="one_figure_a_cell"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="figure_not_negative"),
            models.CheckConstraint(condition=~models.Q(source=""), name="figure_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.cell}={self.number}"

    @property
    def number(self) -> int | Decimal:
        """The value as printed: a whole number where it is one."""
        value = Decimal(self.value)
        return int(value) if value == value.to_integral_value() else value.normalize()


class ProseBlock(models.Model):
    """A paragraph or local sub-heading of one of the six parts.

    `text` may hold marks such as {items} or {t2.penalties} that are filled with the figure when composing.
    With `composer` set and no `text`, the paragraph is composed from the year's facts; a `text` beside it is what a
    clerk made of that sentence, or answered to its question, and stands instead. `nothing`: answered with 没有.
    `about` is what the question is about, word for word (a problem of last year's report). `seen` is the paragraph as
    somebody last looked at it and found it right: its text and its figures, who and when.
    """

    report = models.ForeignKey(ReportYear, on_delete=models.CASCADE, related_name="prose")
    section = models.CharField("部分", max_length=20)
    order = models.PositiveSmallIntegerField("顺序")
    subheading = models.CharField("小标题", max_length=60, blank=True)
    composer = models.CharField("由数据生成", max_length=20, blank=True)
    text = models.TextField("文字", blank=True)
    nothing = models.BooleanField("回答“没有”", default=False)
    about = models.TextField("问的是", blank=True)
    seen = models.JSONField("核对时的内容", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年报文字"
        ordering: ClassVar = ["section", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "section", "order"], name="prose_in_order")
        ]

    def __str__(self) -> str:
        return self.subheading or self.text[:20]


class ReportVersion(models.Model):
    """A published report, frozen: the whole report as data with its digest. Never changed, only followed.

    `sheet` is what was signed, letter for letter (guard.py); versions of before there were sheets have none. `note`
    tells the public what a corrected version corrects.
    """

    report = models.ForeignKey(ReportYear, on_delete=models.PROTECT, related_name="versions")
    sheet = models.OneToOneField(
        "reports.ReportSheet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published",
        verbose_name="签批单",
    )
    number = models.PositiveSmallIntegerField("版次")
    snapshot = models.JSONField("全文")
    digest = models.CharField("摘要值", max_length=64)
    note = models.CharField("更正说明", max_length=500, blank=True)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "已发布版本"
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}版"
