"""StoredFile: what is known of a private file; its content lies enciphered in the file store."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency, Seat, Section


class StoredFile(models.Model):
    """A private file of an agency. `name` is for people only; on disk the file is called by its number."""

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="files")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    owner_kind = models.CharField("所属类别", max_length=60, blank=True)
    owner_id = models.CharField("所属编号", max_length=60, blank=True)
    name = models.CharField("文件名", max_length=200)
    ending = models.CharField("扩展名", max_length=12)
    content_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("字节数")
    digest = models.CharField("内容摘要值", max_length=64)
    cipher = models.CharField("加密方式", max_length=12)
    key_id = models.CharField("密钥编号", max_length=32)
    marks_note = models.CharField("未能检查密级标志的原因", max_length=300, blank=True)
    confirmed_by = models.CharField("谁确认没有国家秘密", max_length=60, blank=True)
    added_at = models.DateTimeField("上传时间")
    added_by = models.CharField("上传人", max_length=60)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering: ClassVar = ["-added_at"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-added_at"], name="file_by_agency"),
            models.Index(fields=["owner_kind", "owner_id"], name="file_by_owner"),
            models.Index(fields=["key_id"], name="file_by_key"),
        ]

    def __str__(self) -> str:
        return self.name


class Redaction(models.Model):
    """The checking and redacting of one file: the original stays private, the clean copy is tied to it here.

    `marks` holds numbers only (places, boxes, keys of finds): nothing of the file's text stands in the database.
    `seat` is the seat that sent in a file of its own draft; whoever holds it goes on with this one.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="redactions")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送检的岗位"
    )
    original = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="redaction")
    copy = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="copied_from"
    )
    marks = models.JSONField("标记", default=dict, blank=True)
    reason = models.CharField("留下的理由", max_length=300, blank=True)
    left = models.PositiveIntegerField("留下几处", default=0)
    places = models.PositiveIntegerField("遮盖几处", default=0)
    begun_at = models.DateTimeField("开始时间")
    begun_by = models.CharField("谁上传", max_length=60)
    made_at = models.DateTimeField("生成时间", null=True, blank=True)
    made_by = models.CharField("谁生成", max_length=60, blank=True)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件遮盖"
        ordering: ClassVar = ["-begun_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-begun_at"], name="redaction_by_agency")]

    def __str__(self) -> str:
        return f"遮盖：{self.original.name}"
