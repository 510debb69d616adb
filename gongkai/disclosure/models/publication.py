"""Publication: exactly what was reviewed, made public. All the public ever reads; never changed (guard.py)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile

from .column import Column
from .item import Item
from .review import ReviewSheet

NOT_YET = "not_yet"
"""What a document is before its day in force (尚未施行): beside the values of `Item.Validity`, which are those an office
says; this one follows from the day."""


class Publications(QuerySet["Publication"]):
    """Publications with what is asked of them again and again."""

    def live(self, now: datetime) -> Publications:
        """What the public reads: not replaced, not withdrawn, not past its end."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), ended_at__isnull=True)


class Publication(models.Model):
    """One version of an item, public from `published_at` until it ended. `content` is that of the passed sheet, and so
    is all the rest; the database refuses a row of which that is not true, and any change but that of the column it
    stands in and, once, of its end. `first_at` is the time the item was first published."""

    class Ended(models.TextChoices):
        """Why it is no longer public."""

        REPLACED = "replaced", "已有新版本"
        WITHDRAWN = "withdrawn", "已撤回"
        EXPIRED = "expired", "到期下线"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="publications")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="publications")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="publications")
    sheet = models.OneToOneField(ReviewSheet, on_delete=models.PROTECT, related_name="publication")
    version = models.PositiveSmallIntegerField("第几版")
    digest = models.CharField("内容摘要值", max_length=64)
    content = models.TextField("内容")
    title = models.CharField("标题", max_length=200)
    summary = models.CharField("内容概述", max_length=200, blank=True)
    index_number = models.CharField("索引号", max_length=60)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    subject = models.CharField("主题分类", max_length=60, blank=True)
    catalogue = models.CharField("法定主动公开内容", max_length=40, blank=True)
    formed_on = models.DateField("成文日期")
    validity = models.CharField("有效性", max_length=16, choices=Item.Validity.choices)
    in_force_on = models.DateField("施行之日", null=True, blank=True)
    ended_from = models.DateField("废止或者失效之日", null=True, blank=True)
    lapses_on = models.DateField("有效期至", null=True, blank=True)
    published_at = models.DateTimeField("发布时间")
    first_at = models.DateTimeField("首次发布时间")
    until = models.DateTimeField("到期下线", null=True, blank=True)
    published_by = models.CharField("发布人", max_length=60)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended = models.CharField("结束原因", max_length=10, choices=Ended.choices, blank=True)
    ended_reason = models.CharField("撤回的理由", max_length=500, blank=True)
    ended_by = models.CharField("撤回人", max_length=60, blank=True)

    objects = Publications.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布"
        ordering: ClassVar = ["-first_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["column", "-first_at", "-id"],
                condition=Q(ended_at__isnull=True),
                name="live_by_column",
            ),
            models.Index(
                fields=["agency", "-first_at", "-id"],
                condition=Q(ended_at__isnull=True),
                name="live_by_agency",
            ),
            models.Index(
                fields=["agency", "catalogue", "column"],
                condition=Q(ended_at__isnull=True),
                name="live_by_catalogue",
            ),
            models.Index(fields=["agency", "first_at"], name="publication_by_year"),
            models.Index(
                fields=["until"],
                condition=Q(ended_at__isnull=True, until__isnull=False),
                name="live_until",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at__isnull=True), name="one_live_publication_an_item"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="ended_publications_have_a_cause",
            ),
            models.CheckConstraint(
                condition=~Q(ended="withdrawn") | ~Q(ended_reason=""), name="withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page_number(self) -> int:
        """The number in the address of its public page, the same for all versions."""
        return self.item_id

    @property
    def is_public(self) -> bool:
        """True while it has not ended."""
        return self.ended_at is None and (self.until is None or self.until > timezone.now())

    @property
    def public_since(self) -> datetime:
        """When the item was first published."""
        return self.first_at

    @cached_property
    def told(self) -> dict[str, Any]:
        """All that was reviewed, as `content.content_of` names it."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def public_reason(self) -> str:
        """Why it was withdrawn, in the words the public reads now."""
        newest = self.wordings.order_by("-id").first()
        return newest.words if newest else self.ended_reason

    @property
    def html(self) -> str:
        """The text, cleaned before it was reviewed. Pictures and links to its files begin with `files/`."""
        return str(self.told["text"])

    @property
    def published_on(self) -> date:
        """The day the item was first published, in the agency's time."""
        return timezone.localtime(self.first_at).date()

    def validity_on(self, day: date) -> str:
        """Whether it holds on a day: one with an end of its validity lapses by itself, one that is repealed from a day
        to come holds until then; whichever is first. Before its day in force it is `NOT_YET`, unless it had ended
        before that day came."""
        last, then = self.holds_until
        if then != Item.Validity.VALID and (last is None or day > last):
            return then
        return NOT_YET if self.in_force_on is not None and day < self.in_force_on else Item.Validity.VALID

    @property
    def holds_until(self) -> tuple[date | None, str]:
        """The last day on which it holds, and what it is after that; without a day what it is at any time."""
        lapses, since = self.lapses_on, self.ended_from
        if self.validity == Item.Validity.VALID:
            return lapses, Item.Validity.LAPSED if lapses else Item.Validity.VALID
        if since is None:
            return None, self.validity
        if lapses and lapses < since:
            return lapses, Item.Validity.LAPSED
        return since - timedelta(days=1), self.validity


class PublicationFile(models.Model):
    """A file that is public with a publication: the one reviewed, by its digest. Never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("附件名称", max_length=120)
    order = models.PositiveSmallIntegerField("顺序")
    digest = models.CharField("内容摘要值", max_length=64)
    size = models.BigIntegerField("字节数")
    inline = models.BooleanField("正文中的图片", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "公开的附件"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "file"], name="file_once_a_publication")
        ]

    def __str__(self) -> str:
        return self.name


class NoticeWording(models.Model):
    """Other words for the reason the public reads in the place of a withdrawn item; the newest is shown."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="wordings")
    words = models.CharField("撤回的理由", max_length=500)
    by = models.CharField("改写的人", max_length=60)
    at = models.DateTimeField("改写时间")

    class Meta:
        verbose_name = verbose_name_plural = "撤回理由的改写"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.words
