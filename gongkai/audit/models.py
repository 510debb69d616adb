"""Entry: one line of the trail. The database itself refuses to change or delete one (gongkai/audit/guard.py)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """What was done. Names are kept as words, not as links: an entry says the same for ever.

    `number` has no gaps; `digest` is the SM3 digest of `previous` and of every other field (gongkai/audit/chain.py).
    """

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    person_id = models.BigIntegerField("人员编号", null=True)
    person_name = models.CharField("人员", max_length=60)
    seat = models.CharField("岗位", max_length=200, blank=True)
    agency_id = models.BigIntegerField("机关编号", null=True)
    act = models.CharField("操作", max_length=60)
    label = models.CharField("操作名称", max_length=100)
    object_kind = models.CharField("对象类别", max_length=60, blank=True)
    object_id = models.CharField("对象编号", max_length=60, blank=True)
    object_name = models.CharField("对象", max_length=200, blank=True)
    result = models.CharField("结果", max_length=20)
    address = models.CharField("来源地址", max_length=60, blank=True)
    detail = models.TextField("说明")
    previous = models.CharField("前一条的摘要值", max_length=64)
    digest = models.CharField("摘要值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "number"], name="entry_by_agency"),
            models.Index(fields=["person_id", "number"], name="entry_by_person"),
            models.Index(fields=["act", "number"], name="entry_by_act"),
            models.Index(fields=["object_kind", "object_id", "number"], name="entry_by_object"),
            models.Index(fields=["at"], name="entry_by_time"),
            models.Index(fields=["person_name", "number"], name="entry_by_name"),
            models.Index(fields=["address", "number"], name="entry_by_address"),
            models.Index(fields=["number"], condition=~Q(result="done"), name="entry_not_done"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class Checkpoint(models.Model):
    """How far the trail reached and with which digest; kept beside the trail so that a tail cut off is noticed.

    `retired`: the entries up to here were written to a file and may leave the table (gongkai/audit/guard.py).
    """

    number = models.BigIntegerField("到第几条")
    digest = models.CharField("该条的摘要值", max_length=64)
    made_at = models.DateTimeField("时间")
    retired = models.BooleanField("已移出", default=False)
    file_name = models.CharField("文件", max_length=200, blank=True)
    file_digest = models.CharField("文件的摘要值", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计检查点"
        ordering: ClassVar = ["number", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(retired=False) | ~Q(file_digest=""), name="retired_entries_are_in_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 条"
