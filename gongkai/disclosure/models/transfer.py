"""Transfer: a list of what was published, handed over to the archive or the public library (条例第二十五条)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile


class Transfer(models.Model):
    """One hand-over: which year's publications, to whom, on which day; `file` is the list as it was handed over,
    `last` the newest publication on it, so that the next list can begin after it."""

    class To(models.TextChoices):
        """Who must be given it."""

        ARCHIVE = "archive", "国家档案馆"
        LIBRARY = "library", "公共图书馆"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="transfers")
    year = models.PositiveSmallIntegerField("年度")
    to = models.CharField("移交给", max_length=8, choices=To.choices)
    receiver = models.CharField("接收单位和接收人", max_length=100)
    handed_on = models.DateField("移交之日")
    count = models.PositiveIntegerField("条数")
    last = models.BigIntegerField("到哪一次发布为止")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.CharField("经办人", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "移交"
        ordering: ClassVar = ["-handed_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-handed_on", "-id"], name="transfers_by_day")]

    def __str__(self) -> str:
        return f"{self.year}年移交{self.get_to_display()}"
