"""Which way a sheet can really go with the people there are: everybody signs once, and no drafter signs.

The way that is set is taken when people enough are there; else the first level is left out where nobody could sign it;
else, in an office of two, the other person signs everything in one. Else it is said which seat is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Seat
from gongkai.tasks.telling import people_in

from .models import Item
from .routes import Route, Step, preset, route_for

People = dict[str, set[int]]
"""Who may sign, by `Step.what`: numbers of people."""


class NobodyToSign(ValueError):
    """The sheet could not be signed to its end; says which seat is missing."""


def way_of(item: Item, by: Actor) -> Route:
    """The way the item's sheet goes when this actor puts it under review now. Raises `NobodyToSign`."""
    barred = set(item.drafters.filter(version=item.version).values_list("person", flat=True))
    if by.person is not None:
        barred.add(by.person.pk)
    return plan(item, route_for(item), barred, by.day)


def plan(item: Item, route: Route, barred: Collection[int], day: date) -> Route:
    """The way the sheet goes. `barred` are the people who wrote on it. Raises `NobodyToSign`."""
    seats = _seats(item, day)
    able = _able(route, seats, barred)
    if _can_be_signed(route, able):
        return route
    empty = {step.stage for step in route.steps if step.what == "first" and not able["first"]}
    shorter = route
    for stage in empty:
        shorter = shorter.without(stage)
    if shorter is not route and _can_be_signed(shorter, able):
        return shorter
    two = preset("two")
    if _can_be_signed(two, _able(two, seats, barred)):
        return two
    raise NobodyToSign(_what_is_missing(shorter, able))


def _seats(item: Item, day: date) -> list[tuple[str, set[int]]]:
    """Every live seat of the agency that reaches the item, by kind, with who works in it on this day: three queries."""
    rows = Seat.objects.filter(agency_id=item.agency_id, ended_on__isnull=True)
    reaching = [
        seat
        for seat in rows
        if not (seat.section_id and item.section_id and seat.section_id != item.section_id)
    ]
    working = people_in(reaching, day)
    return [(seat.kind, {person.pk for person in working[seat.pk]}) for seat in reaching]


def _able(route: Route, seats: list[tuple[str, set[int]]], barred: Collection[int]) -> People:
    return {
        step.what: {pk for kind, people in seats if kind in step.kinds for pk in people} - set(barred)
        for step in route.steps
    }


def _can_be_signed(route: Route, able: People) -> bool:
    return can_be_signed(route.steps, able)


def can_be_signed(steps: Sequence[Step], able: People) -> bool:
    """True when every step can have a signer so that nobody signs in two stages."""
    return _assign(Route("", tuple(steps)).stages, able, frozenset())


def _assign(stages: list[list[Step]], able: People, used: frozenset[int]) -> bool:
    """True when every step can have a signer so that nobody signs in two stages."""
    if not stages:
        return True
    first, rest = stages[0], stages[1:]
    if first[0].together:
        whole = set.intersection(*(able[step.what] for step in first)) - used
        return any(_assign(rest, able, used | {pk}) for pk in sorted(whole))
    return any(_assign(rest, able, used | chosen) for chosen in _choices(first, able, used))


def _choices(steps: list[Step], able: People, used: frozenset[int]) -> set[frozenset[int]]:
    """The sets of people who could sign these steps among them."""
    found: set[frozenset[int]] = {frozenset()}
    for step in steps:
        found = {chosen | {pk} for chosen in found for pk in able[step.what] - used}
        # A set that holds another one is never better than it.
        found = {one for one in found if not any(other < one for other in found)}
    return found


def _what_is_missing(route: Route, able: People) -> str:
    for step in route.steps:
        if not able[step.what]:
            return (
                f"现在没有人能签“{step.label}”：拟稿、修改过这一条的人不能签字。"
                "请联系安全管理员给合适的人设立岗位，或者请没有改过这一条的人来审查。"
            )
    return (
        "能签字的人不够：一个人不能签同一条信息的两个层级，拟稿、修改过这一条的人不能签字。"
        "请联系安全管理员增加一名审查员或者领导岗位。"
    )
