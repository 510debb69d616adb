"""Column and Item: where published information stands, and one piece of it with its catalogue metadata."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from gongkai.agencies.models import Agency


class Column(models.Model):
    """A place on the site where items stand (栏目); its texts go into the page's meta tags (law.md §5.2)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="columns")
    slug = models.SlugField("网址代号", max_length=40)
    name = models.CharField("栏目名称", max_length=60)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    description = models.CharField("栏目说明", max_length=200, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "slug"], name="column_slug_once_an_agency")
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One piece of published information with the catalogue metadata of art. 12 (索引、名称、内容概述、生成日期)."""

    class Validity(models.TextChoices):
        """Whether the item still holds."""

        VALID = "valid", "有效"
        REPEALED = "repealed", "废止"
        LAPSED = "lapsed", "失效"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="items")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="items")
    title = models.CharField("标题", max_length=200)
    summary = models.CharField("内容概述", max_length=200, blank=True)
    text = models.TextField("正文", blank=True)
    subject = models.CharField("主题分类", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=60, unique=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期")
    published_at = models.DateTimeField("发布日期")
    validity = models.CharField("有效性", max_length=16, choices=Validity.choices, default=Validity.VALID)
    is_public = models.BooleanField("已公开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "公开信息"
        ordering: ClassVar = ["-published_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["column", "is_public", "-published_at"], name="item_by_column"),
            models.Index(fields=["agency", "is_public", "-published_at"], name="item_by_agency"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def published_on(self) -> date:
        """The day of publication in the agency's time."""
        return timezone.localtime(self.published_at).date()
