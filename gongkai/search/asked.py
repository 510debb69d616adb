"""What a visitor asks of the public index, and which entries he may see at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime
from typing import Any

from django.db import connection

from .folding import wanted
from .writing import KINDS, first_key

MOST = 1000
"""As many answers are counted and leafed through; whoever looks for one further down narrows the list."""
_MOST_MEANINGS = 6
_FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks. `agencies`: those whose columns are open, all of them or the one that was chosen;
    `synonyms`: groups of words that mean the same, folded."""

    query: str
    agencies: frozenset[int]
    now: datetime
    today: date
    agency_id: int | None = None
    column_id: int | None = None
    year: int | None = None
    kind: str = ""
    number: str = ""
    validity: str = ""
    synonyms: tuple[tuple[str, ...], ...] = ()

    @property
    def runs(self) -> list[list[str]]:
        """What has to be there: of each word the word itself, or another that means the same."""
        return [_meanings(run, self.synonyms) for run in wanted(self.query)]

    @property
    def facets(self) -> list[tuple[str, int]]:
        """What the index narrows by itself."""
        kind = KINDS.index(self.kind) if self.kind in KINDS else None
        named = (("a", self.agency_id), ("c", self.column_id), ("y", self.year), ("k", kind))
        return [(letter, number) for letter, number in named if number is not None]

    @property
    def is_narrowed(self) -> bool:
        """Whether something but words was asked; the agency alone is where one stands."""
        return bool(
            self.column_id is not None or self.year or self.kind or self.validity or wanted(self.number)
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was asked, or nothing is open."""
        return not (self.runs or self.is_narrowed) or not self.agencies


def _meanings(run: str, groups: tuple[tuple[str, ...], ...]) -> list[str]:
    found = [run]
    for group in groups:
        for word in group:
            if word in run:
                found += [run.replace(word, other) for other in group if other != word and other not in run]
    return list(dict.fromkeys(found))[:_MOST_MEANINGS]


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on an entry `e`, with its values."""

    sql: str
    values: list[Any]

    def also(self, sql: str, *values: Any) -> Where:
        """And this."""
        return Where(f"{self.sql} AND {sql}", [*self.values, *values])


def seen(asked: Asked) -> Where:
    """Not over by now, of an agency whose column is open, and what else was asked but words."""
    open_to_all = sorted(asked.agencies)
    found = Where(f"e.agency_id IN ({', '.join(['%s'] * len(open_to_all))})", [*open_to_all])
    found = found.also(
        "(e.until IS NULL OR e.until > %s)", connection.ops.adapt_datetimefield_value(asked.now)
    )
    for name in ("agency_id", "column_id", "year", "kind"):
        if (value := getattr(asked, name)) not in (None, ""):
            found = found.also(f"e.{name} = %s", value)
    if asked.year and _FIRST_YEAR < asked.year < MAXYEAR:
        # Their numbers say it as well, and in order: whoever walks from the newest need not pass the years between.
        found = found.also("e.id >= %s AND e.id < %s", first_key(asked.year), first_key(asked.year + 1))
    look = "strpos" if connection.vendor == "postgresql" else "instr"
    for run in wanted(asked.number):
        found = found.also(f"{look}(e.document_key, %s) > 0", run)
    return _valid(found, asked)


def _valid(found: Where, asked: Asked) -> Where:
    """As it stands on the day: what has an end of its validity lapses by itself, and before its day in force it does
    not hold yet."""
    day = connection.ops.adapt_datefield_value(asked.today)
    match asked.validity:
        case "":
            return found
        case "valid" | "not_yet" as kind:
            begun = (
                "(e.in_force_on IS NULL OR e.in_force_on <= %s)" if kind == "valid" else "e.in_force_on > %s"
            )
            return found.also(
                "((e.validity = 'valid' AND e.lapses_on IS NULL) OR (e.validity <> '' AND e.lapses_on >= %s)) "
                f"AND {begun}",
                day,
                day,
            )
        case "lapsed":
            return found.also(
                "((e.validity = 'lapsed' AND e.lapses_on IS NULL) "
                "OR (e.validity IN ('valid', 'lapsed') AND e.lapses_on < %s))",
                day,
            )
        case other:
            return found.also("(e.validity = %s AND (e.lapses_on IS NULL OR e.lapses_on < %s))", other, day)
