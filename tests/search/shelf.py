"""A source of things by number, for tests of the public's index."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.search.shown import Shown, bring_in_step

START = datetime(2024, 1, 1, tzinfo=UTC)
NOW, TODAY = datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)


class Shelf:
    """A source of things by number."""

    def __init__(self) -> None:
        self.things: dict[int, Shown] = {}

    def numbers(self) -> Iterator[int]:
        return iter(sorted(self.things))

    def prepare(self, numbers: Collection[int]) -> None:
        pass

    def shown(self, numbers: Collection[int]) -> list[Shown]:
        return [self.things[n] for n in numbers if n in self.things]

    def put(self, number: int, title: str, text: str = "", **more: Any) -> None:
        fields = {"agency_id": 1, "at": START + timedelta(minutes=number), **more}
        self.things[number] = Shown("item", number, title=title, text=text, **fields)
        bring_in_step("item", [number])
