"""What may be done on this platform, and in which seats: one table (acts.py), asked by one function.

A room adds its acts to the table and asks `may` (or does its work under `acting`, which asks). Pages, acts, files, the
administration pages and the interface for programs all ask here, and nowhere else is a seat compared with a kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from gongkai.audit.trail import record

from .actor import Actor
from .acts import ACTS, Act
from .models import ADMINISTRATORS, Agency, Kind, Seat
from .ties import tie_of

__all__ = [
    "ACTS",
    "Act",
    "Doing",
    "NotAllowed",
    "Permission",
    "acting",
    "agency_id_of",
    "may",
    "note",
    "note_refusal",
    "note_view",
    "require",
    "several",
]


class NotAllowed(PermissionDenied):
    """None of the actor's seats permits this; the message says which seat would."""

    def __init__(self, actor: Actor, act: Act, target: Any) -> None:
        super().__init__(_refusal(act))
        self.actor, self.act, self.target = actor, act, target


def _refusal(act: Act) -> str:
    able = "、".join(kind.label for kind in Kind if kind in act.kinds)
    return f"您的岗位不能“{act.label}”。" + (f"能办这件事的岗位：{able}。" if able else "")


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer: truthy when permitted, with the seat that permits; `why` says in words why not."""

    granted: bool
    seat: Seat | None = None
    why: str = ""

    def __bool__(self) -> bool:
        return self.granted


def may(actor: Actor, act: str, target: Any = None) -> Permission:
    """May this actor do this to that? The only answer there is.

    `target` is an agency, or a thing with `agency_id` (and perhaps `section_id` or `seat`), or None for the site as
    a whole. A seat in a section reaches the section's things and those that have no section. Raises KeyError for an
    act that is not in the table: a misspelt act permits nothing.
    """
    rule = ACTS[act]
    if actor.is_system:
        return Permission(rule.system, why="" if rule.system else _refusal(rule))
    for seat in actor.seats:
        if _grants(rule, seat, target, stands_in=seat.pk in actor.deputising):
            return Permission(True, seat)
    return Permission(False, why=_refusal(rule))


def _grants(rule: Act, seat: Seat, target: Any, *, stands_in: bool) -> bool:
    """Does this seat, held or stood in for, permit the act there?"""
    kind, concerned = Kind(seat.kind), seat.pk == _seat_id_of(target)
    if rule.ranked and ((stands_in and concerned) or _ranks_above(target, kind)):
        return False
    if rule.holder and concerned and (rule.deputy or not stands_in) and (seat.agency_id or not rule.ranked):
        return True
    if seat.agency_id is None:
        return kind in rule.site
    agency_id, section_id = agency_id_of(target), getattr(target, "section_id", None)
    if seat.agency_id == agency_id:
        within = kind in rule.section and section_id is not None and seat.section_id == section_id
        return within or (kind in rule.own and _reaches(seat, section_id))
    if (
        kind in rule.own
        and _inherited(rule, target)
        and _reaches(seat, section_id)
        and _succeeds(seat, agency_id)
    ):
        return True
    return kind in rule.above and _is_above(seat, agency_id)


def _seat_id_of(target: Any) -> int | None:
    return target.pk if isinstance(target, Seat) else getattr(target, "seat_id", None)


def _reaches(seat: Seat, section_id: int | None) -> bool:
    return not section_id or seat.section_id in (None, section_id)


_RANKS = {Kind.HEAD: 3, Kind.LEADER: 2, Kind.OGI_HEAD: 1}


def _ranks_above(target: Any, kind: Kind) -> bool:
    if not isinstance(target, Seat) or target.agency_id is None or kind in ADMINISTRATORS:
        return False
    return _RANKS.get(Kind(target.kind), 0) > _RANKS.get(kind, 0)


def _succeeds(seat: Seat, agency_id: int | None) -> bool:
    """True when that agency was merged into the seat's, directly or step by step."""
    return _leads_to(seat.agency_id, agency_id, "successor_id")


