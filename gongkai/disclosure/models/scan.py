"""FileScan: what the search for leaks found in a stored file, kept so that no act reads the file while it holds rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.files.models import StoredFile


class FileScan(models.Model):
    """The finds of one file, without what was found: places, kinds, and what a clearing is bound to.

    They hold for exactly this content under this name, these words and these rules: another list of words or another
    version of the search, and the file counts as not searched. `whole`: false where it could not be read this time, so
    that it is tried again. `seal` is made with the platform's own key of all the rest: a row that was written past the
    platform counts for nothing.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField("内容摘要值", max_length=64)
    words = models.CharField("错敏词的版本", max_length=64)
    rules = models.CharField("检查规则的版本", max_length=64)
    finds = models.JSONField("查出的内容", default=list)
    whole = models.BooleanField("读完了", default=True)
    seal = models.CharField("封记", max_length=64)
    at = models.DateTimeField("检查时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件的检查结果"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at}"
