"""Links that lead off the site: what came of asking each, and in which items it stands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency


class OutsideLink(models.Model):
    """One address elsewhere, called by the SHA-256 of it; asked at most once in so many days, for all agencies."""

    class Answer(models.TextChoices):
        """What came of it. What a program is refused, a reader may be shown: that is no dead link."""

        UNKNOWN = "", "还没有检查"
        GOOD = "good", "打得开"
        DEAD = "dead", "打不开"
        UNSURE = "unsure", "对方不让程序访问，要人工看"
        BARRED = "barred", "内部地址，不访问"

    digest = models.CharField("地址摘要值", max_length=64, unique=True)
    url = models.TextField("地址")
    host = models.CharField("主机", max_length=255)
    answer = models.CharField("结果", max_length=8, choices=Answer.choices, blank=True)
    status = models.PositiveSmallIntegerField("状态码", null=True, blank=True)
    said = models.CharField("说明", max_length=200, blank=True)
    asked_at = models.DateTimeField("检查时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "站外链接"
        indexes: ClassVar = [models.Index(fields=["asked_at", "id"], name="links_by_time")]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """An item in which a link stands, as of the last run over its agency."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(OutsideLink, on_delete=models.CASCADE, related_name="uses")
    item_id = models.BigIntegerField("哪一条信息")
    title = models.CharField("标题", max_length=200)
    words = models.CharField("链接文字", max_length=100, blank=True)
    run_id = models.BigIntegerField("哪一次自查")

    class Meta:
        verbose_name = verbose_name_plural = "站外链接在哪里"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "link", "item_id"], name="link_once_an_item")
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "run_id", "id"], name="link_uses_by_run")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.link_id}"


class SiteVisit(models.Model):
    """One visit to the agency's public front, as a citizen would pay it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="site_visits")
    at = models.DateTimeField("时间")
    opened = models.BooleanField("打开了")
    said = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "站点访问"
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-at"], name="visits_by_time"),
            models.Index(fields=["agency", "at"], condition=Q(opened=False), name="visits_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.at:%Y-%m-%d %H:%M}"