def _inherited(rule: Act, target: Any) -> bool:
    """True for what a successor may do: read, and finish what tells of the year of the end or the one before."""
    if rule.reads or not rule.finishes:
        return rule.reads
    year = getattr(target, "year", None)
    here = agency_id_of(target) or 0
    tie = tie_of(here)
    ended = tie.ended_on if tie else None
    return ended is not None and (year is None or ended.year - 1 <= year <= ended.year)


def _is_above(seat: Seat, agency_id: int | None) -> bool:
    """True when the seat's agency supervises that agency, directly or through another office."""
    return _leads_to(seat.agency_id, agency_id, "supervisor_id")


def _leads_to(goal: int | None, agency_id: int | None, link: str) -> bool:
    seen: set[int] = set()
    here = agency_id
    while here is not None and here not in seen:
        seen.add(here)
        tie = tie_of(here)
        here = getattr(tie, link) if tie else None
        if here is not None and here == goal:
            return True
    return False


def require(actor: Actor, act: str, target: Any = None) -> Permission:
    """The permission; raises `NotAllowed` where there is none."""
    found = may(actor, act, target)
    if not found:
        raise NotAllowed(actor, ACTS[act], target)
    return found


@dataclass(slots=True)
class Doing:
    """An act under way: `target` and `detail` are what the trail will say of it."""

    actor: Actor
    act: Act
    seat: Seat | None
    target: Any
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def acting(actor: Actor, act: str, target: Any = None, **detail: Any) -> Iterator[Doing]:
    """Do an act: the right is asked, all that is written inside is one transaction, and the trail is part of it.

    The entry is written last, so that the trail's lock is held for the shortest time and always taken last; the
    entries of acts done inside another wait for its end. Never put into `detail` what must not stay for ever: no
    passwords, no identity numbers. Raises `NotAllowed`.
    """
    permission = require(actor, act, target)
    doing = Doing(actor, ACTS[act], permission.seat, target, dict(detail))
    inside = _under_way.get()
    token = _under_way.set(True)
    try:
        with transaction.atomic():
            yield doing
            if inside:
                transaction.on_commit(_Later(doing))
            else:
                for later in _waiting():
                    note(later)
                note(doing)
    finally:
        _under_way.reset(token)


@contextmanager
def several() -> Iterator[None]:
    """Several acts in one transaction, all or none: their entries are written at its end, in their order, so that
    the trail's lock is taken last here too."""
    inside = _under_way.get()
    token = _under_way.set(True)
    try:
        with transaction.atomic():
            yield
            if not inside:
                for later in _waiting():
                    note(later)
    finally:
        _under_way.reset(token)


_under_way: ContextVar[bool] = ContextVar("acting", default=False)


class _Later:
    """An act done inside another: its entry waits for the end of the outer one. Were it written at once, the
    trail would stay locked while the outer act still waits for rows that others hold.

    Kept among the functions to be called on commit, since Django drops those of a part that is rolled back.
    """

    def __init__(self, doing: Doing) -> None:
        self.doing: Doing | None = doing

    def __call__(self) -> None:
        """Nothing is left to be done on commit."""


def _waiting() -> Iterator[Doing]:
    for _, function, *_ in connection.run_on_commit:
        if isinstance(function, _Later) and function.doing is not None:
            doing, function.doing = function.doing, None
            yield doing


def note(doing: Doing) -> None:
    """Write the act into the trail, inside the transaction that is open."""
    agency_id = agency_id_of(doing.target)
    record(
        doing.actor.who(doing.seat, agency_id), doing.act.slug, doing.act.label, doing.target, **doing.detail
    )


def agency_id_of(target: Any) -> int | None:
    """Whose thing this is; None for what belongs to the site."""
    return target.pk if isinstance(target, Agency) else getattr(target, "agency_id", None)


def note_view(actor: Actor, act: str, target: Any, seat: Seat | None, **detail: Any) -> None:
    """Write down that personal data was looked at, in a transaction of its own."""
    with transaction.atomic():
        note(Doing(actor, ACTS[act], seat, target, dict(detail)))


def note_refusal(refused: NotAllowed) -> None:
    """Write down that somebody tried what the seats do not permit."""
    agency_id = agency_id_of(refused.target)
    with transaction.atomic():
        record(
            refused.actor.who(None, agency_id),
            refused.act.slug,
            refused.act.label,
            refused.target,
            result="refused",
        )
