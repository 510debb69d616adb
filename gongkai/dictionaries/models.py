"""Word and HolidayNotice: what the system administrator keeps for all agencies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency


class Word(models.Model):
    """One word of one list. None is ever deleted: old records may bear it; one no longer offered is not in use."""

    class Kind(models.TextChoices):
        """The lists."""

        WAY = "way", "公开方式"
        CARRIER = "carrier", "信息载体"
        SERVICE = "service", "送达方式"
        FORM = "form", "提供形式"
        OBTAINING = "obtaining", "获取方式"
        TASK = "task", "交办类别"
        SLIP = "slip", "错敏词"
        SYNONYM = "synonym", "同义词"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    word = models.CharField("词", max_length=60)
    order = models.PositiveSmallIntegerField("顺序", default=100, help_text="数字小的排在前面。")
    in_use = models.BooleanField(
        "在用", default=True, help_text="不再用的词去掉这个勾：表单里不再出现，以前的记录不变。"
    )
    instead = models.CharField(
        "应当写", max_length=60, blank=True, help_text="只对错敏词：应当改成什么。没有固定改法的留空。"
    )
    note = models.CharField(
        "说明",
        max_length=200,
        blank=True,
        help_text="这个词怎么用；错敏词写为什么不能这样写；同义词写意思相同的词，用顿号隔开。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "词表"
        ordering: ClassVar = ["kind", "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "word"],
                name="word_once_a_kind",
                violation_error_message="这个类别里已经有这个词，不用再加。要重新启用，请打开原来那一条。",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "order", "id"], name="word_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.word}"


class OfficeWord(models.Model):
    """A word that one office does not want to see in what it publishes: a wrong title, a wrong name, a slip of its own.
    It goes before the site's entry for the same word."""

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="office_words", verbose_name="机关"
    )
    word = models.CharField("不该出现的词", max_length=60)
    instead = models.CharField("应当写", max_length=60, blank=True)
    blocks = models.BooleanField("出现了就不能公开", default=False)
    note = models.CharField("说明", max_length=200, blank=True)
    in_use = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "本机关错敏词"
        ordering: ClassVar = ["-in_use", "word"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "word"], name="office_word_once")]

    def __str__(self) -> str:
        return self.word


class HolidayNotice(models.Model):
    """The State Council office's notice on a year's days off, as entered here. Never changed: a better one is
    imported after it, and of one year the newest counts. `content` is the table of gongkai/statute/notices."""

    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("通知文号", max_length=120)
    content = models.TextField("放假日和上班日")
    imported_by = models.CharField("录入人", max_length=60)
    imported_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["year", "-id"], name="notice_by_year")]

    def __str__(self) -> str:
        return f"{self.year}年放假安排（{self.number}）"
