"""Evaluation: what was found when an item that is not public was looked at again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .item import Item


class Evaluation(models.Model):
    """One yearly evaluation of what is withheld or given on request only (条例第十八条)."""

    class Result(models.TextChoices):
        """What follows, in the words of `statute.duties.EVALUATION`."""

        KEEP = "keep", "维持不公开"
        PROACTIVE = "proactive", "转为主动公开"
        ON_REQUEST = "on_request", "转为依申请公开"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evaluations")
    on = models.DateField("评估之日")
    result = models.CharField("结果", max_length=12, choices=Result.choices)
    reason = models.CharField("理由", max_length=500)
    by = models.CharField("评估人", max_length=60)
    next_on = models.DateField("下次评估之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "定期评估"
        ordering: ClassVar = ["item", "on", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.on}"
