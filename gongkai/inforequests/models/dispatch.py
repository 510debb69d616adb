"""Dispatch: one sending of a letter, with what proves it; a letter that came back is sent anew as another one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.files.models import StoredFile
from gongkai.statute.service import WAYS

from .letter import Letter


class Dispatch(models.Model):
    """A letter handed over, posted or sent (寄发、送达). `answered_on` is the day that counts (国办公开办函〔2016〕235号).

    `sent_on` is the day of posting, handing over or sending; `signed_for_on` and `signed_by` tell who took it when;
    `proof` is a picture or PDF of the receipt. One that came back has `returned_on` with the reason.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    way = models.CharField("送达方式", max_length=20, choices=[(w.slug, w.label) for w in WAYS])
    sent_on = models.DateField("寄出或者交出之日")
    answered_on = models.DateField("算作答复之日")
    mail_number = models.CharField("邮件号码", max_length=60, blank=True)
    consent = models.CharField("申请人同意的依据", max_length=200, blank=True)
    signed_for_on = models.DateField("签收之日", null=True, blank=True)
    signed_by = models.CharField("谁签收的", max_length=60, blank=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_on = models.DateField("退回之日", null=True, blank=True)
    return_reason = models.CharField("退回的原因", max_length=200, blank=True)
    entered_by = models.CharField("谁登记的", max_length=60)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "寄发记录"
        ordering: ClassVar = ["letter", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, return_reason="")
                | (Q(returned_on__isnull=False) & ~Q(return_reason="")),
                name="dispatch_returned_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(returned_on__isnull=True), name="one_dispatch_under_way"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["sent_on"], name="dispatch_by_day")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.sent_on}"
