"""StoredFile: what is known of a private file; its content lies enciphered in the file store."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from gongkai.agencies.models import Agency, Section


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
