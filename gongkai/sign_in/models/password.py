"""OldPassword: what a person's password was, as its hash."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class OldPassword(models.Model):
    """The hash of a password the person has chosen, so that it is not chosen again; only the last few are kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="old_passwords"
    )
    encoded = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering: ClassVar = ["-id"]
