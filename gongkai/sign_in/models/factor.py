"""Factor: what a person proves to have beside the password. RecoveryCode: a way in when it is lost."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Factor(models.Model):
    """A time-based one-time password (RFC 6238), one a person. In force once confirmed with a first code."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="factor")
    sealed = models.TextField("密钥（加密）")
    made_at = models.DateTimeField("产生时间")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近用过的时段", default=0)
    failures = models.PositiveSmallIntegerField("连续输错", default=0)
    last_failed_at = models.DateTimeField("最近输错", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "第二因素"

    def __str__(self) -> str:
        return str(self.person)


class RecoveryCode(models.Model):
    """One of ten codes to be written down, each good for one sign-in; kept as a keyed digest."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "备用码"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "digest"], name="recovery_code_once_a_person")
        ]
