"""One request's diary: what happened, in plain dates, as the judges read it; nothing here comes from the platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.statute.day_by_day import due_day, walk


@dataclass(slots=True)
class Diary:
    """`zero` is the day from which the period runs: of receipt, or of the reopening. `events` are those since then.
    `closed` holds every closing with its row of table three, `reopened` every reopening, in their order."""

    requester: str
    received: date | None = None
    zero: date | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    later: date | None = None
    ordered: date | None = None
    closed: list[tuple[date, str]] = field(default_factory=list)
    reopened: list[date] = field(default_factory=list)
    cancelled: bool = False
    correction: bool = False
    """Asks that a record be corrected (art. 41): a case like any other, in no row of table three."""

    @property
    def is_open(self) -> bool:
        """Not closed, or opened again."""
        return len(self.closed) == len(self.reopened)

    def receive(self, day: date) -> None:
        """The request counts as received."""
        self.received = self.zero = day

    def close(self, day: date, row: str) -> None:
        """The request is closed and counts in this row."""
        self.closed.append((day, row))

    def reopen(self, day: date, ordered: date | None) -> None:
        """Handled anew: nothing of the period before counts any more."""
        self.reopened.append(day)
        self.zero, self.events, self.later, self.ordered = day, [], None, ordered

    def add(self, kind: str, **more: Any) -> None:
        """An event of the clock."""
        self.events.append({"kind": kind, **more})

    def due(self) -> date | None:
        """The due day by a walk from day to day; a consultation still open is taken to last to the latest day named."""
        if self.zero is None:
            return None
        if self.ordered is not None:
            return self.ordered
        days = [self.zero.isoformat()]
        days += [
            value
            for event in self.events
            for key, value in event.items()
            if key in ("on", "from", "to") and value
        ]
        events = [_ended(e, max(days)) if e["kind"] == "consulted" else e for e in self.events]
        found, _ = due_day({"received": self.zero.isoformat(), "events": events})
        return max(found, self.later) if self.later else found

    def counted(self) -> tuple[date, str] | None:
        """The closing that counts in table three: the first that was not undone within its own year. A year that was
        reported stays as it was: what is reopened later was answered in it."""
        for n, (day, row) in enumerate(self.closed):
            undone = self.reopened[n] if n < len(self.reopened) else None
            if undone is None or undone.year > day.year:
                return day, row
        return None


def _ended(event: dict[str, Any], latest: str) -> dict[str, Any]:
    """A consultation with its last day: no later than the fifteenth working day after the letter arrived."""
    last, arrived = event["to"] or latest, event.get("arrived")
    return {**event, "to": min(last, walk(arrived, 15).isoformat()) if arrived else last}
