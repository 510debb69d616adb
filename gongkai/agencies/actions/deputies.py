"""Stand-ins: somebody works in a seat for its holder for some days, beginning and ending by itself."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from ..actor import Actor
from ..fitness import NotPossible, locked_people, locked_seat, must_fit
from ..models import ADMINISTRATORS, Deputy, Person, Seat
from ..rights import acting
from .telling import alarm, full_name, tell, work_sentence

__all__ = ["LONGEST", "NotPossible", "call_off", "cancel_deputy", "deputise"]
LONGEST = timedelta(days=366)
"""Whoever stands in longer than a year should be handed the seat."""


def deputise(seat: Seat, *, person: Person, since: date, until: date, by: Actor, reason: str = "") -> Deputy:
    """Let somebody work in the seat from one day to another, both included; the holder keeps working in it too.

    For whoever may hand the seat over; the deputy is told. A vacant seat may have a deputy. One at a time: days on
    which somebody else already stands in are refused, so that it is clear who is answerable. Nobody stands in for
    an administrator who holds or stands in for another administrator's seat. Raises `NotAllowed`, `NotPossible`.
    """
    days = f"{_said(since)}至{_said(until)}"
    with acting(by, "seat.deputise", seat, deputy=person.name, days=days, reason=reason) as doing:
        (person,) = locked_people(person)
        seat = locked_seat(seat)
        _must_be_a_period(since, until, by.day)
        if seat.person_id == person.pk:
            raise NotPossible(f"{person.name}就是这个岗位的人，不用代班。")
        must_fit(person, seat, by=by, since=since, until=until, given_in=doing.seat)
        clash = deputies_on(seat, since, until).first()
        if clash is not None:
            raise NotPossible(
                f"{_said(clash.since)}至{_said(clash.until)}已经由{clash.person.name}代班。"
                "请换日期，或者先取消那次代班。"
            )
        made = Deputy.objects.create(
            seat=seat, person=person, since=since, until=until, reason=reason[:100], given_by=by.name
        )
        tell(
            person,
            seat,
            f"deputy.given:{made.pk}",
            f"请您代班：{full_name(seat)}",
            f"{days}（含首尾两天），请您代“{full_name(seat)}”",
            f"，原岗位人员是{seat.person.name}。" if seat.person else "，这个岗位现在空缺。",
            f"原因：{reason}。" if reason else "",
            "到日子自动开始、自动结束。",
            work_sentence(seat),
        )
        if seat.kind in ADMINISTRATORS and by.person is not None:
            alarm(
                person,
                by,
                f"管理员代班：{full_name(seat)}",
                f"{by.name}安排{person.name}（{person.username}）{days}代“{full_name(seat)}”。"
                "如果不是事先说好的，请马上告诉其他管理员。",
            )
    return made


def _must_be_a_period(since: date, until: date, today: date) -> None:
    if since < today:
        raise NotPossible("开始的日子不能早于今天。")
    if until < since:
        raise NotPossible("结束的日子不能早于开始的日子。")
    if until - since >= LONGEST:
        raise NotPossible("代班最长一年。更长的请移交岗位。")


def deputies_on(seat: Seat, since: date, until: date = date.max) -> QuerySet[Deputy]:
    """Who stands in for this seat on any of these days."""
    return (
        Deputy.objects.filter(seat=seat, cancelled_on__isnull=True, since__lte=until, until__gte=since)
        .select_related("person")
        .order_by("since")
    )


def cancel_deputy(deputy: Deputy, *, by: Actor) -> None:
    """End it early, or call it off before it begins; the deputy is told and has no access from now on.

    For whoever may arrange it. Raises `NotPossible` when it is over or was called off already.
    """
    with acting(by, "seat.deputise", deputy.seat, cancelled=deputy.person.name):
        seat = locked_seat(deputy.seat)
        found = deputies_on(seat, by.day).filter(pk=deputy.pk).first()
        if found is None:
            raise NotPossible("这次代班已经结束，不用取消。")
        _end(found, seat, by)


def call_off(seat: Seat, *, by: Actor, person: Person | None = None) -> int:
    """Inside an act: end what is arranged for this seat from today on, telling the deputies; how many there were."""
    found = [d for d in deputies_on(seat, by.day) if person is None or d.person_id == person.pk]
    for deputy in found:
        _end(deputy, seat, by)
    return len(found)


def _end(deputy: Deputy, seat: Seat, by: Actor) -> None:
    deputy.cancelled_on = by.day
    deputy.save(update_fields=["cancelled_on"])
    if deputy.person.is_active:
        days = f"{_said(deputy.since)}至{_said(deputy.until)}"
        told = f"原定{days}的代班从现在起取消，不用再代“{full_name(seat)}”。"
        tell(deputy.person, seat, f"deputy.cancelled:{deputy.pk}", f"代班取消：{full_name(seat)}", told)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
