"""Institutional reform: an agency takes another name, is merged into another one, or ends. Nothing is lost by it.

Its records keep their owner and its public addresses go on working; who may read them afterwards says `rights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ..actor import Actor
from ..checks import Unfit, tidy, wrong_in_agency
from ..fitness import locked_seats
from ..models import Agency, AgencyName, Seat
from ..rights import acting
from ..work import move_work
from .closing import end_seats, left_open


def rename(
    agency: Agency,
    *,
    name: str,
    short_name: str = "",
    document_code: str = "",
    on: date,
    basis: str,
    by: Actor,
) -> AgencyName:
    """Give the agency another name from the day `on`, and keep the old one with the basis of the change.

    For the system administrator. What tells of an earlier day goes on bearing the name of that day (`name_on`).
    `on` is today or past and later than the change before. Raises `NotAllowed`, `Unfit`.
    """
    new = {"name": tidy(name), "short_name": tidy(short_name), "document_code": tidy(document_code)}
    with acting(by, "agency.reform", agency, what="更名", before=agency.name, on=on, basis=basis) as doing:
        own = _standing(agency)
        wrong = _wrong_day(on, basis, by) | wrong_in_agency(new, own)
        last = own.names.order_by("-until").first()
        if last is not None and on <= last.until + timedelta(days=1):
            wrong.setdefault("on", f"上一次更名之前的名称用到{last.until}，这次的日期要更晚。")
        if not wrong and new["name"] == own.name:
            wrong["name"] = "新的全称和现在的一样。只改简称或者机关代字，请用“修改资料”。"
        if not wrong and Agency.objects.filter(name=new["name"]).exclude(pk=own.pk).exists():
            wrong["name"] = f"已经有机关叫“{new['name']}”，请核对。"
        if wrong:
            raise Unfit(wrong)
        before = AgencyName.objects.create(
            agency=own,
            name=own.name,
            short_name=own.short_name,
            document_code=own.document_code,
            until=on - timedelta(days=1),
            basis=tidy(basis)[:200],
        )
        for field, value in new.items():
            setattr(agency, field, value)
        agency.save(update_fields=list(new))
        doing.detail["after"] = agency.name
    return before


def merge(
    agency: Agency, into: Agency, *, on: date, basis: str, by: Actor, work_to: Seat | None = None
) -> dict[str, int]:
    """Merge the agency into another one as of the day `on`; what was moved, by kind of work.

    For the system administrator. The agency stays with its records, which the successor's seats may read. Its seats
    end with the time of their holders; open work goes to the seat `work_to` of the successor. Agencies it supervised
    are supervised by the successor. Raises `NotAllowed`; `Unfit`, naming what is open where no seat takes it.
    """
    with acting(by, "agency.reform", agency, what="并入", into=into.name, on=on, basis=basis) as doing:
        # All that change in one order, so that two reforms at once wait for one another instead of for ever.
        touched = Q(pk__in=[agency.pk, into.pk]) | Q(supervisor=agency)
        rows = Agency.objects.select_for_update(no_key=True).filter(touched).order_by("pk")
        locked = {row.pk: row for row in rows}
        own = _standing(agency)
        wrong = _wrong_day(on, basis, by)
        if into.pk == own.pk or locked[into.pk].ended_on:
            wrong["into"] = "请选另一个没有撤销的机关。"
        if wrong:
            raise Unfit(wrong)
        _pass_on_supervision(own, into)
        moved = _close(own, on, f"机关并入{into.name}", work_to, into)
        _end(agency, on, into)
        doing.detail["moved"] = moved
    return moved


def end(agency: Agency, *, on: date, basis: str, by: Actor, work_to: Seat | None = None) -> dict[str, int]:
    """End the agency without a successor as of the day `on`; what was moved, by kind of work.

    For the system administrator. As `merge`, but refused while other agencies are supervised by it; open work goes
    to the seat `work_to` of any other agency. Raises `NotAllowed`, `Unfit`.
    """
    with acting(by, "agency.reform", agency, what="撤销", on=on, basis=basis) as doing:
        own = _standing(agency)
        wrong = _wrong_day(on, basis, by)
        below = list(_supervised(own).values_list("name", flat=True))
        if below:
            wrong[""] = f"还有{len(below)}个机关由它主管（{'、'.join(below[:3])}），请先给它们改主管部门。"
        if wrong:
            raise Unfit(wrong)
        moved = _close(own, on, "机关撤销", work_to, None)
        _end(agency, on, None)
        doing.detail["moved"] = moved
    return moved


def _standing(agency: Agency) -> Agency:
    locked = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if locked.ended_on:
        raise Unfit({"": f"{locked.name}已经撤销或者并入别的机关，不能再办。"})
    return locked


def _wrong_day(on: date, basis: str, by: Actor) -> dict[str, str]:
    wrong = {}
    if on > by.day:
        wrong["on"] = "日期不能晚于今天，请到那一天再办。"
    if not tidy(basis):
        wrong["basis"] = "请填写依据，例如机构改革方案的文号。"
    elif len(tidy(basis)) > 200:
        wrong["basis"] = "依据最多200个字，请缩短。"
    return wrong


def _supervised(agency: Agency) -> QuerySet[Agency]:
    return Agency.objects.filter(supervisor=agency, ended_on__isnull=True)


def _pass_on_supervision(agency: Agency, into: Agency) -> None:
    above: Mapping[int, int | None] = dict(Agency.objects.values_list("pk", "supervisor_id"))
    here, seen = above.get(into.pk), {into.pk}
    while here is not None and here not in seen and here != agency.pk:
        seen.add(here)
        here = above.get(here)
    if here == agency.pk:
        # The successor stood below: it takes the place of what it takes in, and no ring is made.
        into.supervisor = agency.supervisor
        into.save(update_fields=["supervisor"])
    _supervised(agency).exclude(pk=into.pk).update(supervisor=into)


def _close(agency: Agency, on: date, note: str, work_to: Seat | None, into: Agency | None) -> dict[str, int]:
    held = list(Seat.objects.filter(agency=agency, ended_on__isnull=True))
    rows = locked_seats(*held, *([work_to] if work_to else []))
    seats = [seat for seat in rows[: len(held)] if seat.ended_on is None]
    work_to = rows[-1] if work_to else None
    if work_to is not None and (
        work_to.ended_on is not None
        or work_to.agency_id in (None, agency.pk)
        or (into is not None and work_to.agency_id != into.pk)
    ):
        raise Unfit({"work_to": "请选接收机关里现有的岗位。"})
    waiting = left_open(seats)
    if waiting and work_to is None:
        raise Unfit({"work_to": f"这些岗位上还有没办完的事，请选一个岗位接收：{'；'.join(waiting)}。"})
    moved: dict[str, int] = {}
    if work_to is not None:
        for seat in seats:
            for kind, count in move_work(seat, work_to).items():
                moved[kind] = moved.get(kind, 0) + count
    end_seats(seats, on, note)
    agency.proposed_seats.all().delete()
    agency.sections.filter(ended_on__isnull=True).update(ended_on=on)
    return {kind: count for kind, count in moved.items() if count}


def _end(agency: Agency, on: date, successor: Agency | None) -> None:
    agency.ended_on, agency.successor = on, successor
    agency.save(update_fields=["ended_on", "successor"])
