"""确认收到: both sides have confirmed that the request arrived; from then on it is legally received (art. 31)."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.statute.channels import receipt

from ..models import InfoRequest
from .base import CannotDo, moving


def confirm_receipt(request: InfoRequest, *, by: Actor, on: date, how: str) -> None:
    """Write down that and how (telephone, reply, in person) the requester confirmed; the clerk's act, once.

    The day of confirmation is the day of receipt, and the period runs from the day after. Raises `CannotDo` without
    a word on how, `ReceiptError` for a day before the request arrived.
    """
    if not how.strip():
        raise CannotDo("请写明怎样与申请人确认的，例如“电话确认，接听人为申请人本人”。")
    with moving(request, "confirm_receipt", by=by, right="requests.handle", on=on, how=how.strip()) as step:
        row = step.request
        row.confirmed_on = on
        row.received_on = receipt(row.channel, row.submitted_on, row.arrived_on, on).on
