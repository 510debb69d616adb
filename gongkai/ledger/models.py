"""LedgerImport: an old ledger on its way to become cases, step by step; LedgerLine: one row of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency, Person
from gongkai.files.models import StoredFile
from gongkai.inforequests.models import InfoRequest

from .heads import FIELDS


class LedgerImport(models.Model):
    """One uploaded ledger. Every step is kept, so that it is gone on with after a break or a restart.

    `columns` says which column of the file is which of ours, by its place; `questions` which words a person must
    explain, `answers` what they mean; `done` is the last row of the file that was read; `counted` how many rows are good,
    wrong or there already, how many cases each year gets, and through which years cases ran.
    """

    class Step(models.TextChoices):
        """Where it stands: what the person, or the platform, does next."""

        COLUMNS = "columns", "对照栏目"
        READING = "reading", "正在读取"
        QUESTIONS = "questions", "回答问题"
        READY = "ready", "等待确认"
        WRITING = "writing", "正在导入"
        DONE = "done", "已导入"
        DROPPED = "dropped", "已放弃"
        UNDONE = "undone", "已撤销"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="ledger_imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    step = models.CharField("进度", max_length=12, choices=Step.choices, default=Step.COLUMNS)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    sheets = models.JSONField("文件里的工作表", default=list)
    head_row = models.PositiveIntegerField("表头在第几行", default=1)
    heads = models.JSONField("表头", default=list)
    sample = models.JSONField("前几行", default=list)
    columns = models.JSONField("栏目对照", default=dict)
    questions = models.JSONField("要问的", default=list)
    answers = models.JSONField("答案", default=dict)
    only_good = models.BooleanField("只导入没有问题的行", default=False)
    done = models.PositiveIntegerField("读到第几行", default=0)
    counted = models.JSONField("检查的结果", default=dict)
    imported = models.PositiveIntegerField("导入件数", default=0)
    problem = models.CharField("没有做成的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "旧台账导入"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="ledger_import_by_agency"),
            models.Index(fields=["step"], name="ledger_import_by_step"),
        ]

    def __str__(self) -> str:
        return f"旧台账导入 {self.pk}"


class LedgerLine(models.Model):
    """One row of the file. `texts` goes once the row has become a case: that has it all; what was wrong stays."""

    ledger = models.ForeignKey(LedgerImport, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField("行")
    texts = models.JSONField("各栏", default=dict)
    number = models.CharField("编号", max_length=200, blank=True)
    problems = models.JSONField("要改的", default=list)
    wrong = models.BooleanField("有问题", default=False)
    standing = models.ForeignKey(
        InfoRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    request = models.ForeignKey(
        InfoRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="ledger_lines"
    )

    class Meta:
        verbose_name = verbose_name_plural = "旧台账的行"
        ordering: ClassVar = ["ledger", "row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "row"], name="ledger_row_once_an_import")
        ]
        indexes: ClassVar = [
            models.Index(fields=["ledger", "wrong", "row"], name="ledger_line_by_trouble"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id} 第{self.row}行"

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is wrong, each with the name of its column."""
        return [(FIELDS.get(column, "整行"), said) for column, said in self.problems]
