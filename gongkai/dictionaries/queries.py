"""The words of a list, and the calendar with the notices entered here."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.leaks import Listed, Severity
from gongkai.statute.notices import Notice
from gongkai.statute.workdays import WorkCalendar

from .models import HolidayNotice, OfficeWord, Word
from .once import once

__all__ = ["OfficeWord", "Word", "calendar", "newest_notice", "office_words", "slips", "synonyms", "words_of"]

_Key = tuple[int, datetime]
_built: tuple[_Key, WorkCalendar] | None = None
"""The calendar as of the newest notice. With its time, so that a database put in place of another is noticed."""


def words_of(kind: Word.Kind) -> tuple[str, ...]:
    """The words in use of this list, in their order; one query a request."""
    return once(f"words:{kind}", lambda: _words(kind))


def _words(kind: Word.Kind) -> tuple[str, ...]:
    rows = Word.objects.filter(kind=kind, in_use=True).order_by("order", "id")
    return tuple(rows.values_list("word", flat=True))


def slips(agency: Agency) -> list[Listed]:
    """The words that must not stand in what this office publishes: its own, and the site's where it has none of its
    own for the same word. Two queries."""
    own = {
        row.word: Listed(
            row.word,
            row.instead,
            Severity.BLOCK if row.blocks else Severity.WARN,
            row.note or "本机关错敏词",
        )
        for row in OfficeWord.objects.filter(agency=agency, in_use=True)
    }
    site = Word.objects.filter(kind=Word.Kind.SLIP, in_use=True)
    return [
        *own.values(),
        *(Listed(w.word, w.instead, why=w.note or "错敏词") for w in site if w.word not in own),
    ]


def office_words(agency: Agency) -> QuerySet[OfficeWord]:
    """The office's own list, those in use first."""
    return OfficeWord.objects.filter(agency=agency)


def synonyms() -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same, for the public search: a word and those in its note; one query a request."""
    return once("synonyms", _synonyms)


def _synonyms() -> tuple[tuple[str, ...], ...]:
    rows = Word.objects.filter(kind=Word.Kind.SYNONYM, in_use=True).order_by("order", "id")
    groups = ((word, *re.split(r"[、，,；;\s]+", note)) for word, note in rows.values_list("word", "note"))
    return tuple(tuple(filter(None, group)) for group in groups)


def calendar() -> WorkCalendar:
    """The working days: the notices that come with the software, and over them those entered here, the newest of
    each year. One small query a request, and outside a request one a call."""
    return once("calendar", _calendar)


def newest_notice() -> HolidayNotice | None:
    """The notice that was entered last, of whichever year; None where none was entered here. Asked once a request, with
    the calendar."""
    return once("newest notice", HolidayNotice.objects.order_by("-id").first)


def _calendar() -> WorkCalendar:
    global _built
    entered = newest_notice()
    if entered is None:
        return WorkCalendar.official()
    newest = (entered.pk, entered.imported_at)
    built = _built
    if built is None or built[0] != newest:
        built = _built = (newest, _laid_over())
    return built[1]


def _laid_over() -> WorkCalendar:
    entered = HolidayNotice.objects.order_by("id").values_list("content", flat=True)
    return WorkCalendar([*WorkCalendar.official().notices.values(), *map(Notice.from_csv, entered)])
