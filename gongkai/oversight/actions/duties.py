"""Duties of the year: ticking one by hand and taking that back, local duties, an earlier day, who is in charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import BUSINESS, Agency, Kind, Seat
from gongkai.agencies.rights import acting, require
from gongkai.statute.duties import CALENDAR

from ..duties.tasks import close_task
from ..duties.year import Due
from ..models import DutyOwner, DutySetting, DutyTick, LocalDuty

MOST_AHEAD = 60
"""Working days by which a duty can be put forward at most."""
LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
KINDS = [(kind.value, kind.label) for kind in Kind if kind in BUSINESS]
"""The seats that a local duty can be given to."""


class CannotArrange(ValueError):
    """The duty cannot be ticked or arranged so; says what to do."""


def tick(due: Due, *, by: Actor, note: str) -> DutyTick:
    """Say that a duty is done, in a sentence. For the clerk, the heads, the leader, and who is in charge of it; its
    task is closed with it. Raises `CannotArrange` where nothing is said or where it is done already."""
    note = note.strip()
    if not note:
        raise CannotArrange("请用一句话写明办理情况，例如：3月20日移交县档案馆，收件人甲某。")
    row = DutyTick(
        agency=due.agency,
        key=due.key,
        year=due.year,
        part=due.part,
        seat=due.seat,
        note=note[:200],
        on=by.day,
        by=by.name[:60],
        at=timezone.now(),
    )
    with acting(by, "duty.tick", row, duty=due.key, year=due.year, part=due.part, note=note[:200]):
        if due.known is not None and not due.known.by_hand:
            raise CannotArrange(f"记录里已经查到：{due.known.words}。不用再登记。")
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise CannotArrange("这一项已经登记过了。要改的，先取消登记。") from error
        close_task(due, f"登记：{note}"[:300], by.day)
    return row


def untick(due: Due, *, by: Actor) -> bool:
    """Take a tick back; whether there was one. For those who may tick."""
    require(by, "duty.tick", DutyTick(agency=due.agency, seat=due.seat))
    row = DutyTick.objects.filter(agency=due.agency, key=due.key, year=due.year, part=due.part).first()
    if row is None:
        return False
    row.seat = due.seat
    with acting(by, "duty.tick", row, duty=due.key, year=due.year, part=due.part, taken_back=row.note):
        DutyTick.objects.filter(pk=row.pk).delete()
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """A local duty as it is asked for."""

    title: str
    does: str
    basis: str
    month: int
    day: int
    kind: str
    year: int | None = None
    below: bool = False


def add_local(agency: Agency, wanted: Wanted, *, by: Actor) -> LocalDuty:
    """Add a duty of the office's own. For the head of the office, the head, the supervisor. Raises `CannotArrange`."""
    _be_whole(wanted, by)
    with acting(by, "duty.edit", agency, title=wanted.title, day=f"{wanted.month}-{wanted.day}") as doing:
        row = LocalDuty.objects.create(
            agency=agency,
            title=wanted.title.strip()[:60],
            does=wanted.does.strip()[:200],
            basis=wanted.basis.strip()[:200],
            month=wanted.month,
            day=wanted.day,
            year=wanted.year,
            since=wanted.year or by.day.year + _is_past(wanted, by.day),
            kind=wanted.kind,
            below=wanted.below,
            by=by.name[:60],
            at=timezone.now(),
        )
        doing.target = row
    return row


def _be_whole(wanted: Wanted, by: Actor) -> None:
    if not wanted.title.strip():
        raise CannotArrange("请写明要做的事。")
    if not wanted.basis.strip():
        raise CannotArrange("请写明依据，例如：县政府办公室2026年通知。")
    if not 1 <= wanted.month <= 12 or not 1 <= wanted.day <= LAST_DAYS[wanted.month - 1]:
        raise CannotArrange("没有这一天，请改一个日期。")
    if wanted.kind not in BUSINESS:
        raise CannotArrange("请选择由哪个岗位办理。")
    if wanted.year is not None and (
        wanted.year < by.day.year or (wanted.year == by.day.year and _is_past(wanted, by.day))
    ):
        raise CannotArrange("这一天已经过了，请改一个日期，或者改为每年都做。")


def _is_past(wanted: Wanted, day: date) -> bool:
    """Whether its day of this year is over: then it begins with the next one."""
    return (wanted.month, wanted.day) < (day.month, day.day)


def end_local(row: LocalDuty, *, by: Actor) -> None:
    """A local duty is no more, from this year on. For who may add one. Raises `CannotArrange` where it ended already."""
    with acting(by, "duty.edit", row, ended=row.title):
        changed = LocalDuty.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=timezone.now())
        if not changed:
            raise CannotArrange("这一项已经取消了。")


def set_ahead(agency: Agency, key: str, *, by: Actor, ahead: int, reason: str) -> None:
    """Put a duty forward by so many working days, for the agency and all under it; 0 is the day as it was. For who may
    add one. Raises `CannotArrange`."""
    _be_known(key)
    if not 0 <= ahead <= MOST_AHEAD:
        raise CannotArrange(f"请填 0 到 {MOST_AHEAD} 之间的整数。")
    if not reason.strip():
        raise CannotArrange("请写明为什么提前，例如：县政府办公室要求1月15日前报送。")
    with acting(by, "duty.edit", agency, duty=key, ahead=ahead, reason=reason.strip()):
        told = {"ahead": ahead, "reason": reason.strip()[:200], "by": by.name[:60], "at": timezone.now()}
        DutySetting.objects.update_or_create(agency=agency, key=key, defaults=told)


def put_in_charge(agency: Agency, key: str, seat: Seat | None, *, by: Actor) -> None:
    """Put a seat of the agency in charge of a duty; None for the usual one. For who may add one. Raises
    `CannotArrange` for a seat of another agency or one that has ended."""
    _be_known(key)
    if seat is not None and (seat.agency_id != agency.pk or seat.ended_on is not None):
        raise CannotArrange("请选择本机关的岗位。")
    with acting(by, "duty.edit", agency, duty=key, seat=str(seat or "平台的安排")):
        if seat is None:
            DutyOwner.objects.filter(agency=agency, key=key).delete()
            return
        told = {"seat": seat, "by": by.name[:60], "at": timezone.now()}
        DutyOwner.objects.update_or_create(agency=agency, key=key, defaults=told)


def _be_known(key: str) -> None:
    if key not in CALENDAR and not key.startswith("local-"):
        raise CannotArrange("没有这一项工作。")
