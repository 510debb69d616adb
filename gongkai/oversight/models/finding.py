"""Finding: something the self-inspection found, until a re-check finds it no more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Seat
from gongkai.tasks.models import Task

from .run import InspectionRun


class Finding(models.Model):
    """One thing against one rule (a slug of `statute.inspection.RULES`). `key` says what it is about, so that the same
    thing found again is the same finding. It is closed by a re-check alone, and opened again when it comes back;
    explained, it is accepted with a reason until a day. `item_id` is the public item concerned, if one is."""

    class State(models.TextChoices):
        """Whether something is to be done."""

        OPEN = "open", "待整改"
        EXPLAINED = "explained", "已说明理由"
        CLOSED = "closed", "已销号"

    class Gravity(models.IntegerChoices):
        """How grave it is, the gravest first."""

        VETO = 1, "单项否决"
        GRAVE = 2, "应当整改"
        SLIGHT = 3, "一般问题"
        HINT = 4, "提醒"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField("检查项目", max_length=32)
    key = models.CharField("标识", max_length=120)
    gravity = models.PositiveSmallIntegerField("轻重", choices=Gravity.choices)
    what = models.CharField("问题", max_length=300)
    where = models.CharField("在哪里", max_length=300, blank=True)
    url = models.CharField("到哪里改", max_length=300, blank=True)
    item_id = models.BigIntegerField("哪一条信息", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField("发现时间")
    seen_at = models.DateTimeField("最近一次查到")
    seen_run = models.ForeignKey(
        InspectionRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    times = models.PositiveSmallIntegerField("第几次出现", default=1)
    due_on = models.DateField("整改期限")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)
    reason = models.CharField("说明的理由", max_length=300, blank=True)
    explained_by = models.CharField("谁说明的", max_length=60, blank=True)
    handed = models.CharField("谁转来的，为什么", max_length=400, blank=True)
    explained_until = models.DateField("说明到哪一天有效", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自查发现的问题"
        ordering: ClassVar = ["gravity", "due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "rule", "key"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_findings_have_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="explained") | (~Q(reason="") & Q(explained_until__isnull=False)),
                name="explained_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "gravity", "due_on", "id"], name="findings_by_gravity"),
            models.Index(fields=["agency", "found_at"], name="findings_by_day"),
            models.Index(fields=["task"], condition=~Q(state="closed"), name="findings_by_task"),
            models.Index(fields=["seat"], condition=Q(state="open"), name="findings_by_seat"),
        ]

    def __str__(self) -> str:
        return self.what
