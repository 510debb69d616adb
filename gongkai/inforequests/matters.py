"""What lies with a case beside its course: papers, notes, what sections were asked, what the requester sent online and
nobody has confirmed yet, the proposal to publish for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Field,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from gongkai.agencies.models import Kind

from .errands import errands_of
from .models import CasePaper, Conversion, InfoRequest, RequesterMessage
from .papers import notes_of, papers_of

_COLUMNS: dict[str, Field[Any, Any]] = {
    "part": TextField(),
    "pk_": BigIntegerField(),
    "day": DateField(),
    "words": TextField(),
    "kind_": TextField(),
    "who": TextField(),
    "ending": TextField(),
    "size_": BigIntegerField(),
    "disclose_": BooleanField(),
    "at_": DateTimeField(),
    "due": DateField(),
    "done_on": DateField(),
    "withdrawn": DateField(),
    "file_": UUIDField(),
}
"""The columns that the parts share, so that one question brings them all; none is named as a field is."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One of them as the page of a case shows it: `pk` its number, `day` the day it bears, `words` what it says, `kind`
    what it is in words, `who` wrote or gave it. What its part does not have is None."""

    pk: int
    day: date
    words: str
    kind: str = ""
    who: str = ""
    ending: str = ""
    size: int = 0
    disclose: bool = False
    at: datetime | None = None
    due_on: date | None = None
    done_on: date | None = None
    withdrawn_on: date | None = None
    file: Any = None


@dataclass(frozen=True, slots=True)
class Matters:
    """All of a case, each part in its order."""

    papers: list[Matter] = field(default_factory=list)
    notes: list[Matter] = field(default_factory=list)
    errands: list[Matter] = field(default_factory=list)
    messages: list[Matter] = field(default_factory=list)
    conversion: Matter | None = None


_KINDS = {
    "papers": dict(CasePaper.Kind.choices),
    "errands": dict(Kind.choices),
    "conversions": dict(Conversion.State.choices),
    "messages": dict(RequesterMessage.Kind.choices),
}


def matters_of(request: InfoRequest) -> Matters:
    """Everything that lies with the case; one query however much it is."""
    papers, *others = (
        _papers(request),
        _notes(request),
        _errands(request),
        _messages(request),
        _conversions(request),
    )
    found: dict[str, list[Matter]] = defaultdict(list)
    for part, *rest in papers.union(*others, all=True).order_by("day", "pk_"):
        found[part].append(_matter(part, *rest))
    conversion = next(iter(found["conversions"]), None)
    return Matters(found["papers"], found["notes"], found["errands"], found["messages"], conversion)


def _matter(
    part: str, pk: int, day: date, words: str, kind: str | None, who: str | None, *rest: Any
) -> Matter:
    ending, size, disclose, at, due_on, done_on, withdrawn_on, file = rest
    label = _KINDS.get(part, {}).get(kind or "", kind or "")
    return Matter(
        pk, day, words, label, who or "", ending or "", size or 0, bool(disclose), at, due_on, done_on,
        withdrawn_on, file,
    )  # fmt: skip


def _columns(found: QuerySet[Any], part: str, **given: str) -> QuerySet[Any]:
    """The shared columns of a part: those given from the fields named, nothing in the others."""
    columns: dict[str, Any] = {
        # Fields stay as they are: a cast would cut the parts of a second off on SQLite.
        name: F(given[name]) if name in given else Cast(Value(part if name == "part" else None), kind)
        for name, kind in _COLUMNS.items()
    }
    rows: QuerySet[Any] = found.order_by().annotate(**columns).values_list(*_COLUMNS)
    return rows


def _papers(request: InfoRequest) -> QuerySet[Any]:
    return _columns(
        papers_of(request), "papers", pk_="pk", day="dated", words="about", kind_="kind", ending="file__ending",
        size_="file__size", disclose_="disclose", file_="file_id",
    )  # fmt: skip


def _notes(request: InfoRequest) -> QuerySet[Any]:
    return _columns(
        notes_of(request), "notes", pk_="pk", day="on", words="text", kind_="seat", who="by", at_="at"
    )


def _errands(request: InfoRequest) -> QuerySet[Any]:
    return _columns(
        errands_of(request), "errands", pk_="pk", day="given_on", words="about", kind_="seat__kind",
        who="seat__section__name", due="due_on", done_on="answered_on", withdrawn="withdrawn_on",
    )  # fmt: skip


def _messages(request: InfoRequest) -> QuerySet[Any]:
    own = RequesterMessage.objects.filter(request=request, taken_on__isnull=True)
    return _columns(
        own, "messages", pk_="pk", day="sent_on", words="text", kind_="kind", at_="sent_at", file_="file_id"
    )


def _conversions(request: InfoRequest) -> QuerySet[Any]:
    own = Conversion.objects.filter(request=request)
    return _columns(own, "conversions", pk_="pk", day="proposed_on", words="what", kind_="state")
