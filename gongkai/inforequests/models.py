"""InfoRequest: one registered request (件)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency


class InfoRequest(models.Model):
    """One registered request. `received_on` is the legal day of receipt (art. 31); `outcome` a row of table three."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inforequests")
    number = models.CharField("依申请公开编号", max_length=60)
    requester_kind = models.CharField("申请人类别", max_length=20)
    applicant = models.CharField("申请人", max_length=100)
    channel = models.CharField("申请渠道", max_length=20)
    submitted_on = models.DateField("申请时间", null=True, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    content = models.TextField("申请内容")
    obtain = models.CharField("信息获取方式", max_length=60, blank=True)
    state = models.CharField("处理状态", max_length=20)
    closed_on = models.DateField("答复时间", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    publication = models.CharField("发布状态", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        ordering: ClassVar = ["received_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="request_number_once_an_agency"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, outcome="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(outcome="")),
                name="closed_exactly_with_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "received_on"], name="request_by_receipt"),
        ]

    def __str__(self) -> str:
        return self.number
