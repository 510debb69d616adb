"""网上申请: what requesters do themselves: submit, answer what they were asked, withdraw; and the clerk's word on it.

The platform writes these acts down in its own name (`Actor.system`); the trail says 网上申请.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.agencies.rights import acting, several
from gongkai.files.actions.adding import Examined, add_file, examine
from gongkai.files.actions.passing import pass_on
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner
from gongkai.tasks.telling import tell

from ..models import CasePaper, InfoRequest, PortalDraft, RequesterMessage
from .base import CannotDo
from .clarification import receive_clarification
from .closing import withdraw
from .drafts import FILE_KINDS, Draft, submission_keys, system_actor
from .fees import receive_payment
from .papers import MOST, note_paper
from .period import receive_reasons
from .register import Intake, submit

MOST_WAITING = 5
"""Messages of one request that wait for the clerk at the same time."""
ASKED = {
    "awaiting_clarification": RequesterMessage.Kind.CLARIFICATION,
    "awaiting_reasons": RequesterMessage.Kind.REASONS,
    "awaiting_payment": RequesterMessage.Kind.PAYMENT,
}
"""What a requester may send in which state."""


def submit_online(
    draft: Draft,
    *,
    requester_kind: str,
    applicant: str,
    content: str,
    form_wanted: str,
    obtain: str,
    requester: Mapping[str, str],
    now: datetime,
) -> InfoRequest:
    """Register what was filled in online, with its files; the draft is gone then. Sent twice it is one request.

    It gets its number at once and waits for the clerk to confirm it with the requester: from that day on it counts as
    received (art. 31). Raises `CannotDo`.
    """
    by, day = system_actor(now), timezone.localdate(now)
    intake = Intake(
        channel="online",
        requester_kind=requester_kind,
        applicant=applicant,
        content=content,
        submitted_on=day,
        arrived_on=day,
        form_wanted=form_wanted,
        obtain=obtain,
        requester=dict(requester),
        submission_key=draft.row.token,
    )
    with several():
        request = submit(draft.agency, intake, by=by)
        for file in files_of_owner(draft.row):
            pass_on(file, request, by=by)
            if not CasePaper.objects.filter(file=file).exists():
                note_paper(request, file, by=by, kind=_kind_of(file), dated=day)
        PortalDraft.objects.filter(pk=draft.row.pk).delete()
        _tell_clerks(
            request,
            day,
            f"online:{request.pk}",
            f"网上收到一件申请，编号{request.number}",
            "请当天与申请人确认收到，并登记确认。确认之前法律上不算收到，答复期限不起算。",
        )
    return request


def submitted_with(agency: Agency, token: str) -> InfoRequest | None:
    """The request that was made of the form with this token; None before it was submitted."""
    if not token:
        return None
    return InfoRequest.objects.filter(agency=agency, submission_key__in=submission_keys(token)).first()


def send_message(
    request: InfoRequest, *, text: str, upload: UploadedFile[Any] | None = None, now: datetime
) -> RequesterMessage:
    """Keep the requester's answer to what was asked (clarification, reasons, payment) for the clerk to confirm.

    The same words sent twice are kept once. Raises `CannotDo` when nothing is asked, nothing was said or too much
    waits already, `NotTaken` for a file that is not taken.
    """
    if not text.strip():
        raise CannotDo("请写明内容。")
    by, day = system_actor(now), timezone.localdate(now)
    judged = _examined(request.agency, by, upload)
    with acting(by, "requests.handle", request, online=ASKED.get(request.state, "")):
        locked = InfoRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.pk)
        kind = ASKED.get(locked.state)
        if kind is None:
            raise CannotDo("这件申请现在不需要您补充内容。")
        waiting = list(locked.messages.filter(taken_on__isnull=True))
        same = next((one for one in waiting if one.kind == kind and one.text == text.strip()), None)
        if same is not None:
            return same
        if len(waiting) >= MOST_WAITING:
            raise CannotDo("您提交的内容工作人员还没有处理完，请等一等，或者打电话说明。")
        file = None
        if judged:
            file = add_file(by=by, agency=request.agency, upload=judged, owner=locked, most=MOST)
            note_paper(locked, file, by=by, kind=CasePaper.Kind.SUPPLEMENT, dated=day)
        made = RequesterMessage.objects.create(
            request=locked, kind=kind, text=text.strip(), file=file, sent_on=day, sent_at=now
        )
        _tell_clerks(
            request,
            day,
            f"online-message:{made.pk}",
            f"申请人网上提交了“{made.get_kind_display()}”，编号{request.number}",
            "请打开查看，与申请人确认后登记。",
            page="desk:request-online",
        )
    return made


def withdraw_online(request: InfoRequest, *, now: datetime) -> None:
    """The requester, who knows the tracking code, takes the request back. Raises `ImpossibleMove`, `CannotDo`."""
    day = timezone.localdate(now)
    with several():
        withdraw(request, by=system_actor(now), on=day, how="申请人凭查询码在网上撤回")
        _tell_clerks(
            request,
            day,
            f"online-withdrawn:{request.pk}",
            f"申请人在网上撤回了申请，编号{request.number}",
            "这件申请不用再办理，请归档。",
        )


def take_message(
    message: RequesterMessage, *, by: Actor, on: date, content: str = "", seen: int | None = None
) -> None:
    """Confirm what the requester sent, and write the act down: a corrected request counts as received on `on`, the
    day both sides confirmed it (art. 30, 31). `content` is the request as corrected, the requester's words where the
    clerk wrote nothing. What of the same kind waits with it, up to the number `seen`, is taken with it: one act
    answers them all. For who handles the case. Raises `CannotDo` for one that was taken, and where another came in
    that the clerk has not seen."""
    request = message.request
    with several():
        taken = _take_all(message, by, seen)
        if message.kind == RequesterMessage.Kind.CLARIFICATION:
            told = content.strip() or corrected(request, taken)
            receive_clarification(request, by=by, on=on, content=told, said="申请人网上补正")
        elif message.kind == RequesterMessage.Kind.REASONS:
            receive_reasons(request, by=by, on=on, reasons="\n".join(one.text for one in taken))
        else:
            receive_payment(request, by=by, on=on)


def _take_all(message: RequesterMessage, by: Actor, seen: int | None) -> list[RequesterMessage]:
    """Take the message and all of its kind that wait with it."""
    _taken(message, by)
    others = message.request.messages.filter(kind=message.kind, taken_on__isnull=True)
    found = [message, *others.select_for_update(no_key=True)]
    if any(one.pk > (seen or message.pk) for one in found):
        raise CannotDo("申请人刚才又提交了一份，请刷新这一页，看过以后一并登记。")
    for one in found[1:]:
        _taken(one, by)
    return sorted(found, key=lambda one: one.pk)


def corrected(request: InfoRequest, messages: Sequence[RequesterMessage]) -> str:
    """The request with what the requester added to it."""
    return "\n".join([request.content, *(f"补正：{one.text}" for one in messages)])


def set_message_aside(message: RequesterMessage, *, by: Actor, why: str) -> None:
    """Put away what the requester sent without an act, with the reason. Raises `CannotDo`."""
    if not why.strip():
        raise CannotDo("请写明没有采用的原因，例如“没有查到缴费，已电话告知申请人”。")
    with acting(by, "requests.handle", message.request, message=message.kind, set_aside=True):
        _taken(message, by, why.strip()[:200])


def _taken(message: RequesterMessage, by: Actor, why: str = "") -> None:
    locked = RequesterMessage.objects.select_for_update(no_key=True).get(pk=message.pk)
    if locked.taken_on is not None:
        raise CannotDo(f"{locked.taken_by}已经处理过了。")
    locked.taken_on, locked.taken_by, locked.set_aside = by.day, by.name, why
    locked.save(update_fields=["taken_on", "taken_by", "set_aside"])
    message.refresh_from_db()


def _kind_of(file: StoredFile) -> str:
    """What a file given online is: it was named by it."""
    stem = file.name.rpartition(".")[0]
    named = {name: kind for kind, name in FILE_KINDS.items() if kind != "other"}
    return named.get(stem, CasePaper.Kind.SUPPLEMENT)


def _examined(agency: Agency, by: Actor, upload: UploadedFile[Any] | None) -> Examined | None:
    return examine(by=by, agency=agency, upload=upload, confirmed=True) if upload else None


def _tell_clerks(
    request: InfoRequest, day: date, key: str, subject: str, body: str, *, page: str = "desk:request"
) -> None:
    url = reverse(page, args=[request.agency.slug, request.pk])
    clerks = Seat.objects.filter(agency=request.agency, kind=Kind.CLERK, ended_on__isnull=True)
    for seat in clerks:
        tell(seat, subject=subject, body=body, key=f"{key}:{seat.pk}", day=day, url=url)
