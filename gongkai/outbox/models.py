"""Message: something to be told to somebody, waiting to go or gone. Notice: the same on the desk."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One mail, short message or desk notice. `key` makes sending idempotent: the same key is never written twice.

    A desk notice is sent by being written. `claim` and `claimed_until` say which sender has a message in hand: when
    that sender dies, the message is due again as soon as the claim runs out. Messages are kept, sent or not.
    """

    class Channel(models.TextChoices):
        """The ways out."""

        DESK = "desk", "工作台"
        MAIL = "mail", "电子邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        """Where it stands; `given_up` after the last try, until somebody sends it again."""

        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        GIVEN_UP = "given_up", "未能发送"

    key = models.CharField("标识", max_length=200, unique=True)
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    agency_id = models.BigIntegerField("机关编号", null=True)
    person_id = models.BigIntegerField("收件人编号", null=True)
    to = models.CharField("收件地址", max_length=200, blank=True)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    url = models.CharField("链接", max_length=300, blank=True)
    made_at = models.DateTimeField("产生时间")
    not_before = models.DateTimeField("最早发送时间")
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    error = models.CharField("没有发出的原因", max_length=300, blank=True)
    claim = models.CharField("正在发送的程序", max_length=32, blank=True)
    claimed_until = models.DateTimeField("占用到什么时候", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["person_id", "channel", "-id"], name="message_by_person"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
            models.Index(
                fields=["person_id"], condition=Q(channel="desk", read_at__isnull=True), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
