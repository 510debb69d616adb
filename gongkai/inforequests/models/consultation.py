"""Consultation: to whom a request was put, until when an opinion is awaited, what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .request import InfoRequest


class Consultation(models.Model):
    """A third party (art. 32), another agency (art. 33) or a joint maker (art. 34) asked for its opinion.

    The days after `sent_on` up to `ended_on` are not counted, but none after the fifteenth working day from
    `reached_on`; `ended_on` is empty while it is open.
    """

    class Whom(models.TextChoices):
        """Who is asked; silence means something else for each."""

        THIRD_PARTY = "third_party", "第三方"
        AGENCY = "agency", "其他机关"
        JOINT_MAKER = "joint_maker", "共同制作机关"

    class Opinion(models.TextChoices):
        """What was answered."""

        AGREES = "agrees", "同意公开"
        OBJECTS = "objects", "不同意公开"
        SILENT = "silent", "逾期没有答复"

    request = models.ForeignKey(InfoRequest, on_delete=models.PROTECT, related_name="consultations")
    whom = models.CharField("征求对象", max_length=16, choices=Whom.choices)
    name = models.CharField("名称", max_length=100)
    address = models.CharField("地址", max_length=200, blank=True)
    about = models.TextField("征求意见的内容")
    sent_on = models.DateField("发出之日")
    reached_on = models.DateField("对方收到之日", null=True, blank=True)
    answer_by = models.DateField("请在哪一天前答复", null=True, blank=True)
    ended_on = models.DateField("收到意见或者期限届满之日", null=True, blank=True)
    opinion = models.CharField("意见", max_length=8, choices=Opinion.choices, blank=True)
    grounds = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        ordering: ClassVar = ["sent_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, opinion="")
                | (Q(ended_on__gte=F("sent_on")) & ~Q(opinion="")),
                name="consultation_ends_with_an_opinion",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.name}"
