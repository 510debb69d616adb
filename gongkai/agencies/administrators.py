"""Who the administrators of the site are: three seats that must never come together in one pair of hands."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from .models import ADMINISTRATORS, Deputy, Person, Seat

_LIVE = Q(kind__in=ADMINISTRATORS, ended_on__isnull=True)


def is_administrator(person: Person, day: date) -> bool:
    """True for who holds an administrator's seat, or stands in for one on this day or later."""
    deputes = Deputy.objects.filter(person=person, cancelled_on__isnull=True, until__gte=day)
    return Seat.objects.filter(_LIVE).filter(Q(person=person) | Q(deputies__in=deputes)).exists()


def administrators(day: date) -> list[Person]:
    """Everybody with an open account who holds an administrator's seat or stands in for one on this day or later."""
    seats = Seat.objects.filter(_LIVE)
    deputes = Deputy.objects.filter(seat__in=seats, cancelled_on__isnull=True, until__gte=day)
    either = Q(pk__in=seats.values("person")) | Q(pk__in=deputes.values("person"))
    return list(Person.objects.filter(either, is_active=True).order_by("pk"))
