"""Column: a place on the site where items stand; ColumnAddress: an address it bore before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency
from gongkai.statute.inspection import RULES, update_limit


class Column(models.Model):
    """A place on the site where items stand (栏目), in the tree of its agency.

    Name, description, keywords and type go into the page's meta tags (law.md §5.2). `limit_days`: after so many days
    (日历日) without a new item the column counts as not updated (国办秘函〔2019〕19号). `articles` are references to the law
    it serves, as `statute.refs.parse_ref` reads them. `routine`: its items go the short way of review.
    """

    class Kind(models.TextChoices):
        """What stands in it; the update limit follows from it unless the office sets another."""

        NEWS = "news", "动态要闻"
        NOTICES = "notices", "通知公告"
        POLICY = "policy", "政策文件"
        INTERPRETATION = "interpretation", "政策解读"
        CATALOGUE = "catalogue", "法定主动公开内容"
        SPECIAL = "special", "专栏"
        CONSULTATION = "consultation", "调查征集"
        GUIDE = "guide", "政府信息公开指南"
        RULES = "rules", "政府信息公开制度"
        REPORTS = "reports", "政府信息公开年报"
        ON_REQUEST = "on_request", "依申请公开"
        GENERAL = "general", "其他栏目"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="columns")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级栏目",
    )
    slug = models.SlugField("网址代号", max_length=40)
    name = models.CharField("栏目名称", max_length=60)
    kind = models.CharField("栏目类别", max_length=16, choices=Kind.choices, default=Kind.GENERAL)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    limit_days = models.PositiveSmallIntegerField("更新期限（天）", null=True, blank=True)
    routine = models.BooleanField("日常信息，走简易审查", default=False)
    description = models.CharField("栏目说明", max_length=200, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True)
    column_type = models.CharField("栏目类型", max_length=100, blank=True)
    articles = models.JSONField("依据的条款", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "slug"], name="column_slug_once_an_agency")
        ]

    def __str__(self) -> str:
        return self.name


LIMIT_DAYS: dict[str, int | None] = {
    **{kind: update_limit(kind) for kind in Column.Kind.values},
    Column.Kind.GUIDE: RULES["guide_unchecked"].limit("days").n,
}
"""Days after which a column of a kind counts as not updated, until the office sets another (law.md §5.3): two weeks
for news, half a year for what should be kept up, a year for the guide and what comes once a year."""


class ColumnAddress(models.Model):
    """An address a column bore before it was renamed or merged into this one: it leads here for ever."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField("原网址代号", max_length=40)
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="old_addresses")
    since = models.DateField("从哪一天起")

    class Meta:
        verbose_name = verbose_name_plural = "栏目的原网址"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "slug"], name="old_column_address_once")
        ]

    def __str__(self) -> str:
        return self.slug
