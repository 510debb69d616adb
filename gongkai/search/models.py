"""Entry and Part: what staff can find, and its words; PublicEntry and PublicWords: the same for the public; ReadText: the
words of public files. The indexes themselves are made beside them by the migrations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Numbers(models.Field):  # type: ignore[type-arg]  # not subscriptable when it runs
    """An array of whole numbers on PostgreSQL; nothing is written elsewhere."""

    def db_type(self, connection: Any) -> str:
        """Its type in the database."""
        return "integer[]" if connection.vendor == "postgresql" else "text"


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


class PublicEntry(models.Model):
    """A thing the public may find. Its number is the time it was first published and then its own number, so that
    the newest have the greatest: lists need no sorting. `until`: from then on nobody finds it, whether or not the
    tick has been. `text` is shown around a hit; `head` (title and numbers) and `body` are what is compared, folded."""

    id = models.BigIntegerField("次序", primary_key=True)
    kind = models.CharField("类别", max_length=10)
    number = models.BigIntegerField("编号")
    page = models.CharField("页面编号", max_length=20)
    agency_id = models.BigIntegerField("机关")
    column_id = models.BigIntegerField("栏目", null=True, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    day = models.DateField("发布日期")
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    validity = models.CharField("有效性", max_length=16, blank=True)
    lapses_on = models.DateField("有效期至", null=True, blank=True)
    in_force_on = models.DateField("施行之日", null=True, blank=True)
    until = models.DateTimeField("到期下线", null=True, blank=True)
    title_key = models.CharField("标题（比对用）", max_length=300)
    document_key = models.CharField("发文字号（比对用）", max_length=80, blank=True)
    index_key = models.CharField("索引号（比对用）", max_length=80, blank=True)
    text = models.TextField("文字", blank=True)
    head = models.TextField("标题和编号（比对用）", blank=True)
    body = models.TextField("文字（比对用）", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公众检索条目"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="shown_once")]
        indexes: ClassVar = [
            models.Index(fields=["title_key"], name="shown_by_title"),
            models.Index(
                fields=["document_key"],
                include=["id"],
                condition=~Q(document_key=""),
                name="shown_by_document",
            ),
            models.Index(fields=["index_key"], condition=~Q(index_key=""), name="shown_by_index"),
            models.Index(fields=["agency_id", "-id"], name="shown_by_agency"),
            models.Index(fields=["column_id", "-id"], name="shown_by_column"),
        ]

    def __str__(self) -> str:
        return self.title


class PublicWords(models.Model):
    """The pairs of characters of a `PublicEntry`, as SQLite's index reads them."""

    entry = models.OneToOneField(
        PublicEntry, on_delete=models.CASCADE, primary_key=True, db_column="id", related_name="words"
    )
    title = models.TextField("标题的词")
    numbers = models.TextField("编号的词", blank=True)
    body = models.TextField("文字的词", blank=True)
    facets = models.TextField("类别的词", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公众检索词"


class PublicGrams(models.Model):
    """The pairs of characters of a `PublicEntry` as numbers, as PostgreSQL's index reads them."""

    entry = models.OneToOneField(
        PublicEntry, on_delete=models.CASCADE, primary_key=True, db_column="id", related_name="grams"
    )
    head = Numbers("标题和编号的词")
    everything = Numbers("所有的词")

    class Meta:
        verbose_name = verbose_name_plural = "公众检索词（PostgreSQL）"


class ReadText(models.Model):
    """The words of a public file, read once: reading a file takes seconds, and its content never changes."""

    key = models.CharField("文件", max_length=40, primary_key=True)
    text = models.TextField("文字", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件的文字"


class LookedThrough(models.Model):
    """How far the tick has looked through the things of a kind: `newest` is the greatest number it has seen, `cursor`
    the last one of the round that was begun, -1 when it is through."""

    name = models.CharField("哪一类", max_length=60, primary_key=True)
    newest = models.BigIntegerField("看过的最大编号", default=0)
    cursor = models.BigIntegerField("这一轮看到哪里", default=-1)
    begun_at = models.DateTimeField("这一轮开始时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索核对的进度"
