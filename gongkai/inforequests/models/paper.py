"""CasePaper, CaseNote: what lies in the file of a case beside its letters (art. 45: 登记、审核、办理、答复、归档)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.files.models import StoredFile

from .request import InfoRequest


class CasePaper(models.Model):
    """A private file of a case: what it is, and the day it bears (the postmark of an envelope, the day of a call).

    `disclose`: material that goes out with the next answer. What went out is told by the decision that was served.
    A paper whose file was removed stays as a row and is shown no more.
    """

    class Kind(models.TextChoices):
        """What a paper is."""

        APPLICATION = "application", "申请表或者信件"
        ENVELOPE = "envelope", "信封（邮戳）"
        IDENTITY = "identity", "身份证明"
        AUTHORISATION = "authorisation", "授权委托书"
        SUPPLEMENT = "supplement", "申请人补充的材料"
        PHONE = "phone", "电话记录"
        OPINION = "opinion", "征求意见的回复"
        SEARCH = "search", "检索情况"
        MATERIAL = "material", "拟公开的材料"
        SERVICE = "service", "送达凭证"
        OTHER = "other", "其他"

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="papers")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="case_paper")
    kind = models.CharField("是什么", max_length=16, choices=Kind.choices)
    dated = models.DateField("材料的日期")
    about = models.CharField("说明", max_length=200, blank=True)
    disclose = models.BooleanField("随答复公开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "案卷材料"
        ordering: ClassVar = ["request", "dated", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.get_kind_display()}"

    @property
    def title(self) -> str:
        """What the paper is called: the words about it, or its kind."""
        return self.about or self.get_kind_display()


class CaseNote(models.Model):
    """A note of what was done or said in a case and is no act of its own. Never changed, never shown to requesters."""

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="notes")
    on = models.DateField("日期")
    text = models.TextField("内容")
    by = models.CharField("谁记的", max_length=60)
    seat = models.CharField("岗位", max_length=200, blank=True)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering: ClassVar = ["request", "on", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.on}"
