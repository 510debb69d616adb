"""InfoRequest: one registered request (件)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Seat, Section
from gongkai.statute.channels import CHANNELS
from gongkai.statute.requesters import KINDS
from gongkai.statute.states import CLOSED, STATES


class InfoRequest(models.Model):
    """One registered request. Facts are stored; the due day is derived from them and kept only for sorting.

    Three days are kept apart: handed in or sent (`submitted_on`), arrived (`arrived_on`), legally received
    (`received_on`, art. 31, empty until confirmed). `state` is a slug of `statute.states`, written by
    actions/base.py alone. `submission_key` is the form's own mark: the same form sent twice is one request.
    `outcome` is a row of table three, `reply` the kind of reply that led to it.
    """

    class Matter(models.TextChoices):
        """What is asked: to see information, or to have a record about oneself corrected (art. 41)."""

        DISCLOSURE = "disclosure", "申请公开"
        CORRECTION = "correction", "申请更正"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inforequests")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, verbose_name="承办股室"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, verbose_name="经办岗位")
    matter = models.CharField("类别", max_length=12, choices=Matter.choices, default=Matter.DISCLOSURE)
    number = models.CharField("依申请公开编号", max_length=60)
    tracking_code = models.CharField("查询码", max_length=16, blank=True)
    submission_key = models.CharField("提交标识", max_length=64, null=True, blank=True, unique=True)
    requester_kind = models.CharField("申请人类别", max_length=20, choices=[(k.slug, k.label) for k in KINDS])
    applicant = models.CharField("申请人", max_length=100)
    channel = models.CharField("申请渠道", max_length=20, choices=[(c.slug, c.label) for c in CHANNELS])
    submitted_on = models.DateField("申请时间", null=True, blank=True)
    arrived_on = models.DateField("到达之日", null=True, blank=True)
    confirmed_on = models.DateField("确认之日", null=True, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    content = models.TextField("申请内容")
    form_wanted = models.CharField("提供形式", max_length=60, blank=True)
    obtain = models.CharField("信息获取方式", max_length=60, blank=True)
    purpose = models.CharField("用途（可以不填）", max_length=200, blank=True)
    state = models.CharField("处理状态", max_length=24, choices=[(s.slug, s.label) for s in STATES.values()])
    due_on = models.DateField("应在哪一天前答复", null=True, blank=True)
    due_provisional = models.BooleanField("暂定", default=False)
    closed_on = models.DateField("答复时间", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=40, blank=True)
    reply = models.CharField("答复类型", max_length=40, blank=True)
    publication = models.CharField("发布状态", max_length=20, blank=True)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆分自"
    )
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated",
        verbose_name="重复于",
    )

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        ordering: ClassVar = ["received_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "number"], name="request_number_once_an_agency"),
            models.UniqueConstraint(
                fields=["tracking_code"], condition=~Q(tracking_code=""), name="tracking_code_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="closed_exactly_with_outcome",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "received_on"], name="request_by_receipt"),
            models.Index(fields=["agency", "-id"], name="request_newest"),
            models.Index(
                fields=["agency", "due_on"], condition=Q(closed_on__isnull=True), name="request_open_by_due"
            ),
            models.Index(fields=["agency", "state", "-id"], name="request_by_state"),
            models.Index(
                fields=["agency", "state", "due_on"],
                condition=Q(closed_on__isnull=True),
                name="request_open_by_state",
            ),
            models.Index(fields=["agency", "applicant", "-id"], name="request_by_applicant"),
            models.Index(fields=["agency", "channel", "-id"], name="request_by_channel"),
            models.Index(fields=["agency", "requester_kind", "-id"], name="request_by_kind"),
            models.Index(fields=["agency", "section", "-id"], name="request_by_section"),
            # What was closed in a year, of many agencies at once.
            models.Index(
                fields=["closed_on", "agency"],
                condition=Q(closed_on__isnull=False),
                name="request_closed_by_day",
            ),
            # Table three of a year is counted in the order of this index, without looking at a request itself.
            models.Index(
                fields=["agency", "matter", "closed_on", "requester_kind", "outcome", "received_on"],
                name="request_for_tables",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_closed(self) -> bool:
        """Answered, lapsed, withdrawn or archived."""
        return self.state in CLOSED
