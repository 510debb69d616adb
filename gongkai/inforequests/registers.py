"""Lists beside the list of requests: numbers that were cancelled, cases whose period moved."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import MovedCase, RegisterNumber


def cancelled_numbers(agency: Agency) -> QuerySet[RegisterNumber]:
    """The numbers given by mistake and kept as 作废, the newest first: the register shows no gap."""
    found = RegisterNumber.objects.filter(register__agency=agency, cancelled_on__isnull=False)
    return found.select_related("register").order_by("-cancelled_on", "-id")


def moved_cases(agency: Agency) -> QuerySet[MovedCase]:
    """The agency's cases whose due day moved after a notice on days off, the newest notice first."""
    found = MovedCase.objects.filter(request__agency=agency).select_related("recount", "request")
    return found.order_by("-recount", "after", "id")
