"""InspectionRun: one self-inspection of an agency, how far it has come, what it found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency


class InspectionRun(models.Model):
    """One run over all that the agency has public. `stage` and `cursor` say where it goes on: whoever kills the process
    between two lots loses nothing. `left_out` names what was not looked at, and why."""

    class Kind(models.TextChoices):
        """What set it off."""

        NIGHT = "night", "每晚自动"
        ASKED = "asked", "人工发起"

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "等待开始"
        RUNNING = "running", "正在检查"
        DONE = "done", "已完成"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inspection_runs")
    kind = models.CharField("怎样发起", max_length=8, choices=Kind.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.CharField("谁发起的", max_length=60)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    stage = models.CharField("查到哪一步", max_length=16, blank=True)
    cursor = models.BigIntegerField("查到哪一条", default=0)
    done = models.PositiveIntegerField("已查多少", default=0)
    total = models.PositiveIntegerField("一共多少", default=0)
    found = models.PositiveIntegerField("发现的问题", default=0)
    new = models.PositiveIntegerField("新发现", default=0)
    closed = models.PositiveIntegerField("复查销号", default=0)
    left_out = models.JSONField("没有检查的", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自查"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency"], condition=~Q(state="done"), name="one_inspection_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False)
                | (~Q(state="done") & Q(finished_at__isnull=True)),
                name="inspections_done_have_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-id"], name="inspections_by_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.asked_at:%Y-%m-%d}"

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0
