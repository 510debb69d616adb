"""Stay: the time from signing in to signing out, in one browser. KeptForm: what was typed when it ran out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Stay(models.Model):
    """Somebody signed in, in one browser. The browser's session knows this row; this row knows no session."""

    class End(models.TextChoices):
        """How it ended."""

        OUT = "out", "自己退出"
        IDLE = "idle", "长时间没有操作"
        LONG = "long", "到了最长时间"
        ENDED = "ended", "自己在别处结束"
        PASSWORD = "password", "改了密码"
        CLOSED = "closed", "账号停用或者密码重置"
        SECURED = "secured", "安全管理员解除了第二因素"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stays")
    since = models.DateTimeField("登录时间")
    last_seen = models.DateTimeField("最近操作")
    address = models.CharField("地址", max_length=60, blank=True)
    browser = models.CharField("浏览器", max_length=60, blank=True)
    verified_at = models.DateTimeField("第二因素验证时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    end = models.CharField("怎样结束", max_length=10, choices=End.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录"
        ordering: ClassVar = ["-last_seen", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "-last_seen"], condition=Q(ended_at=None), name="stay_open"),
            models.Index(fields=["last_seen"], name="stay_by_time"),
        ]

    def __str__(self) -> str:
        return self.browser


class KeptForm(models.Model):
    """A form sent after the stay had run out: for this person alone, for a day, without passwords and files.

    `path` is where it was going, `page` where it was filled in; `sealed` holds the fields, enciphered.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(max_length=300)
    page = models.CharField(max_length=300)
    sealed = models.TextField()
    files = models.PositiveSmallIntegerField(default=0)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "没有提交的内容"
        ordering: ClassVar = ["-kept_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["kept_at"], name="kept_form_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "path", "page"], name="one_kept_form_a_place")
        ]
