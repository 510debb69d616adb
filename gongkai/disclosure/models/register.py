"""RegisterEntry: one document, decision or charge of table two; RegisterKept: from which year a register is whole;
DocumentMark: which columns and items hold documents that count; RegisterImport: a sheet of entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Person
from gongkai.files.models import StoredFile

from .column import Column
from .item import Item

ISSUED = ("regulations", "normative_documents")
"""The kinds that are documents: made, and ended one day."""


class RegisterKind(models.TextChoices):
    """A row of table two (国办公开办函〔2021〕30号); the value is the slug of its cells."""

    REGULATIONS = "regulations", "规章"
    NORMATIVE = "normative_documents", "行政规范性文件"
    LICENCES = "licences", "行政许可"
    PENALTIES = "penalties", "行政处罚"
    COERCION = "coercion", "行政强制"
    CHARGES = "fees_10k_yuan", "行政事业性收费"


class RegisterImport(models.Model):
    """One uploaded sheet. Nothing of it is written before it is confirmed; undone, its entries go again.

    `counted` tells how many rows are good, there already, wrong; `problems` the first wrong ones in words.
    """

    class Step(models.TextChoices):
        """Where it stands."""

        READY = "ready", "等待确认"
        DONE = "done", "已导入"
        DROPPED = "dropped", "已放弃"
        UNDONE = "undone", "已撤销"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_imports")
    kind = models.CharField("台账", max_length=24, choices=RegisterKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("上传时间")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    step = models.CharField("进度", max_length=12, choices=Step.choices, default=Step.READY)
    counted = models.JSONField("检查的结果", default=dict)
    problems = models.JSONField("要改的行", default=list)
    sample = models.JSONField("前几行", default=list)
    imported = models.PositiveIntegerField("导入条数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "台账导入"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "kind", "-id"], name="register_imports")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file.name}"


class RegisterEntry(models.Model):
    """One row. `day` is the day a document was made, a decision taken, a charge paid (条例第二十条). All decisions count,
    published or not (law.md §2.3). `subject` may be a natural person: pages show `named`, never it.

    `amount` is in 元, for charges only; the report prints 万元. `ended_on` is the day a document was repealed or lapsed,
    `in_force_on` that from which it holds where it is not the day it was made.
    `publish`: whether the law asks for the decision to be public; `public_on` the day it
    was made public elsewhere, as on the site for law enforcement; `item` what was drafted from it here.
    """

    class Publish(models.TextChoices):
        """Whether a decision is to be made public."""

        YES = "yes", "要公开"
        NO = "no", "不公开"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_entries")
    kind = models.CharField("台账", max_length=24, choices=RegisterKind.choices)
    day = models.DateField("日期")
    number = models.CharField("文号", max_length=80, blank=True)
    title = models.CharField("名称", max_length=200)
    subject = models.CharField("相对人", max_length=100, blank=True)
    natural = models.BooleanField("相对人是自然人", default=True)
    category = models.CharField("种类", max_length=60, blank=True)
    department = models.CharField("承办股室", max_length=60, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    in_force_on = models.DateField("施行之日", null=True, blank=True)
    ended_on = models.DateField("废止或者失效之日", null=True, blank=True)
    ended_by = models.CharField("由什么废止或者宣布失效", max_length=200, blank=True)
    publish = models.CharField("是否公开", max_length=4, choices=Publish.choices, default=Publish.NO)
    public_on = models.DateField("公开日期", null=True, blank=True)
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    entered_by = models.CharField("登记人", max_length=60)
    entered_at = models.DateTimeField("登记时间")
    cancelled = models.CharField("作废的原因", max_length=200, blank=True)
    is_public: bool
    """Annotated by the lists: public, here or elsewhere."""

    class Meta:
        verbose_name = verbose_name_plural = "台账条目"
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "kind", "-day", "-id"], name="register_by_day"),
            models.Index(fields=["agency", "kind", "number"], name="register_by_number"),
            models.Index(
                fields=["agency", "day"], condition=Q(publish="yes", cancelled=""), name="register_to_publish"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number"],
                condition=~Q(number="") & Q(cancelled=""),
                name="register_number_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="fees_10k_yuan", amount__gte=0)
                | (~Q(kind="fees_10k_yuan") & Q(amount__isnull=True)),
                name="charges_have_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(kind__in=ISSUED, ended_on__gte=models.F("day")),
                name="only_documents_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def named(self) -> str:
        """The subject as pages show it: of a natural person the family name only (个人信息保护法 6、25)."""
        return f"{self.subject[:1]}某" if self.natural and self.subject else self.subject


class RegisterKept(models.Model):
    """From `since` on this register holds every entry of the agency, so the report counts it; before that, and without
    this row, the figure is entered. `opening`: documents in force when the year began, listed here or not."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="registers_kept")
    kind = models.CharField("台账", max_length=24, choices=RegisterKind.choices)
    since = models.PositiveSmallIntegerField("从哪一年起")
    opening = models.PositiveIntegerField("上年末现行有效件数", null=True, blank=True)
    by = models.CharField("谁定的", max_length=60)
    at = models.DateTimeField("什么时候定的")

    class Meta:
        verbose_name = verbose_name_plural = "按台账统计"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "kind"], name="one_register_a_kind"),
            models.CheckConstraint(condition=Q(since__gte=2021), name="registers_since_the_form"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind} {self.since}"


class DocumentMark(models.Model):
    """The items of a column, or one item, are documents of table two; an item's own mark goes before its column's, and
    without a kind it says that the item is none."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    column = models.OneToOneField(
        Column, on_delete=models.CASCADE, null=True, blank=True, related_name="document_mark"
    )
    item = models.OneToOneField(
        Item, on_delete=models.CASCADE, null=True, blank=True, related_name="document_mark"
    )
    kind = models.CharField("文件种类", max_length=24, choices=RegisterKind.choices, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计入表二的文件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(column__isnull=True, item__isnull=False)
                | Q(column__isnull=False, item__isnull=True),
                name="marks_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ISSUED) | Q(kind="", item__isnull=False), name="marks_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column_id or self.item_id} {self.kind}"
