"""转办, 请被投诉机关说明情况, 选登: what leads to other agencies and to the public."""

from __future__ import annotations

from datetime import date
from html import escape

from django.urls import reverse

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.agencies.rights import acting
from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.actions.drafting import draft
from gongkai.disclosure.models import Column, Item
from gongkai.files.actions.passing import hand_to
from gongkai.files.queries import files_of_owner
from gongkai.tasks.telling import tell

from ..message_clock import chain_of, periods_for
from ..models import Message, MessageInquiry, MessageSender
from .message_base import CannotDo, Step, moving, needed, tell_handlers, write_event
from .message_handling import sign_for
from .messages import Told, open_row

SENDER = ("name", "phone", "email", "address")


def pass_on(message: Message, *, by: Actor, to: Agency, reason: str) -> Message:
    """转办: a new message at the agency that is to handle it, with the files and the sender's data, for which it has
    its own clock from today. A complaint goes upwards or sideways, never to the agency complained of or to one under
    it. Raises `CannotDo`."""
    with moving(message, "pass_on", by=by, to=to.pk) as step:
        row = step.message
        reason = needed(reason, "转办的理由", 500)
        _be_sure_may_have(row, to)
        Agency.objects.select_for_update(no_key=True).get(pk=to.pk)
        told = Told(row.kind, row.subject, row.text, Message.Channel.PASSED, by.day, row.wants_answer)
        made = open_row(to, told, through=row.through, about=row.about, by=by, came_from=row)
        given = MessageSender.objects.filter(message=row).first()
        data = {name: getattr(given, name) for name in SENDER} if given else {}
        MessageSender.objects.create(message=made, **data)
        write_event(
            made, "register", "", Step(made, said=f"{row.agency.name}转来：{reason}"), by=by, seat=None
        )
        for file in files_of_owner(row):
            hand_to(file, made, to)
        step.told = f"已转给{to.name}办理：{reason}"
        sign_for(row, by)
        tell_handlers(
            made,
            "new",
            f"{row.agency.short_name or row.agency.name}转来一件{made.get_kind_display()}，编号{made.number}",
            "请打开看一看，归本机关办的请受理，对方就知道已经签收。",
            by.day,
        )
    return made


def _be_sure_may_have(message: Message, to: Agency) -> None:
    if to.pk == message.agency_id or to.ended_on is not None:
        raise CannotDo("请选择另一个机关。")
    if message.about_id is not None and message.about_id in chain_of(to):
        raise CannotDo(
            f"不能把对{message.about}的投诉转给它自己或者它的下级。要它说明情况的，用“请被投诉机关说明情况”。"
        )


def ask_account(message: Message, *, by: Actor, question: str, due_on: date | None = None) -> MessageInquiry:
    """请被投诉机关说明情况: it reads what is written here and nothing else. Raises `CannotDo` where the sender's name
    or number stands in it."""
    with moving(message, "ask_account", by=by) as step:
        row = step.message
        if row.about is None:
            raise CannotDo("只有投诉举报才请被投诉机关说明情况。")
        question = needed(question, "请它说明什么", 1000)
        _hides(row, question)
        last = due_on or calendar().add(by.day, periods_for(row.agency).of("account"))
        if last < by.day:
            raise CannotDo("最迟说明的日期要在今天以后。")
        made = MessageInquiry.objects.create(
            message=row,
            agency=row.about,
            question=question,
            asked_on=by.day,
            asked_by=by.name[:60],
            due_on=last,
        )
        step.said = question
        _tell_about(made, by.day)
    return made


def _hides(message: Message, text: str) -> None:
    sender = MessageSender.objects.filter(message=message).first()
    if sender is None:
        return
    squeezed = "".join(text.split())
    for name, word in (("name", "姓名"), ("phone", "电话"), ("email", "电子邮箱"), ("address", "地址")):
        value = "".join(getattr(sender, name).split())
        if len(value) > 1 and value in squeezed:
            raise CannotDo(f"这一段里有投诉人的{word}，被投诉的机关会看到。请删去，换一种说法。")


def _tell_about(inquiry: MessageInquiry, day: date) -> None:
    url = reverse("desk:message-inquiry", args=[inquiry.agency.slug, inquiry.pk])
    kinds = (Kind.CLERK, Kind.OGI_HEAD)
    for seat in Seat.objects.filter(agency=inquiry.agency, kind__in=kinds, ended_on__isnull=True):
        tell(
            seat,
            subject="主管部门请本机关说明信息公开工作的情况",
            body="请在期限内如实说明。",
            key=f"inquiry:{inquiry.pk}:{seat.pk}",
            day=day,
            url=url,
        )


def give_account(inquiry: MessageInquiry, *, by: Actor, text: str) -> None:
    """说明情况, by the agency complained of; once. Raises `CannotDo`."""
    with acting(by, "message.account", inquiry) as doing:
        row = MessageInquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
        if row.answered_on is not None:
            raise CannotDo("已经说明过了。还要补充的，请打电话告诉主管部门。")
        row.answer, row.answered_on, row.answered_by = needed(text, "情况"), by.day, by.name[:60]
        row.save()
        message = (
            Message.objects.select_for_update(no_key=True, of=("self",))
            .select_related("agency")
            .get(pk=row.message_id)
        )
        write_event(message, "account", message.state, Step(message, said=row.answer), by=by, seat=doing.seat)
        tell_handlers(
            message,
            f"account:{row.pk}",
            f"被投诉机关已说明情况，编号{message.number}",
            "请打开看说明，核实以后答复。",
            by.day,
        )
    inquiry.refresh_from_db()


def select(message: Message, *, by: Actor, column: Column, title: str, question: str, text: str) -> Item:
    """选登: question and answer become the draft of an item, which is reviewed and published as every other; this is no
    way round the gate. For who handles messages and may draft. Raises `CannotDo`."""
    with moving(message, "select", by=by) as step:
        row = step.message
        if row.item_id is not None:
            raise CannotDo("这件已经做成草稿，请到“公开”里继续。")
        if not row.answer_public:
            raise CannotDo("这件答复没有经过公开审核，不能选登。")
        _hides(row, f"{title} {question} {text}")
        body = "".join(
            f"<h2>{word}</h2>"
            + "".join(f"<p>{escape(line)}</p>" for line in given.splitlines() if line.strip())
            for word, given in (("来信", needed(question, "问题")), ("答复", needed(text, "答复")))
        )
        item = draft(row.agency, column, title=needed(title, "标题", 100), by=by, text=body)
        row.item_id = item.pk
        step.said = f"草稿索引号{item.index_number}"
    return item
