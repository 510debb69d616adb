"""RequestEvent: what was done with a request, when, by whom; the source of its clock and of its ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.statute.states import act_label

from .request import InfoRequest

_TAKEN_OVER = "从旧台账导入"
"""No move of the law's table: the case was handled on paper, and only where it stood came here."""


class RequestEvent(models.Model):
    """One act. `on` is the day it counts for the law, `at` when it was entered. Never changed; deleted only with a number given by mistake.

    `act` is a slug of `statute.states.MOVES`; `data` holds what the act's own file put there (days of an extension,
    the points to clarify).
    """

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="events")
    serial = models.PositiveIntegerField("顺序")
    act = models.CharField("操作", max_length=40)
    from_state = models.CharField("办理前", max_length=24)
    to_state = models.CharField("办理后", max_length=24)
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    by = models.CharField("经办人", max_length=60)
    seat = models.CharField("岗位", max_length=200, blank=True)
    said = models.TextField("说明", blank=True)
    data = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering: ClassVar = ["request", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "serial"], name="event_serial_once_a_request")
        ]
        # The few among the many that a year's report asks for.
        indexes: ClassVar = [
            models.Index(fields=["request"], condition=Q(act="reopen"), name="event_reopened"),
            models.Index(fields=["request"], condition=Q(act="give_fee_notice"), name="event_fee_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.serial} {self.act}"

    @property
    def act_label(self) -> str:
        """The act in words, as the button says it."""
        if self.act == "send_back" and self.data.get("recalled"):
            return "拟稿人取回修改"
        return _TAKEN_OVER if self.act == "take_over" else act_label(self.act)
