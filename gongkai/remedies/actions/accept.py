"""登记复议、诉讼: write down that a case against the agency was accepted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.days import in_words

from ..models import Remedy


class CannotTake(ValueError):
    """A case that cannot be written down as told; the message says what to mend."""


def accept(
    agency: Agency,
    *,
    by: Actor,
    track: str,
    organ: str,
    number: str,
    about: str,
    accepted_on: date,
    request: InfoRequest | None = None,
    follows: Remedy | None = None,
    answer_by: date | None = None,
) -> Remedy:
    """Write down a reconsideration or lawsuit from the day the organ or court accepted it; the clerk's act.

    A suit after reconsideration names the reconsideration it follows. Raises `CannotTake`.
    """
    kind = Remedy.Track(track)
    missing = [
        w for w, v in (("复议机关或者法院", organ), ("案号", number), ("争议的事项", about)) if not v.strip()
    ]
    if missing:
        raise CannotTake(f"请填写{'、'.join(missing)}。")
    if accepted_on > by.day:
        raise CannotTake("受理之日还没有到，请填今天或者以前的日期。")
    if kind is Remedy.Track.AFTER and follows is None:
        raise CannotTake("复议后起诉的，请选择先行的那件行政复议；没有登记过的，请先登记。")
    _belong(agency, request, follows, accepted_on)
    with acting(by, "remedy.edit", agency, track=track) as doing:
        try:
            with transaction.atomic():
                made = Remedy.objects.create(
                    agency=agency,
                    request=request or (follows.request if follows else None),
                    follows=follows,
                    track=kind,
                    organ=organ.strip(),
                    number=number.strip(),
                    about=about.strip(),
                    accepted_on=accepted_on,
                    answer_by=answer_by,
                )
        except IntegrityError as error:
            raise CannotTake(f"{organ.strip()}的{number.strip()}已经登记过了。") from error
        doing.target = made
    return made


def _belong(agency: Agency, request: InfoRequest | None, follows: Remedy | None, accepted_on: date) -> None:
    if request is not None and request.agency_id != agency.pk:
        raise CannotTake("选择的申请不是本机关的。")
    if request is not None and request.received_on and accepted_on < request.received_on:
        raise CannotTake(f"受理之日早于收到申请的{in_words(request.received_on)}，请核对两个日期。")
    if follows is not None and (
        follows.agency_id != agency.pk or follows.track != Remedy.Track.RECONSIDERATION
    ):
        raise CannotTake("先行的案件要是本机关登记的行政复议。")
