"""What this room keeps for a seat: its open cases and what it was asked to search move when the seat ends."""

from __future__ import annotations

from gongkai.agencies.models import Seat
from gongkai.agencies.work import WorkOfSeat, register

from .models import Errand, InfoRequest


def count_cases(seat: Seat) -> int:
    """How many open cases the seat handles."""
    return InfoRequest.objects.filter(seat=seat, closed_on__isnull=True).count()


def move_cases(seat: Seat, to: Seat) -> int:
    """Give them to another seat of the agency. To a seat of another agency they do not go: there they stay with
    whoever is clerk."""
    own = InfoRequest.objects.filter(seat=seat, closed_on__isnull=True)
    return own.update(seat=to if to.agency_id == seat.agency_id else None)


def count_errands(seat: Seat) -> int:
    """How much it was asked and has not answered."""
    return Errand.objects.filter(seat=seat, answered_on__isnull=True, withdrawn_on__isnull=True).count()


def move_errands(seat: Seat, to: Seat) -> int:
    """Give that to another seat of the agency."""
    if to.agency_id != seat.agency_id:
        return 0
    open_ones = Errand.objects.filter(seat=seat, answered_on__isnull=True, withdrawn_on__isnull=True)
    return open_ones.update(seat=to)


def register_cases() -> None:
    """Say so to the seats."""
    register("requests", WorkOfSeat("申请", count_cases, move_cases))
    register("request-errands", WorkOfSeat("股室查找", count_errands, move_errands))
