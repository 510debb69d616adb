"""What ties agencies to one another, as the rights follow it: from step to step, or all known at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import NamedTuple

from .models import Agency


class Ties(NamedTuple):
    """What ties an agency to others: the one it was merged into, the one above it, the day it ended."""

    successor_id: int | None
    supervisor_id: int | None
    ended_on: date | None


_known_ties: ContextVar[Mapping[int, Ties] | None] = ContextVar("known ties", default=None)


@contextmanager
def ties_known() -> Iterator[Mapping[int, Ties]]:
    """While inside, the ties of all agencies are known from one query: for putting many questions at once, never
    around an act that may change them."""
    rows = Agency.objects.order_by().values_list("pk", *Ties._fields)
    known = {pk: Ties(*ties) for pk, *ties in rows}
    token = _known_ties.set(known)
    try:
        yield known
    finally:
        _known_ties.reset(token)


def tie_of(agency_id: int) -> Ties | None:
    """The ties of one agency; None where there is no such agency."""
    known = _known_ties.get()
    if known is not None:
        return known.get(agency_id)
    row = Agency.objects.filter(pk=agency_id).values_list(*Ties._fields).first()
    return Ties(*row) if row else None
