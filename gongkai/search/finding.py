"""Finding: every word of the query, what may be seen decided in the query itself, titles before texts, new before old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .models import Entry
from .tokens import phrase_of, plain, runs_of

_AROUND = 40
_SQL = {
    "sqlite": "SELECT entry_id FROM search_part WHERE id IN (SELECT rowid FROM search_words WHERE words MATCH %s)",
    "postgresql": "SELECT entry_id FROM search_part WHERE vector @@ %s::tsquery",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may find in an agency: things seen by these acts; of these sections, None standing for
    things that belong to none."""

    agency_id: int
    acts: frozenset[str]
    sections: frozenset[int | None] = frozenset({None})


def find(query: str, reaches: Sequence[Reach]) -> QuerySet[Entry]:
    """What has every word of the query and may be found, best first: hit in the title, then the newest. Nothing for
    a query without a letter or a figure, or for nobody."""
    runs = runs_of(query)
    if not runs or not reaches:
        return Entry.objects.none()
    seen = Q()
    for reach in reaches:
        within = Q(section_id__in=[section for section in reach.sections if section is not None])
        if None in reach.sections:
            within |= Q(section_id__isnull=True)
        seen |= within & Q(agency_id=reach.agency_id, act__in=sorted(reach.acts))
    found = Entry.objects.filter(seen)
    in_title = Q()
    for run in runs:
        found = found.filter(pk__in=_with(run))
        in_title &= Q(pk__in=_with(run, title=True))
    title_first = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(title_first, F("day").desc(nulls_last=True), "-id")


def _with(run: str, *, title: bool = False) -> RawSQL:
    words = phrase_of(run)
    if connection.vendor == "postgresql":
        wanted = f"'{words[0]}':*" if len(run) == 1 else " <-> ".join(f"'{word}'" for word in words)
    else:
        wanted = f'"{" ".join(words)}"' + (" *" if len(run) == 1 else "")
    return RawSQL(_SQL[connection.vendor] + (" AND number = 0" if title else ""), [wanted])  # noqa: S611 - no input


def marked(text: str, query: str) -> SafeString:
    """The text with what was looked for in <mark>, everything else escaped."""
    whole, places = plain(text)
    hit = bytearray(len(text))
    for run in runs_of(query):
        at = whole.find(run)
        while at >= 0:
            for place in places[at : at + len(run)]:
                hit[place] = 1
            at = whole.find(run, at + 1)
    out, at = [], 0
    while at < len(text):
        end = at
        while end < len(text) and hit[end] == hit[at]:
            end += 1
        piece = escape(text[at:end])
        out.append(f"<mark>{piece}</mark>" if hit[at] else piece)
        at = end
    return mark_safe("".join(out))  # noqa: S308 - every piece is escaped


def snippet(text: str, query: str) -> SafeString:
    """The words around the first hit in the text, marked; the beginning where only the title was hit."""
    whole, places = plain(text)
    first = min((at for at in map(whole.find, runs_of(query)) if at >= 0), default=0)
    start = max(0, (places[first] if places else 0) - _AROUND)
    end = start + 3 * _AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return marked(before + " ".join(text[start:end].split()) + after, query)
