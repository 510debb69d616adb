"""信息处理费: give the notice, write down the payment, or let the request lapse (art. 42, 国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.fees import by_pages, by_piece
from gongkai.statute.periods import PERIODS

from ..models import InfoRequest, RequesterMessage
from .base import CannotDo, moving
from .waiting import nothing_waits

RIGHT = "requests.handle"
LADDERS = {"pieces": by_piece, "pages": by_pages}
"""By which piece of the requester's calendar month this request is, or by its pages. A notice asks for its own request
alone: added up over the month, the notices come to what the whole ladder asks, and nothing is asked twice."""


def give_fee_notice(
    request: InfoRequest, *, by: Actor, on: date, basis: str, units: int, reason: str, pay_how: str = ""
) -> None:
    """Decide on the fee and give the notice within the period: `basis` pieces or pages, `units` the running
    number of this request in the requester's month or the pages of the request. The amount (元) is the ladder's; the
    officer decides whether it is charged, with reasons. `until` on the event is the last day to pay where the notice
    is received on the day it is given; received later, it is later."""
    if not reason.strip():
        raise CannotDo("请写明收取信息处理费的理由：申请的数量、频次怎样明显超过合理范围。")
    if basis not in LADDERS:
        raise CannotDo("请选择按件收费还是按页收费。")
    found = LADDERS[basis](units, on=on)
    if found.yuan == 0:
        raise CannotDo("按这个数量不收费，不能发收费通知书。")
    with moving(request, "give_fee_notice", by=by, right="requests.extend", on=on) as step:
        if step.request.due_on and on > step.request.due_on:
            raise CannotDo("答复期限已经届满，不能再发收费通知书；请尽快答复。")
        until = PERIODS["fee_payment"].end(on, calendar()).last_day
        step.data |= {
            "basis": basis,
            "units": units,
            "yuan": found.yuan,
            "lines": list(found.lines),
            "reason": reason.strip(),
            "until": until.isoformat(),
            "pay_how": pay_how.strip(),
        }


def receive_payment(request: InfoRequest, *, by: Actor, on: date, receipt_number: str = "") -> None:
    """Write down that the fee was paid in full; the period begins anew on the day after."""
    with moving(
        request, "receive_payment", by=by, right=RIGHT, on=on, receipt=receipt_number.strip()
    ) as step:
        nothing_waits(step.request, RequesterMessage.Kind.PAYMENT)


def lapse_no_payment(request: InfoRequest, *, by: Actor, on: date, received_on: date) -> None:
    """Handle the request no further: twenty working days from the day on which the requester received the notice are
    over without payment (row （六）2). Raises `CannotDo` before that."""
    with moving(request, "lapse_no_payment", by=by, right=RIGHT, on=on) as step:
        nothing_waits(step.request, RequesterMessage.Kind.PAYMENT)
        notice = next(event for event in reversed(step.events) if event.act == "give_fee_notice")
        if received_on < notice.on:
            raise CannotDo(f"申请人收到通知的日期早于发出通知的{in_words(notice.on)}，请核对两个日期。")
        until = PERIODS["fee_payment"].end(received_on, calendar()).last_day
        step.data |= {"received_on": received_on.isoformat(), "until": until.isoformat()}
        if on <= until:
            raise CannotDo(f"缴费期限到{in_words(until)}为止，这一天以后才能按逾期未缴费处理。")
        step.outcome = step.request.reply = "other_no_fee"
