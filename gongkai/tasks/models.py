"""Task: something a seat has been given to do, with its day and its reason."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Seat


class Task(models.Model):
    """A task of a seat. Whoever holds the seat or stands in for it sees it; it goes along with the seat.

    Open while `done_at` is empty. One that was taken back has `withdrawn`, and who did so and why in `done_by` and
    `result`. `giver_id` is the number of the person who gave it, empty for the platform; as in the trail it is kept
    as a number, and the name as it then was.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tasks", null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tasks")
    key = models.CharField("标识", max_length=200, unique=True)
    title = models.CharField("要做的事", max_length=200)
    why = models.CharField("为什么", max_length=300, blank=True)
    url = models.CharField("到哪里做", max_length=300, blank=True)
    due_on = models.DateField("最迟哪一天", null=True, blank=True)
    given_by = models.CharField("谁交办的", max_length=60, blank=True)
    giver_id = models.BigIntegerField("交办人编号", null=True, blank=True)
    given_at = models.DateTimeField("交办时间")
    done_at = models.DateTimeField("办完时间", null=True, blank=True)
    done_by = models.CharField("谁办完的", max_length=60, blank=True)
    result = models.CharField("办理结果", max_length=300, blank=True)
    withdrawn = models.BooleanField("已撤回", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering: ClassVar = [models.F("due_on").asc(nulls_last=True), "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["seat", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_seat"
            ),
            models.Index(fields=["agency", "-id"], name="task_by_agency"),
            models.Index(
                fields=["giver_id", "agency"], condition=Q(done_at__isnull=True), name="task_open_by_giver"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JobRun(models.Model):
    """When a job of the tick ran last and is due next; `lease` says which process is running it now.

    A process that dies while it runs a job leaves a lease that runs out: then the job is due again.
    """

    name = models.CharField("名称", max_length=60, unique=True)
    next_at = models.DateTimeField("下一次")
    lease = models.CharField("正在运行的程序", max_length=32, blank=True)
    leased_until = models.DateTimeField("占用到什么时候", null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    result = models.CharField("结果", max_length=300, blank=True)
    failed = models.BooleanField("出错", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "定时任务"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
