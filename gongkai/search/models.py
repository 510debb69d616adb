"""Entry: what can be found; Part: its words. The index itself is made beside Part by the migration."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """A thing that can be found by those who may do `act` to things of this agency and section."""

    kind = models.CharField("类别", max_length=40)
    object_id = models.CharField("编号", max_length=60)
    agency_id = models.BigIntegerField("机关")
    section_id = models.BigIntegerField("股室", null=True, blank=True)
    act = models.CharField("看它要有的权限", max_length=40)
    title = models.CharField("标题", max_length=300)
    url = models.CharField("地址", max_length=300)
    day = models.DateField("日期", null=True, blank=True)
    text = models.TextField("文字", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object_id"], name="found_once")]
        indexes: ClassVar = [models.Index(fields=["agency_id", "act"], name="found_by_agency")]

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """Words of an entry: number 0 those of its title, the others those of its text."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField("次序")
    words = models.TextField("词")

    class Meta:
        verbose_name = verbose_name_plural = "检索词"
        ordering: ClassVar = ["id"]
