"""Agency, Person, Seat: who answers, who works there, and as what."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models


class Agency(models.Model):
    """A government, department or township office that owns its records (本机关)."""

    class Level(models.TextChoices):
        """What kind of organ it is; departments report by 31 January, governments by 31 March (art. 49)."""

        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇人民政府、街道办事处"

    slug = models.SlugField("网址代号", max_length=40, unique=True)
    name = models.CharField("全称", max_length=100, unique=True)
    short_name = models.CharField("自称", max_length=20, default="本机关")
    code = models.CharField("机构代码", max_length=32, unique=True)
    level = models.CharField("层级", max_length=16, choices=Level.choices, default=Level.DEPARTMENT)
    supervisor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised",
        verbose_name="主管部门",
    )
    office = models.CharField("政府信息公开工作机构", max_length=100, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=16, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.CharField("电子邮箱", max_length=100, blank=True)
    office_hours = models.CharField("办公时间", max_length=100, blank=True)
    portal_open = models.BooleanField("已开设公开栏目", default=False)
    is_sample = models.BooleanField("示例数据", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What the person may do comes from the seats held, never from the person."""

    username = models.CharField("用户名", max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("可以登录", default=True)
    is_staff = models.BooleanField("系统管理", default=False)
    is_sample = models.BooleanField("示例账号", default=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's role in an agency."""

    class Kind(models.TextChoices):
        """The seats this platform knows so far."""

        CLERK = "clerk", "经办员"
        REVIEWER = "reviewer", "审查员"
        HEAD = "head", "负责人"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats", verbose_name="人员")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="seats", verbose_name="机关")
    kind = models.CharField("岗位", max_length=16, choices=Kind.choices)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "agency", "kind"], name="one_seat_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.get_kind_display()}"
