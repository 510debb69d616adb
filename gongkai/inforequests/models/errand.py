"""Errand: a section was asked to search for what a request wants, and what it answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Seat

from .request import InfoRequest


class Errand(models.Model):
    """交股室查找: a part of a case given to a seat, by a day. `search` is what it searched where, as in a decision:
    the answer's record of the search begins with it. The task on the seat's desk has the key `request-errand:<id>`.
    """

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="errands")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", verbose_name="交给谁办")
    about = models.TextField("请查找什么")
    due_on = models.DateField("请在哪一天前答复")
    given_on = models.DateField("交办之日")
    given_by = models.CharField("谁交办的", max_length=60)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    answered_by = models.CharField("谁答复的", max_length=60, blank=True)
    search = models.JSONField("检索记录", default=list)
    said = models.TextField("意见", blank=True)
    withdrawn_on = models.DateField("撤回之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "交股室查找"
        ordering: ClassVar = ["request", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by="")
                | (Q(answered_on__isnull=False) & ~Q(answered_by="")),
                name="errand_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.seat_id}"

    @property
    def agency_id(self) -> int:
        """Whose it is: the request's agency."""
        return self.request.agency_id

    @property
    def is_open(self) -> bool:
        """Neither answered nor taken back."""
        return self.answered_on is None and self.withdrawn_on is None
