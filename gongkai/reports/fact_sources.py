"""Where the prose gets its figures besides the tables: each room names a source of facts and its counts are taken as
they are, nothing is added. A room above this one (inspection, training) registers its source from its own `ready`.

A source is asked only when a sentence of the report, or the list of figures to choose from, needs one of its keys:
keys begin with the slug of their source and a dot (`training.people`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongkai.agencies.models import Agency

from .prose import Fact

Ask = Callable[[Agency, int], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class FactSource:
    """A source: its slug, its name in words (公开前审查), and the count for an agency and a year. Where nothing is kept
    the count returns no fact at all, which is not the same as a fact of 0."""

    slug: str
    name: str
    ask: Ask


_sources: dict[str, FactSource] = {}


def register_facts(slug: str, name: str, ask: Ask) -> None:
    """Name a source; registered again, the newer one stands. Raises ValueError for a slug that the tables use."""
    if slug in ("items", "fee", "group", "t2", "t3", "t4") or not slug.isidentifier():
        raise ValueError(f"{slug!r} cannot be the slug of a source of facts")
    _sources[slug] = FactSource(slug, name, ask)


def fact_sources() -> tuple[FactSource, ...]:
    """All sources, in the order of registration."""
    return tuple(_sources.values())


def source_of(key: str) -> FactSource | None:
    """The source a key belongs to; None for a figure of the tables or of the items."""
    return _sources.get(key.partition(".")[0])


def facts_from(slugs: Iterable[str], agency: Agency, year: int) -> Iterator[Fact]:
    """What these sources know of the year. Raises ValueError for a fact whose key is not its source's own."""
    for slug in dict.fromkeys(slugs):
        source = _sources.get(slug)
        for fact in source.ask(agency, year) if source else ():
            if not fact.key.startswith(f"{slug}."):
                raise ValueError(f"the source {slug!r} gave the fact {fact.key!r}")
            yield fact
