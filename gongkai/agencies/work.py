"""Work in hand that hangs on a seat: each room says what it keeps, so that a seat can be ended without losing any.

A room registers itself when it is loaded (its AppConfig.ready). Handing a seat over needs none of this: work belongs
to the seat and stays with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .models import Seat


@dataclass(frozen=True, slots=True)
class WorkOfSeat:
    """A room's work: its name in words, how much of it is open in a seat, how to move that to another seat."""

    name: str
    count: Callable[[Seat], int]
    move: Callable[[Seat, Seat], int]


REGISTER: dict[str, WorkOfSeat] = {}
"""By the room's label."""


def register(room: str, work: WorkOfSeat) -> None:
    """Say what the room keeps for a seat; saying it again replaces it."""
    REGISTER[room] = work


def open_work(seat: Seat) -> dict[str, int]:
    """How much of what is still open in this seat, leaving out what is nothing."""
    found = {work.name: work.count(seat) for work in REGISTER.values()}
    return {name: count for name, count in found.items() if count}


def move_work(seat: Seat, to: Seat) -> dict[str, int]:
    """Move all open work to the other seat; how much of what was moved. Runs inside the act that ends the seat."""
    return {work.name: work.move(seat, to) for work in REGISTER.values()}


def in_words(found: dict[str, int]) -> str:
    """交办事项 3 件，申请 2 件; 没有 for nothing."""
    return "，".join(f"{name} {count} 件" for name, count in found.items()) or "没有"
