"""Message: what the public wrote, said or sent about the agency's work, and complaints about its disclosure work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency


class Message(models.Model):
    """One message. It belongs to the agency that handles it (`agency`), which for a complaint is the office above the
    one complained of (`about`, 条例第四十七条、第五十一条); `through` is where it came in. `state` is written by
    actions/message_base.py alone. What was passed on is a new row at the other agency, `came_from` the old one.

    `subject` is a title without names, `text` what was written; who wrote it stands in `MessageSender`.
    """

    class Kind(models.TextChoices):
        """What it is."""

        COMPLAINT = "complaint", "投诉举报"
        ADVICE = "advice", "意见建议"
        ENQUIRY = "enquiry", "咨询"

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new", "待受理"
        HANDLING = "handling", "办理中"
        REVIEW = "review", "答复待审核"
        ANSWERED = "answered", "已答复"
        CLOSED = "closed", "已办结"
        REFUSED = "refused", "不予受理"
        PASSED = "passed", "已转办"
        GUIDED = "guided", "已引导申请公开"

    class Channel(models.TextChoices):
        """How it came."""

        ONLINE = "online", "网上"
        LETTER = "letter", "来信"
        PHONE = "phone", "来电"
        VISIT = "visit", "来访"
        PASSED = "passed", "其他机关转来"

    class Result(models.TextChoices):
        """What came of it: of a complaint, of advice, of a question."""

        TRUE = "true", "属实"
        PARTLY = "partly", "部分属实"
        UNTRUE = "untrue", "不属实"
        ADOPTED = "adopted", "采纳"
        PARTLY_ADOPTED = "partly_adopted", "部分采纳"
        NOTED = "noted", "留作参考"
        EXPLAINED = "explained", "已解答"

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="messages", verbose_name="办理机关"
    )
    through = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="从哪个机关收到"
    )
    about = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被投诉机关"
    )
    year = models.PositiveSmallIntegerField("年")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("编号", max_length=40)
    tracking_code = models.CharField("查询码", max_length=16, unique=True)
    submission_key = models.CharField("提交标识", max_length=64, null=True, blank=True, unique=True)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    channel = models.CharField("怎样收到", max_length=8, choices=Channel.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    subject = models.CharField("标题", max_length=60)
    text = models.TextField("内容")
    wants_answer = models.BooleanField("要求答复", default=True)
    received_on = models.DateField("收到之日")
    accept_by = models.DateField("应在哪一天前决定是否受理")
    due_on = models.DateField("应在哪一天前答复")
    accepted_on = models.DateField("受理之日", null=True, blank=True)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    ended_on = models.DateField("办完之日", null=True, blank=True)
    result = models.CharField("结果", max_length=16, choices=Result.choices, blank=True)
    answer = models.TextField("答复", blank=True)
    answer_public = models.BooleanField("答复拟公开", default=False)
    answer_by = models.BigIntegerField("谁写的答复", null=True, blank=True)
    came_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_to", verbose_name="转自"
    )
    item_id = models.BigIntegerField("选登为哪一条信息", null=True, blank=True)
    erased_on = models.DateField("清除个人信息之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "留言和投诉"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="message_number_once"),
            models.CheckConstraint(
                condition=~Q(kind="complaint") | Q(about__isnull=False), name="complaints_are_about_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=True) | ~Q(agency=models.F("about")),
                name="nobody_handles_complaints_about_itself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"])
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="answered_messages_have_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "refused", "passed", "guided"], ended_on__isnull=False)
                | (~Q(state__in=["closed", "refused", "passed", "guided"]) & Q(ended_on__isnull=True)),
                name="ended_messages_have_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "due_on"], name="messages_by_state"),
            models.Index(fields=["agency", "received_on", "id"], name="messages_by_day"),
            models.Index(fields=["about", "received_on"], name="messages_about"),
            models.Index(fields=["ended_on"], condition=Q(erased_on__isnull=True), name="messages_to_erase"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in OPEN


OPEN = (Message.State.NEW, Message.State.HANDLING, Message.State.REVIEW)
"""The states in which an answer is still owed."""
DONE = (Message.State.CLOSED, Message.State.REFUSED, Message.State.PASSED, Message.State.GUIDED)
"""The states after which nothing is to be done here."""
RESULTS: dict[str, tuple[str, ...]] = {
    Message.Kind.COMPLAINT: ("true", "partly", "untrue"),
    Message.Kind.ADVICE: ("adopted", "partly_adopted", "noted"),
    Message.Kind.ENQUIRY: ("explained",),
}
"""What may come of each kind."""


class MessageSender(models.Model):
    """Who wrote, and how they can be reached: personal data, shown to who handles the message, every look written
    down; gone after a while (个人信息保护法第十九条)."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="sender")
    name = models.CharField("姓名", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=120, blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "留言人资料"

    def __str__(self) -> str:
        return f"{self.message_id}"


class MessageEvent(models.Model):
    """What was done with a message. `told` is what the sender may read of it, `said` is the office's own."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="events")
    serial = models.PositiveIntegerField("顺序")
    act = models.CharField("操作", max_length=20)
    from_state = models.CharField("办理前", max_length=10, blank=True)
    to_state = models.CharField("办理后", max_length=10)
    on = models.DateField("日期")
    at = models.DateTimeField("登记时间")
    by = models.CharField("经办人", max_length=60)
    seat = models.CharField("岗位", max_length=200, blank=True)
    said = models.TextField("说明", blank=True)
    told = models.TextField("告知留言人的", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "留言办理过程"
        ordering: ClassVar = ["message", "serial"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "serial"], name="message_event_serial_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.serial} {self.act}"


class MessageInquiry(models.Model):
    """请被投诉机关说明情况: what the supervising office asks the agency complained of. All that agency sees of a
    complaint is `question`, in the office's own words."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="inquiries")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="message_inquiries", verbose_name="说明情况的机关"
    )
    question = models.TextField("要说明的情况")
    asked_on = models.DateField("发出之日")
    asked_by = models.CharField("谁发出的", max_length=60)
    due_on = models.DateField("最迟哪一天说明")
    answer = models.TextField("说明的情况", blank=True)
    answered_on = models.DateField("说明之日", null=True, blank=True)
    answered_by = models.CharField("谁说明的", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "投诉情况说明"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="inquiries_answered_with_words",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due_on"], condition=Q(answered_on__isnull=True), name="inquiries_open"
            ),
            models.Index(fields=["agency", "-id"], name="inquiries_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.asked_on}"


class MessagePeriod(models.Model):
    """A period of the messages as an office has set it, for itself and all under it; the nearest goes before. The law
    gives none: this is a local rule and says so."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="message_periods")
    name = models.CharField("哪一个期限", max_length=12)
    days = models.PositiveSmallIntegerField("天数")
    reason = models.CharField("依据", max_length=200)
    by = models.CharField("谁改的", max_length=60)
    at = models.DateTimeField("什么时候改的")

    class Meta:
        verbose_name = verbose_name_plural = "留言办理期限"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="message_period_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="message_periods_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.name} {self.days}"
