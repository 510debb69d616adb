"""What is asked about reconsiderations and lawsuits."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Remedy

NoRemedy = Remedy.DoesNotExist
"""There is no such case in this agency."""


def remedies_of(agency: Agency) -> QuerySet[Remedy]:
    """All cases against the agency, newest first, each with its request."""
    return Remedy.objects.filter(agency=agency).select_related("request")


def remedy_of(agency: Agency, pk: int) -> Remedy:
    """One case of the agency; raises `NoRemedy`."""
    return remedies_of(agency).get(pk=pk)


def keeps_register(agency: Agency) -> bool:
    """True once the agency has written down any case here: only then does nothing found mean that there was none."""
    return Remedy.objects.filter(agency=agency).exists()


def touching_year(agency: Agency, year: int) -> QuerySet[Remedy]:
    """Cases that table four of the year counts: decided in it, or accepted by its end and pending then."""
    last = date(year, 12, 31)
    pending = Q(decided_on__isnull=True) | Q(decided_on__gt=last)
    decided = Q(decided_on__gte=date(year, 1, 1), decided_on__lte=last)
    return Remedy.objects.filter(decided | (Q(accepted_on__lte=last) & pending), agency=agency)
