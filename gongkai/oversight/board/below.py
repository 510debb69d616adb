"""Which agencies stand below an office, directly or through another one."""

from __future__ import annotations

from collections import defaultdict

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import NoAgency

_FIELDS = ("slug", "name", "short_name", "level", "supervisor", "portal_open", "ended_on")


def all_below(office: Agency, ended_from: int | None = None) -> list[Agency]:
    """Every standing agency below the office, by name, and those that ended in the year `ended_from` or since;
    one query."""
    rows = list(Agency.objects.filter(supervisor__isnull=False).order_by("name").only(*_FIELDS))
    under: dict[int, list[Agency]] = defaultdict(list)
    for row in rows:
        under[row.supervisor_id or 0].append(row)
    found: dict[int, Agency] = {}
    waiting = [office.pk]
    while waiting:
        for row in under[waiting.pop()]:
            if row.pk not in found and row.pk != office.pk:
                found[row.pk] = row
                waiting.append(row.pk)
    return [row for row in rows if row.pk in found and _stands(row, ended_from)]


def _stands(row: Agency, ended_from: int | None) -> bool:
    return row.ended_on is None or (ended_from is not None and row.ended_on.year >= ended_from)


def agency_below(office: Agency, slug: str) -> Agency:
    """One of them; raises `NoAgency` for any other, as for one that is not there."""
    for row in all_below(office):
        if row.slug == slug:
            return row
    raise NoAgency(slug)
