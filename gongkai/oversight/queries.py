"""What is asked about the self-inspection."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import Finding, InspectionRun

NoFinding = Finding.DoesNotExist
"""The agency has no such finding."""


def findings_of(agency: Agency, *states: str) -> QuerySet[Finding]:
    """The agency's findings in these states, open ones where none is named; the gravest and most urgent first."""
    found = Finding.objects.filter(agency=agency, state__in=states or (Finding.State.OPEN,))
    return found.select_related("seat__section", "seat__person").order_by("gravity", "due_on", "id")


def last_run(agency: Agency) -> InspectionRun | None:
    """The newest run of the agency, finished or not."""
    return InspectionRun.objects.filter(agency=agency).order_by("-id").first()
