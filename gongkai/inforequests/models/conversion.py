"""Conversion: information asked for is to be published for all (转为主动公开, art. 44)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency

from .request import InfoRequest


class Conversion(models.Model):
    """A proposal to publish what a request asked for, and what became of it.

    `item` names the published item that took it over, as its room calls it; `url` leads there.
    """

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", "待处理"
        TAKEN_OVER = "taken_over", "已转为主动公开"
        DECLINED = "declined", "不转为主动公开"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(InfoRequest, on_delete=models.PROTECT, related_name="conversion")
    what = models.CharField("公开什么信息", max_length=200)
    reason = models.TextField("为什么")
    asked_by_requester = models.BooleanField("申请人建议", default=False)
    state = models.CharField("处理情况", max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_on = models.DateField("提出之日")
    proposed_by = models.CharField("谁提出的", max_length=60)
    decided_on = models.DateField("处理之日", null=True, blank=True)
    decided_by = models.CharField("谁处理的", max_length=60, blank=True)
    why_not = models.TextField("不转的理由", blank=True)
    item = models.CharField("公开在哪里", max_length=200, blank=True)
    url = models.CharField("地址", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "转为主动公开"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "state", "-id"], name="conversion_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="proposed", decided_on__isnull=True)
                | Q(state="taken_over", decided_on__isnull=False) & ~Q(item="")
                | Q(state="declined", decided_on__isnull=False) & ~Q(why_not=""),
                name="conversion_decided_with_words",
            )
        ]

    def __str__(self) -> str:
        return self.what
