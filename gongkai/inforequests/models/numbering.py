"""The register: which number comes next in an agency and year, and every number ever given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency

from .request import InfoRequest

PATTERN = "{code}信公开〔{year}〕第{serial}号"
"""The usual form of a number; an office may have its own."""


class Register(models.Model):
    """An agency's register of one year: the last serial given. Its row is locked while a number is given."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registers")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已编到", default=0)
    pattern = models.CharField("编号样式", max_length=60, default=PATTERN)

    class Meta:
        verbose_name = verbose_name_plural = "登记簿"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_register_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


class RegisterNumber(models.Model):
    """A number once given: for a request, or cancelled with a reason. Kept for ever, never given twice."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("编号", max_length=60)
    request = models.OneToOneField(
        InfoRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="register_number"
    )
    cancelled_on = models.DateField("作废之日", null=True, blank=True)
    reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        ordering: ClassVar = ["register", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "serial"], name="serial_once_a_register"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(reason=""), name="cancelled_numbers_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number
