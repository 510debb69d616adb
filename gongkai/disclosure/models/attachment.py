"""Attachment: a stored file that goes with an item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.files.models import StoredFile

from .item import Item


class Attachment(models.Model):
    """A file that goes with an item, under the name the public sees, in this order.

    `inline`: a picture that stands in the text and is not listed below it.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("附件名称", max_length=120)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    inline = models.BooleanField("正文中的图片", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "file"], name="file_once_an_item")]

    def __str__(self) -> str:
        return self.name
