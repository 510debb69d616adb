"""Remedy: one reconsideration or one lawsuit about open government information, from acceptance to its end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest


class Remedy(models.Model):
    """One case against the agency. The agency's own caseload as an organ of reconsideration does not belong here.

    `request` is empty where the case is not about a request (say, about not publishing). Counted once a year in table
    four: decided in the year, or pending on 31 December. One written down by mistake is not deleted: `cancelled` says
    why, and it counts nowhere. `redo` is set where the request has to be handled anew, `redo_by` where a day was set.
    `early` says why it was accepted before what it is directed against: no answer came in time, no decision came.
    """

    class Track(models.TextChoices):
        """The three groups of table four."""

        RECONSIDERATION = "reconsideration", "行政复议"
        DIRECT = "litigation_direct", "未经复议直接起诉"
        AFTER = "litigation_after_reconsideration", "复议后起诉"

    class Result(models.TextChoices):
        """The three results of table four; one not yet decided is 尚未审结."""

        UPHELD = "upheld", "结果维持"
        CORRECTED = "corrected", "结果纠正"
        OTHER = "other", "其他结果"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="remedies")
    request = models.ForeignKey(
        InfoRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="remedies"
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="先行的复议",
    )
    track = models.CharField("类别", max_length=40, choices=Track.choices)
    organ = models.CharField("复议机关或者法院", max_length=100)
    number = models.CharField("案号", max_length=80)
    about = models.CharField("争议的事项", max_length=300)
    accepted_on = models.DateField("受理之日")
    early = models.CharField("先于答复或者复议决定的原因", max_length=200, blank=True)
    answer_by = models.DateField("答复书、答辩状最迟提交之日", null=True, blank=True)
    answered_on = models.DateField("答复书、答辩状提交之日", null=True, blank=True)
    decided_on = models.DateField("审结之日", null=True, blank=True)
    result = models.CharField("结果", max_length=12, choices=Result.choices, blank=True)
    decision = models.CharField("决定或者裁判的内容", max_length=500, blank=True)
    redo = models.BooleanField("要求重新办理", default=False)
    redo_by = models.DateField("重新办理的最后一天", null=True, blank=True)
    cancelled = models.CharField("作废的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "复议和诉讼"
        ordering: ClassVar = ["-accepted_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "organ", "number"],
                condition=Q(cancelled=""),
                name="remedy_number_once_an_organ",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, result="")
                | (Q(decided_on__gte=F("accepted_on")) & ~Q(result="")),
                name="decided_exactly_with_result",
            ),
            models.CheckConstraint(
                condition=Q(redo=True, decided_on__isnull=False) | Q(redo=False, redo_by__isnull=True),
                name="redo_ordered_by_a_decision",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-accepted_on"], name="remedy_by_agency"),
            models.Index(fields=["agency", "decided_on"], name="remedy_by_decision"),
            models.Index(
                fields=["answer_by"],
                condition=Q(answered_on__isnull=True, decided_on__isnull=True, cancelled=""),
                name="remedy_answer_owed",
            ),
        ]

    def __str__(self) -> str:
        return self.number
