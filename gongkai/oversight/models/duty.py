"""Duties of the year: what an office adds or sets earlier, who is in charge, what was ticked by hand."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Kind, Seat


class LocalDuty(models.Model):
    """A duty that an office adds to those of the law, on a day of every year or of one year, for itself and, with
    `below`, for all agencies under it. One that is no more has `ended_at`: the years before keep it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="local_duties")
    title = models.CharField("要做的事", max_length=60)
    does = models.CharField("怎样做", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=200)
    month = models.PositiveSmallIntegerField("月")
    day = models.PositiveSmallIntegerField("日")
    year = models.PositiveSmallIntegerField("只在哪一年", null=True, blank=True)
    since = models.PositiveSmallIntegerField("从哪一年起")
    kind = models.CharField("由谁办理", max_length=20, choices=Kind.choices)
    below = models.BooleanField("下级机关也要做", default=False)
    by = models.CharField("谁增加的", max_length=60)
    at = models.DateTimeField("什么时候增加的")
    ended_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "本地年度工作"
        ordering: ClassVar = ["month", "day", "id"]
        indexes: ClassVar = [
            models.Index(fields=["agency"], condition=Q(ended_at__isnull=True), name="local_duties_standing")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)), name="local_duties_have_a_day"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(basis=""), name="local_duties_have_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The key under which it stands in the calendar."""
        return f"local-{self.pk}"


class DutySetting(models.Model):
    """How many working days earlier a duty is to be done, for the agency that says so and all under it; the nearest
    one goes before. Never later than the law."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="duty_settings")
    key = models.CharField("哪一项", max_length=32)
    ahead = models.PositiveSmallIntegerField("提前多少个工作日")
    reason = models.CharField("依据", max_length=200)
    by = models.CharField("谁改的", max_length=60)
    at = models.DateTimeField("什么时候改的")

    class Meta:
        verbose_name = verbose_name_plural = "年度工作提前的天数"
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "key"], name="duty_set_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="duty_settings_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.key} {self.ahead}"


class DutyOwner(models.Model):
    """Which seat of the agency is in charge of a duty, where that is another one than usual."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="duty_owners")
    key = models.CharField("哪一项", max_length=32)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="duties")
    by = models.CharField("谁定的", max_length=60)
    at = models.DateTimeField("什么时候定的")

    class Meta:
        verbose_name = verbose_name_plural = "年度工作由谁办理"
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "key"], name="duty_owner_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.key}"


class DutyTick(models.Model):
    """A duty of a year, or a part of it, said to be done by somebody, with a note of how."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duty_ticks")
    key = models.CharField("哪一项", max_length=32)
    year = models.PositiveSmallIntegerField("年")
    part = models.PositiveSmallIntegerField("第几次", default=0)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("办理情况", max_length=200)
    on = models.DateField("登记之日")
    by = models.CharField("谁登记的", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度工作办理情况"
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "key", "year", "part"], name="duty_ticked_once"),
            models.CheckConstraint(condition=~Q(note=""), name="duty_ticks_have_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"
