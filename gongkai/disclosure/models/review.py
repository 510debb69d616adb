"""审查表: the sheet on which exactly one version of one item was reviewed, its steps, signatures and referrals."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Person

from .item import Item


class Drafter(models.Model):
    """Somebody who wrote on this version of the item, and therefore cannot sign for it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="drafters")
    version = models.PositiveSmallIntegerField("第几版")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "拟稿和修改的人"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "version", "person"], name="drafter_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.version} {self.person_id}"


class ReviewSheet(models.Model):
    """One review of one version: `content` is the canonical text of all that was reviewed (`content.content_of`),
    `digest` what every signature is bound to. Nothing of it can be changed but its result, once (guard.py).

    `paper`: signed on paper before, and entered here afterwards (补录), with the reason.
    """

    class Result(models.TextChoices):
        """How it ended."""

        OPEN = "open", "审查中"
        PASSED = "passed", "审查通过"
        SENT_BACK = "sent_back", "退回修改"
        RECALLED = "recalled", "拟稿人撤回"
        CHANGED = "changed", "内容有改动，重新审查"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sheets")
    serial = models.PositiveSmallIntegerField("第几次审查")
    version = models.PositiveSmallIntegerField("第几版")
    content = models.TextField("送审内容")
    digest = models.CharField("内容摘要值", max_length=64)
    route = models.CharField("审查流程", max_length=60)
    paper = models.BooleanField("补录纸质审查", default=False)
    reason = models.CharField("补录原因", max_length=300, blank=True)
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    submitted_by_name = models.CharField("送审人姓名", max_length=60)
    submitted_at = models.DateTimeField("送审时间")
    note = models.CharField("送审说明", max_length=300, blank=True)
    result = models.CharField("结果", max_length=10, choices=Result.choices, default=Result.OPEN)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_words = models.TextField("办结说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查表"
        ordering: ClassVar = ["item", "serial"]
        indexes: ClassVar = [
            models.Index(fields=["result", "-id"], name="sheet_by_result"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "serial"], name="sheet_serial_once_an_item"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(result="open"), name="one_open_sheet_an_item"
            ),
            models.CheckConstraint(
                condition=Q(paper=False, submitted_by__isnull=False) | (Q(paper=True) & ~Q(reason="")),
                name="paper_sheets_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(result="open", closed_at__isnull=True)
                | (~Q(result="open") & Q(closed_at__isnull=False)),
                name="closed_sheets_have_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(result="sent_back") | ~Q(closed_words=""), name="sheet_sent_back_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} 第{self.serial}次审查"

    @property
    def agency_id(self) -> int:
        """Whose it is."""
        return self.item.agency_id

    @property
    def section_id(self) -> int | None:
        """Of which section, if of one."""
        return self.item.section_id

    @property
    def told(self) -> dict[str, Any]:
        """What was put before the reviewers."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class Signature(models.Model):
    """What one person concluded, on what grounds, of exactly this digest. One person signs a sheet once, so that
    nobody signs two levels. `covers`: the levels and checks it is for, as `routes.RIGHTS` names them, all of one stage.
    Never changed."""

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    seat = models.CharField("岗位", max_length=200)
    stage = models.PositiveSmallIntegerField("环节")
    covers = models.JSONField("审查的内容", default=list)
    agreed = models.BooleanField("同意")
    grounds = models.TextField("意见和理由")
    digest = models.CharField("内容摘要值", max_length=64)
    at = models.DateTimeField("时间")
    signed_on = models.DateField("签字之日")

    class Meta:
        verbose_name = verbose_name_plural = "审查签字"
        ordering: ClassVar = ["sheet", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "name"], condition=Q(person__isnull=True), name="one_level_a_name_on_paper"
            ),
            models.UniqueConstraint(
                fields=["sheet", "person"],
                condition=Q(person__isnull=False),
                name="one_level_a_person_a_sheet",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="signatures_have_grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.name}"


class ReviewStep(models.Model):
    """One thing a sheet needs: a level (初审、复审、终审), at the second level one of the four checks (四关).

    Steps of one `stage` may be signed in any order, the next stage follows. `together`: one person signs the whole
    stage. `kinds` are the kinds of seats that may sign it.
    """

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField("顺序")
    stage = models.PositiveSmallIntegerField("环节")
    level = models.CharField("层级", max_length=8)
    check_slug = models.CharField("审查关", max_length=12, blank=True)
    kinds = models.JSONField("可以签字的岗位")
    together = models.BooleanField("由一个人签完", default=False)
    signature = models.ForeignKey(
        Signature, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )

    class Meta:
        verbose_name = verbose_name_plural = "审查环节"
        ordering: ClassVar = ["sheet", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "order"], name="step_order_once_a_sheet"),
            models.UniqueConstraint(fields=["sheet", "level", "check_slug"], name="step_once_a_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.level} {self.check_slug}"


class Referral(models.Model):
    """不能确定的，报主管部门或者保密行政管理部门确定（条例第十七条第三款）. Nobody signs while an answer is awaited."""

    class Whom(models.TextChoices):
        """To whom."""

        SUPERVISING = "supervising", "主管部门"
        SECRECY = "secrecy", "保密行政管理部门"

    class Finding(models.TextChoices):
        """What they determined."""

        MAY = "may", "可以公开"
        PARTLY = "partly", "处理后可以公开"
        MUST_NOT = "must_not", "不得公开"

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="referrals")
    whom = models.CharField("报送", max_length=12, choices=Whom.choices)
    organ = models.CharField("机关名称", max_length=100)
    question = models.TextField("请求确定的问题")
    sent_on = models.DateField("报送之日")
    sent_by = models.CharField("报送人", max_length=60)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    finding = models.CharField("确定意见", max_length=10, choices=Finding.choices, blank=True)
    answer = models.TextField("答复内容", blank=True)
    answer_by = models.CharField("登记人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报请确定"
        ordering: ClassVar = ["sheet", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, finding="")
                | (Q(answered_on__isnull=False) & ~Q(finding="")),
                name="answered_referrals_have_a_finding",
            ),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(answered_on__isnull=True), name="one_open_referral_a_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.organ}"
