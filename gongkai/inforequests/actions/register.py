"""登记申请: a request comes in by any channel and gets its number (art. 29, 31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Seat, Section
from gongkai.agencies.rights import acting
from gongkai.statute.channels import receipt
from gongkai.statute.requesters import BY_SLUG as KINDS
from gongkai.statute.states import move

from ..models import InfoRequest, Requester, RequestEvent
from ..numbers import allot, tracking_code
from ..searching import index_request
from .base import CannotDo, set_due


@dataclass(frozen=True, slots=True)
class Intake:
    """What is written down of a request when it comes in. Art. 29 demands name, identity, contact, a description
    that lets one search, and the form wanted; a purpose may be told and is never demanded."""

    channel: str
    requester_kind: str
    applicant: str
    content: str
    submitted_on: date
    arrived_on: date | None = None
    confirmed_on: date | None = None
    confirmed_how: str = ""
    form_wanted: str = ""
    obtain: str = ""
    purpose: str = ""
    matter: str = InfoRequest.Matter.DISCLOSURE
    section: Section | None = None
    seat: Seat | None = None
    requester: Mapping[str, str] = field(default_factory=dict)
    submission_key: str = ""


class SentTwice(Exception):
    """The form was sent a second time; `request` is what the first made of it."""

    def __init__(self, request: InfoRequest) -> None:
        super().__init__(request.number)
        self.request = request


def submit(agency: Agency, intake: Intake, *, by: Actor) -> InfoRequest:
    """Register what came by a form; the same form sent twice, by a double click or a reload, is one request."""
    try:
        return register(agency, intake, by=by)
    except SentTwice as twice:
        return twice.request


def _sent_before(agency: Agency, key: str) -> InfoRequest | None:
    return InfoRequest.objects.filter(agency=agency, submission_key=key).first() if key else None


def register(agency: Agency, intake: Intake, *, by: Actor) -> InfoRequest:
    """Register a request and give it its number and tracking code; the clerk's act, for paper requests too.

    It counts as received at once where art. 31 says so (handed in, told, signed for), else when both sides have
    confirmed it: then it waits for `confirm_receipt`. Raises `CannotDo` for what is missing and `ReceiptError` for
    days in an impossible order, `SentTwice` for a form that was sent before; then no number is used up.
    """
    _complete(intake, by.day)
    found = receipt(intake.channel, intake.submitted_on, intake.arrived_on, intake.confirmed_on)
    act = "register_received" if found.on else "register_arrival"
    with acting(by, "requests.register", agency, channel=intake.channel) as doing:
        number = allot(agency, by.day.year)
        # The register is locked now, so that the second of two sendings of one form finds the first.
        sent_before = _sent_before(agency, intake.submission_key)
        if sent_before is not None:
            raise SentTwice(sent_before)
        request = InfoRequest.objects.create(
            agency=agency,
            section=intake.section,
            seat=intake.seat or (doing.seat if doing.seat and doing.seat.agency_id == agency.pk else None),
            matter=intake.matter,
            number=number.number,
            tracking_code=tracking_code(),
            submission_key=intake.submission_key or None,
            requester_kind=intake.requester_kind,
            applicant=intake.applicant.strip(),
            channel=intake.channel,
            submitted_on=intake.submitted_on,
            arrived_on=intake.arrived_on,
            confirmed_on=intake.confirmed_on,
            received_on=found.on,
            content=intake.content.strip(),
            form_wanted=intake.form_wanted,
            obtain=intake.obtain,
            purpose=intake.purpose,
            state=move("unregistered", act).to_state,
        )
        number.request = request
        number.save(update_fields=["request"])
        Requester.objects.create(request=request, **intake.requester)
        event = _first_event(request, act, found.on or intake.arrived_on or by.day, by, doing.seat, intake)
        set_due(request, [event])
        request.save(update_fields=["due_on", "due_provisional"])
        index_request(request)
        doing.target = request
    return request


def _complete(intake: Intake, today: date) -> None:
    missing = [
        word
        for word, value in (("申请人姓名或者名称", intake.applicant), ("申请内容", intake.content))
        if not value.strip()
    ]
    if missing:
        raise CannotDo(f"请填写{'、'.join(missing)}。")
    if intake.requester_kind not in KINDS:
        raise CannotDo("请选择申请人类别。")
    for word, day in (
        ("提交", intake.submitted_on),
        ("到达", intake.arrived_on),
        ("确认", intake.confirmed_on),
    ):
        if day and day > today:
            raise CannotDo(f"{word}日期还没有到，请填今天或者以前的日期。")


def _first_event(
    request: InfoRequest, act: str, on: date, by: Actor, seat: Seat | None, intake: Intake
) -> RequestEvent:
    data: dict[str, Any] = {"channel": intake.channel}
    if intake.confirmed_on:
        data |= {"confirmed_how": intake.confirmed_how}
    return RequestEvent.objects.create(
        request=request,
        serial=1,
        act=act,
        from_state="unregistered",
        to_state=request.state,
        on=on,
        at=timezone.now(),
        by=by.name,
        seat=by.who(seat).seat,
        data=data,
    )
