"""What is settled on the way to a report: last year's figures, the steps confirmed, what is said to a warning, and
the handing in to the office above."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Person
from gongkai.files.models import StoredFile

from .year import ReportVersion, ReportYear


class LastYear(models.Model):
    """Last year's report as this year's is compared with it: read from a file or typed in. Where the report of last
    year is published on this platform, that one stands unless something else was brought in here."""

    class How(models.TextChoices):
        """Where it comes from."""

        FILE = "file", "从文件读取"
        TYPED = "typed", "手工录入"

    report = models.OneToOneField(ReportYear, on_delete=models.CASCADE, related_name="last_year")
    how = models.CharField("来源", max_length=10, choices=How.choices)
    snapshot = models.JSONField("上年年报")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    source = models.CharField("来源说明", max_length=200)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "上年年报"

    def __str__(self) -> str:
        return f"{self.report} 上年"


class StepMark(models.Model):
    """A step that somebody confirmed: `seen` is the digest of what was on the page, so that it counts only while that
    is still so. Each confirmation is a row of its own; the newest counts."""

    class Step(models.TextChoices):
        """Which step."""

        REGISTERS = "registers", "收尾登记"
        OPENING = "opening", "核对上年结转"

    report = models.ForeignKey(ReportYear, on_delete=models.CASCADE, related_name="marks")
    step = models.CharField("步骤", max_length=12, choices=Step.choices)
    seen = models.CharField("看到的内容的摘要值", max_length=64)
    words = models.CharField("说明", max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = verbose_name_plural = "步骤确认"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.report} {self.get_step_display()}"


class FindingAnswer(models.Model):
    """What the clerk says to a warning: bound by `key` to exactly this finding, so that it lapses when the finding says
    something else."""

    report = models.ForeignKey(ReportYear, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField("检查结果的摘要值", max_length=64)
    code = models.CharField("检查编号", max_length=10)
    message = models.TextField("检查结果")
    words = models.CharField("说明", max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = verbose_name_plural = "对提醒的说明"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "key"], name="one_answer_a_finding"),
            models.CheckConstraint(condition=~Q(words=""), name="answer_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.code}"


class Submission(models.Model):
    """报送: a published version handed in to the office above, with the receipt. Never changed; a corrected version is
    handed in anew."""

    report = models.ForeignKey(ReportYear, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="submissions")
    organ = models.CharField("报送给", max_length=100)
    on = models.DateField("报送日期")
    way = models.CharField("报送方式", max_length=60)
    receipt_number = models.CharField("回执编号", max_length=60, blank=True)
    received_by = models.CharField("接收人", max_length=60, blank=True)
    received_on = models.DateField("接收日期", null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "年报报送"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | ~Q(received_by=""), name="receipt_names_who_took_it"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.organ}"
