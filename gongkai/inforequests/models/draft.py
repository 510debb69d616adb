"""What the public pages keep: a form being filled in, words from a requester, how often somebody tried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile

from .request import InfoRequest


class PortalDraft(models.Model):
    """A form that is being filled in online; gone when it was submitted, and after a day (个人信息保护法第十九条).

    Found by the token in the visitor's browser, of which only a keyed digest is kept. `sealed` holds what was typed,
    enciphered. Its files belong to it until the request takes them over.
    """

    token = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField("内容（加密）")
    started_at = models.DateTimeField("开始填写的时间")

    class Meta:
        verbose_name = verbose_name_plural = "没有提交的网上申请"
        indexes: ClassVar = [models.Index(fields=["started_at"], name="portal_draft_by_time")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.started_at:%Y-%m-%d %H:%M}"


class RequesterMessage(models.Model):
    """What a requester sent online about a request of theirs. It moves nothing: the clerk confirms it with the
    requester and then writes the act down (art. 31: what comes by internet counts from mutual confirmation)."""

    class Kind(models.TextChoices):
        """What it answers."""

        CLARIFICATION = "clarification", "补正"
        REASONS = "reasons", "说明理由"
        PAYMENT = "payment", "告知已缴费"

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField("类别", max_length=16, choices=Kind.choices)
    text = models.TextField("内容")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="附件"
    )
    sent_on = models.DateField("提交之日")
    sent_at = models.DateTimeField("提交时间")
    taken_on = models.DateField("确认之日", null=True, blank=True)
    taken_by = models.CharField("谁处理的", max_length=60, blank=True)
    set_aside = models.CharField("没有采用的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人网上提交的材料"
        ordering: ClassVar = ["request", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_on__isnull=True, taken_by="")
                | (Q(taken_on__isnull=False) & ~Q(taken_by="")),
                name="message_taken_by_somebody",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(taken_on__isnull=True), name="requester_message_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.get_kind_display()}"


class PortalTry(models.Model):
    """One try of a visitor, for the limits; `key` is a keyed digest of the address. Thrown away after two days."""

    what = models.CharField(max_length=12)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "公开栏目的访问计数"
        indexes: ClassVar = [
            models.Index(fields=["what", "key", "at"], name="portal_try_by_address"),
            models.Index(fields=["what", "agency", "at"], name="portal_try_by_agency"),
            models.Index(fields=["at"], name="portal_try_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
