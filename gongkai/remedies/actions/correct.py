"""更正、作废、登记提交: mend an entry, take out one that should not be there, write down that we answered."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.days import in_words

from ..models import Remedy
from .facts import CannotTake, Facts, checked, locked_case, taken_already


def correct(case: Remedy, told: Facts, *, by: Actor, why: str) -> None:
    """Write down the facts of a case anew, with the reason; the trail keeps which were changed. Raises `CannotTake`."""
    if not why.strip():
        raise CannotTake("请写明更正的原因，例如“案号抄错”。")
    with acting(by, "remedy.edit", case, why=why.strip()) as doing:
        locked = locked_case(case)
        told = checked(told, case.agency, by.day)
        _fits(locked, told)
        written = told.written()
        doing.detail["changed"] = sorted(
            name for name, value in written.items() if getattr(locked, name) != value
        )
        for name, value in written.items():
            setattr(locked, name, value)
        try:
            with transaction.atomic():
                locked.save()
        except IntegrityError as error:
            raise taken_already(told) from error
    case.refresh_from_db()


def _fits(case: Remedy, told: Facts) -> None:
    """What the rest of the entry, and the suits that follow it, demand of the new facts."""
    if case.decided_on is not None and told.accepted_on > case.decided_on:
        raise CannotTake(f"受理之日晚于审结的{in_words(case.decided_on)}，请核对两个日期。")
    if case.answered_on is not None and told.accepted_on > case.answered_on:
        raise CannotTake(f"受理之日晚于提交答复书、答辩状的{in_words(case.answered_on)}，请核对两个日期。")
    early = case.followed_by.filter(cancelled="", accepted_on__lt=told.accepted_on).first()
    if early is not None:
        raise CannotTake(
            f"受理之日晚于之后起诉的{early.number}受理的{in_words(early.accepted_on)}，请核对两个日期。"
        )
    if told.follows is not None and told.follows.pk == case.pk:
        raise CannotTake("先行的复议不能是这件案子自己。")
    if told.track != Remedy.Track.RECONSIDERATION and (suit := _suit_after(case)):
        raise CannotTake(f"诉讼{suit}登记为这件复议之后起诉，这件的类别不能改；请先更正那件诉讼。")


def cancel(case: Remedy, *, by: Actor, why: str) -> None:
    """Take an entry out that should not be there (written down twice, another agency's); it counts nowhere then.

    It stays readable with the reason. Raises `CannotTake` while a suit names it as its reconsideration.
    """
    if not why.strip():
        raise CannotTake("请写明作废的原因，例如“重复登记”。")
    with acting(by, "remedy.edit", case, cancelled=why.strip()):
        locked = locked_case(case)
        if suit := _suit_after(locked):
            raise CannotTake(f"诉讼{suit}登记为这件复议之后起诉，不能作废；请先更正那件诉讼。")
        locked.cancelled = why.strip()
        locked.save()
    case.refresh_from_db()


def hand_in(case: Remedy, *, by: Actor, on: date) -> None:
    """Write down that our 答复书 or 答辩状 was handed in on this day. Raises `CannotTake`."""
    if not case.accepted_on <= on <= by.day:
        raise CannotTake(f"提交之日要在受理的{in_words(case.accepted_on)}到今天之间。")
    with acting(by, "remedy.edit", case, answered_on=on.isoformat()):
        locked = locked_case(case)
        locked.answered_on = on
        locked.save()
    case.refresh_from_db()


def _suit_after(case: Remedy) -> str:
    """The number of a suit that follows this reconsideration; empty where there is none."""
    return case.followed_by.filter(cancelled="").values_list("number", flat=True).first() or ""
