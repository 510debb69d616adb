"""Counter: how often a sign-in failed of late. Failure: one that did, for the security administrator to look at."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Counter(models.Model):
    """Failures since the last success or unlocking, of a user name at an address, of a name, or of an address.

    `key` is a keyed digest: what was typed as a user name may be a password, so it is kept nowhere.
    """

    class Scope(models.TextChoices):
        """What is counted together."""

        PAIR = "pair", "用户名在一个地址"
        NAME = "name", "用户名"
        ADDRESS = "address", "地址"

    scope = models.CharField("范围", max_length=8, choices=Scope.choices)
    key = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sign_in_counters"
    )
    address = models.CharField("地址", max_length=60, blank=True)
    failures = models.PositiveIntegerField("失败次数", default=0)
    last_at = models.DateTimeField("最近一次")
    succeeded_at = models.DateTimeField("最近一次成功", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败计数"
        ordering: ClassVar = ["-last_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_counter_a_scope_and_key")
        ]
        indexes: ClassVar = [models.Index(fields=["-last_at"], name="counter_by_time")]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.address}"


class Failure(models.Model):
    """A sign-in that failed: when, for whom (nobody for a user name that does not exist), from where, at which step."""

    at = models.DateTimeField("时间")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sign_in_failures"
    )
    address = models.CharField("地址", max_length=60, blank=True)
    what = models.CharField("哪一步", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="failure_by_time")]
