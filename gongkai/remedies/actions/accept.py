"""登记复议、诉讼: write down that a case against the agency was accepted."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.inforequests.models import InfoRequest

from ..models import Remedy
from .facts import CannotTake, Facts, checked, taken_already


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
    early: str = "",
) -> Remedy:
    """Write down a reconsideration or lawsuit from the day the organ or court accepted it; the clerk's act.

    A suit after reconsideration names the reconsideration it follows; `answer_by` is the last day for our own 答复书
    or 答辩状, as the organ's or court's notice sets it; `early` why it was accepted before the answer was served, or
    before the reconsideration was decided. Raises `CannotTake`.
    """
    told = Facts(track, organ, number, about, accepted_on, request, follows, answer_by, early)
    with acting(by, "remedy.edit", agency, track=track, number=number.strip()) as doing:
        told = checked(told, agency, by.day)
        try:
            with transaction.atomic():
                made = Remedy.objects.create(agency=agency, **told.written())
        except IntegrityError as error:
            raise taken_already(told) from error
        doing.target = made
    return made


__all__ = ["CannotTake", "accept"]
