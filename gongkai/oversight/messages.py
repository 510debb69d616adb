"""Messages of the public that wait for an answer: each room that takes some says here which are unanswered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A valid message without an answer: `key` tells it from the others of its source, `title` holds no names."""

    key: str
    title: str
    since: date
    url: str = ""


Source = Callable[[Agency, date], Iterable[Unanswered]]
SOURCES: dict[str, Source] = {}
"""By name; each is given the agency and the day and asks the database a fixed number of times."""


def register_messages(name: str, ask: Source) -> None:
    """Ask this source too from now on; naming it again replaces it."""
    SOURCES[name] = ask
