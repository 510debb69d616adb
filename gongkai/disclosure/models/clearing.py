"""Clearing: a reviewer's word that something found by the search may go out, bound to exactly what was found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Person

from .item import Item


class Clearing(models.Model):
    """One find of one item that may go out, and why. `bound` is the digest of the find with what it stands in: of a
    text the paragraph, of a file the whole file. Change that, and it is not cleared any more. Nothing of the find
    itself stands here."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="clearings")
    bound = models.CharField("内容摘要值", max_length=64)
    place = models.CharField("在哪里", max_length=200)
    label = models.CharField("是什么", max_length=30)
    reason = models.CharField("可以公开的理由", max_length=300)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    seat = models.CharField("岗位", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "查出内容的放行"
        ordering: ClassVar = ["item", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "bound"], name="find_cleared_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="clearings_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.place} {self.label}"
