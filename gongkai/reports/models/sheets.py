"""签批单: exactly one state of a report, handed in to be signed, and the signatures on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Person

from .year import ReportYear


class ReportSheet(models.Model):
    """One handing in: `snapshot` is the whole report as data, `digest` what every signature is bound to.

    `stages` are the acts still to be signed when it was handed in, in their order; `answers` what was said to the
    warnings that the checks found then. Nothing of it changes but its result, once (guard.py).
    """

    class Result(models.TextChoices):
        """How it ended."""

        OPEN = "open", "签批中"
        SIGNED = "signed", "已签批"
        SENT_BACK = "sent_back", "退回修改"
        RECALLED = "recalled", "经办人撤回"

    report = models.ForeignKey(ReportYear, on_delete=models.PROTECT, related_name="sheets")
    serial = models.PositiveSmallIntegerField("第几次送签")
    snapshot = models.JSONField("全文")
    digest = models.CharField("摘要值", max_length=64)
    stages = models.JSONField("签批环节")
    answers = models.JSONField("对提醒的说明", default=list)
    note = models.CharField("更正说明", max_length=500, blank=True)
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="送签人"
    )
    submitted_at = models.DateTimeField("送签时间")
    result = models.CharField("结果", max_length=10, choices=Result.choices, default=Result.OPEN)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_words = models.TextField("办结说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年报签批单"
        ordering: ClassVar = ["report", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "serial"], name="report_sheet_serial_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(result="open"), name="one_open_sheet_a_report"
            ),
            models.CheckConstraint(
                condition=Q(result="open", closed_at__isnull=True)
                | (~Q(result="open") & Q(closed_at__isnull=False)),
                name="closed_report_sheets_have_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(result="sent_back") | ~Q(closed_words=""), name="report_sent_back_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.serial}次送签"

    @property
    def agency_id(self) -> int:
        """Whose it is."""
        return self.report.agency_id

    @property
    def year(self) -> int:
        """Of which year: a successor finishes the last ones."""
        return self.report.year


class ReportSignature(models.Model):
    """What one person concluded of exactly this digest. One person signs a sheet once. Never changed."""

    sheet = models.ForeignKey(ReportSheet, on_delete=models.PROTECT, related_name="signatures")
    stage = models.PositiveSmallIntegerField("第几个环节")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    seat = models.CharField("岗位", max_length=200)
    agreed = models.BooleanField("同意")
    words = models.TextField("意见", blank=True)
    digest = models.CharField("摘要值", max_length=64)
    at = models.DateTimeField("签批时间")

    class Meta:
        verbose_name = verbose_name_plural = "年报签批意见"
        ordering: ClassVar = ["sheet", "stage"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "person"], name="one_report_signature_a_person"),
            models.UniqueConstraint(fields=["sheet", "stage"], name="one_report_signature_a_stage"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(words=""), name="report_return_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.name}"
