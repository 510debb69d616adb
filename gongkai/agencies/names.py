"""The name an agency bore on a day: what tells of an earlier year goes on bearing the name of then."""

from __future__ import annotations

from datetime import date

from .models import Agency


class NamesBorne:
    """All names of one agency, found with one query, or with none where `names` was fetched along: for lists that
    tell of many days."""

    def __init__(self, agency: Agency) -> None:
        self._now = agency.name
        self._before = [
            (old.until, old.name) for old in sorted(agency.names.all(), key=lambda old: (old.until, old.pk))
        ]

    def on(self, day: date) -> str:
        """The full name borne on this day."""
        return next((name for until, name in self._before if until >= day), self._now)

    def in_year(self, year: int) -> str:
        """The name in which an account of this year is given: that of its last day."""
        return self.on(date(year, 12, 31))


def name_on(agency: Agency, day: date) -> str:
    """The full name the agency bore on this day; the present one for a day to come."""
    return NamesBorne(agency).on(day)


def name_in_year(agency: Agency, year: int) -> str:
    """The full name in which an account of this year is given: the one borne on 31 December."""
    return NamesBorne(agency).in_year(year)
