"""What is asked about requests."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency

from .models import InfoRequest


def requests_of(agency: Agency) -> QuerySet[InfoRequest]:
    """All requests of the agency, newest receipt first."""
    return InfoRequest.objects.filter(agency=agency).order_by("-received_on", "-id")


def touching_year(agency: Agency, year: int) -> QuerySet[InfoRequest]:
    """Requests that a report on the year must know: received by its end and not closed before its start,
    with those whose receipt is not confirmed yet."""
    received = Q(received_on__isnull=True) | Q(received_on__lte=date(year, 12, 31))
    unclosed = Q(closed_on__isnull=True) | Q(closed_on__gte=date(year, 1, 1))
    return InfoRequest.objects.filter(received & unclosed, agency=agency)
