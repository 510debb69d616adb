"""Order: a 督办单 of an office to an agency below it, from its issue to its end, and what happened to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Seat
from gongkai.tasks.models import Task


class Order(models.Model):
    """What the office above asks of an agency: numbered by office and year, answered by a day, closed by the office.

    The text goes to the agency word for word and says nothing of any requester. `year` is the report's where one is
    sent back. `issuer_id` is the number of who issued it, kept with the name as it then was.
    """

    class Kind(models.TextChoices):
        """What it is."""

        REMIND = "remind", "催办"
        RETURN = "return", "退回年报"
        OPINION = "opinion", "督办意见"

    class State(models.TextChoices):
        """Who has to act."""

        OPEN = "open", "待答复"
        ANSWERED = "answered", "已答复，待销号"
        CLOSED = "closed", "已销号"

    office = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders_issued")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="orders")
    issued_year = models.PositiveSmallIntegerField("编号的年份")
    serial = models.PositiveIntegerField("顺序号")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    title = models.CharField("事项", max_length=120)
    text = models.CharField("内容", max_length=600)
    year = models.PositiveSmallIntegerField("哪一年的年报", null=True, blank=True)
    due_on = models.DateField("最迟哪一天答复")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    issued_at = models.DateTimeField("发出时间")
    issued_by = models.CharField("谁发出的", max_length=60)
    issuer_id = models.BigIntegerField("发出人编号", null=True, blank=True)
    answer = models.CharField("答复", max_length=600, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办单"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "issued_year", "serial"], name="order_number_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_orders_have_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_orders_have_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-id"], name="orders_by_agency"),
            models.Index(fields=["office", "state", "-id"], name="orders_by_office"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is cited: 督办〔2026〕3号."""
        return f"督办〔{self.issued_year}〕{self.serial}号"


class OrderEvent(models.Model):
    """One thing that happened to an order. Never changed."""

    class Act(models.TextChoices):
        """What was done."""

        ISSUE = "issue", "发出"
        ANSWER = "answer", "答复"
        AGAIN = "again", "要求重新答复"
        CLOSE = "close", "销号"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    act = models.CharField("做了什么", max_length=8, choices=Act.choices)
    at = models.DateTimeField("时间")
    by = models.CharField("谁", max_length=60)
    words = models.CharField("说明", max_length=600, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办单的经过"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.act}"
