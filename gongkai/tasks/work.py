"""What tasks keep for a seat: its open ones move when the seat ends."""

from __future__ import annotations

from gongkai.agencies.models import Seat
from gongkai.agencies.work import WorkOfSeat, register

from .models import Task


def count_open(seat: Seat) -> int:
    """How many tasks of this seat are open."""
    return Task.objects.filter(seat=seat, done_at__isnull=True).count()


def move_open(seat: Seat, to: Seat) -> int:
    """Give the open tasks of one seat to another; how many that were. In another agency the link goes: it led to the
    desk of the old one, which the new holder cannot open."""
    tasks = Task.objects.filter(seat=seat, done_at__isnull=True)
    if seat.agency_id == to.agency_id:
        return tasks.update(seat=to)
    return tasks.update(seat=to, agency_id=to.agency_id, url="")


def register_tasks() -> None:
    """Say so to the seats."""
    register("tasks", WorkOfSeat("交办事项", count_open, move_open))
