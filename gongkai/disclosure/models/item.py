"""Item: what an office works on; what of it is public stands in its publications, and nowhere else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.agencies.models import Agency, Person, Section

from .column import Column


class Items(QuerySet["Item"]):
    """Items with what is asked of them again and again."""

    def public(self) -> Items:
        """Those the public can read now, in whatever version."""
        return self.filter(Exists(_live()))

    def with_public(self) -> Items:
        """Each with `is_public` and `public_since`, the time it was first published (None when it is not public)."""
        first = _live().values("first_at")[:1]
        return self.annotate(is_public=Exists(_live()), public_since=Subquery(first))


def _live() -> QuerySet[models.Model]:
    from .publication import Publication  # noqa: PLC0415 - it builds on this file

    return Publication.objects.live(timezone.now()).filter(item=OuterRef("pk"))


class Item(models.Model):
    """One piece of information with the catalogue metadata of art. 12 (索引、名称、内容概述、生成日期), as its office
    works on it. The public reads no field of it: see `Publication`.

    `version` is the version worked on. `text` is HTML, cleaned by `clean.clean_html`. `duty` is the publishing limit
    that holds for it (a slug of `statute.duties.LIMITS`), `due_on` what follows from it, kept for lists. `request_id`
    and `request_number` name the request it came from: the rooms do not know each other. `converted_on` is the day it
    was proposed to make that request's information public for all (条例第四十四条), of an item begun for that. `disclosable_on` is
    the day on which something kept from publication was found to be public unasked (条例第十八条).
    """

    class State(models.TextChoices):
        """How far the version worked on has come."""

        DRAFT = "draft", "起草中"
        IN_REVIEW = "in_review", "审查中"
        SENT_BACK = "sent_back", "已退回"
        PASSED = "passed", "审查通过"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤回"
        EXPIRED = "expired", "到期下线"
        KEPT = "kept", "审定不发布"

    class Validity(models.TextChoices):
        """Whether the document still holds."""

        VALID = "valid", "有效"
        REPEALED = "repealed", "废止"
        LAPSED = "lapsed", "失效"

    class Access(models.TextChoices):
        """公开属性, fixed while drafting (国办发〔2016〕80号)."""

        PROACTIVE = "proactive", "主动公开"
        ON_REQUEST = "on_request", "依申请公开"
        WITHHELD = "withheld", "不予公开"

    class Origin(models.TextChoices):
        """Where the information comes from: that decides which organ discloses it (条例第十条)."""

        SELF_MADE = "self_made", "本机关制作"
        FROM_CITIZEN = "from_citizen", "从公民、法人和其他组织获取，由本机关保存"
        FROM_ORGAN = "from_organ", "从其他行政机关获取"
        JOINT = "joint", "与其他行政机关共同制作"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="产生股室",
    )
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="items", verbose_name="栏目")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField("第几版", default=1)
    drafted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间", default=timezone.now)

    title = models.CharField("标题", max_length=200)
    summary = models.CharField("内容概述", max_length=200, blank=True)
    text = models.TextField("正文", blank=True)
    index_number = models.CharField("索引号", max_length=60, unique=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    formed_on = models.DateField("成文日期")
    subject = models.CharField("主题分类", max_length=60, blank=True)
    source = models.CharField("来源", max_length=100, blank=True)
    author = models.CharField("作者", max_length=60, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True)
    catalogue = models.CharField("法定主动公开内容", max_length=40, blank=True)
    ways = models.JSONField("公开方式", default=list, blank=True)
    audience = models.CharField("公开范围", max_length=60, default="面向社会公开")

    in_force_on = models.DateField("施行之日", null=True, blank=True)
    validity = models.CharField("有效性", max_length=16, choices=Validity.choices, default=Validity.VALID)
    validity_on = models.DateField("废止或者失效之日", null=True, blank=True)
    validity_by = models.CharField("由什么废止或者宣布失效", max_length=200, blank=True)
    lapses_on = models.DateField("有效期至", null=True, blank=True)

    access = models.CharField("公开属性", max_length=12, choices=Access.choices, default=Access.PROACTIVE)
    access_reason = models.CharField("不主动公开的理由", max_length=500, blank=True)
    access_basis = models.CharField("不主动公开的依据", max_length=200, blank=True)
    evaluate_on = models.DateField("下次评估之日", null=True, blank=True)
    origin = models.CharField("信息来源", max_length=16, choices=Origin.choices, default=Origin.SELF_MADE)
    responsible = models.CharField("负责公开的机关", max_length=100, blank=True)
    concerns = models.JSONField("涉及的内容", default=list, blank=True)
    deidentified = models.CharField("去标识化处理情况", max_length=200, blank=True)

    duty = models.CharField("公开期限", max_length=24, default="general")
    due_on = models.DateField("应公开之日", null=True, blank=True)
    due_provisional = models.BooleanField("暂定", default=False)
    request_id = models.BigIntegerField("来自哪一件申请", null=True, blank=True)
    request_number = models.CharField("申请编号", max_length=60, blank=True)
    converted_on = models.DateField("提出转为主动公开之日", null=True, blank=True)
    disclosable_on = models.DateField("转为主动公开之日", null=True, blank=True)
    correction_note = models.CharField("更正说明", max_length=300, blank=True)
    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    publish_until = models.DateTimeField("到期下线", null=True, blank=True)

    objects = Items.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开信息"
        ordering: ClassVar = ["-formed_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "-id"], name="item_by_state"),
            models.Index(fields=["column", "-formed_on", "-id"], name="item_by_column"),
            models.Index(fields=["agency", "due_on"], name="item_by_due_day"),
            models.Index(
                fields=["publish_at"], condition=Q(publish_at__isnull=False), name="item_to_be_published"
            ),
            models.Index(
                fields=["evaluate_on"], condition=Q(evaluate_on__isnull=False), name="item_to_be_evaluated"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request_id"],
                condition=Q(converted_on__isnull=False),
                name="one_item_a_converted_request",
            ),
            models.CheckConstraint(
                condition=Q(converted_on__isnull=True) | Q(request_id__isnull=False),
                name="converted_from_a_request",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page_number(self) -> int:
        """The number in the address of its public page, the same for all versions."""
        return self.pk


CONCERNS: dict[str, str] = {
    "state_secret": "国家秘密",
    "work_secret": "工作秘密",
    "trade_secret": "商业秘密",
    "privacy": "个人隐私",
    "third_party": "第三方合法权益",
}
"""What the drafter says the information touches (审查表)."""
