"""Person: somebody who signs in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.core.validators import RegexValidator
from django.db import models

USER_NAME_RULE = "用户名用字母、数字或者汉字，中间可以用点、横线或者下划线隔开，例如 zhang.san；2到30个字。"
"""The rule of user names, as the screens say it."""
is_user_name = RegexValidator(r"\A(?=.{2,30}\Z)[^\W_]+(?:[._-][^\W_]+)*\Z", USER_NAME_RULE)
"""Raises ValidationError for what cannot be a user name."""


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What the person may do comes from the seats held, never from the person."""

    username = models.CharField("用户名", max_length=60, unique=True, validators=[is_user_name])
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("可以登录", default=True)
    is_staff = models.BooleanField("系统管理", default=False)
    is_sample = models.BooleanField("示例账号", default=False)
    must_change_password = models.BooleanField("下次登录要改密码", default=False)
    password_set_at = models.DateTimeField("密码设定时间", null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name
