"""Agency, its sections, and the names it has borne."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Agency(models.Model):
    """A government, department or township office that owns its records (本机关).

    An agency merged into another after a reform stays, with `ended_on` and `successor`: its records keep their
    owner, and the successor's seats may read them.
    """

    class Level(models.TextChoices):
        """What kind of organ it is; departments report by 31 January, governments by 31 March (art. 49)."""

        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇人民政府、街道办事处"

    slug = models.SlugField("网址代号", max_length=40, unique=True)
    name = models.CharField("全称", max_length=100, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    self_name = models.CharField("自称", max_length=20, default="本机关")
    code = models.CharField("机构代码", max_length=32, unique=True)
    document_code = models.CharField("机关代字", max_length=20, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    level = models.CharField("层级", max_length=16, choices=Level.choices, default=Level.DEPARTMENT)
    makes_rules = models.BooleanField("有规章制定权", default=False)
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
    reconsideration_organs = models.TextField("行政复议机关", blank=True)
    court = models.CharField("管辖法院", max_length=100, blank=True)
    portal_open = models.BooleanField("已开设公开栏目", default=False)
    welcomed_on = models.DateField("收起第一周清单之日", null=True, blank=True)
    is_sample = models.BooleanField("示例数据", default=False)
    ended_on = models.DateField("撤销或者并入之日", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="并入的机关",
    )

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ended_on__isnull=False),
                name="merged_agencies_have_ended",
            ),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="credit_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organs(self) -> list[str]:
        """The reconsideration organs, one a line in `reconsideration_organs`."""
        return [line.strip() for line in self.reconsideration_organs.splitlines() if line.strip()]


class AgencyName(models.Model):
    """A name the agency bore from one day to another; the present one stands in `Agency`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    document_code = models.CharField("机关代字", max_length=20, blank=True)
    until = models.DateField("用到哪一天")
    basis = models.CharField("更名依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering: ClassVar = ["until"]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A unit inside an agency (股室、科室、内设机构)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    ended_on = models.DateField("撤销之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "股室"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="section_name_once_an_agency")
        ]

    def __str__(self) -> str:
        return self.name
