"""索引号: which comes next in an agency and year, and every one ever given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency

from .item import Item


class IndexRegister(models.Model):
    """An agency's index numbers of one year: the last serial given. Its row is locked while a number is given."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已编到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "索引号登记"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_index_register_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}"


class IndexNumber(models.Model):
    """An index number once given: kept for ever, never given twice, also when its draft was thrown away."""

    register = models.ForeignKey(IndexRegister, on_delete=models.PROTECT, related_name="numbers")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("索引号", max_length=60, unique=True)
    item = models.OneToOneField(
        Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="given_number"
    )
    void_on = models.DateField("作废之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "索引号"
        ordering: ClassVar = ["register", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "serial"], name="index_serial_once_a_register")
        ]

    def __str__(self) -> str:
        return self.number
