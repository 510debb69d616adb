"""What is asked about assessments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner

from .assessment_measures import MEASURES, Measure, usable
from .assessment_points import FULL, JUDGED, Indicator, from_frozen, plain
from .models import AssessmentIndicator, AssessmentObjection, AssessmentResult, AssessmentScheme

__all__ = [
    "FULL",
    "JUDGED",
    "MEASURES",
    "AssessmentIndicator",
    "AssessmentObjection",
    "AssessmentResult",
    "AssessmentScheme",
    "Indicator",
    "Measure",
    "NoIndicator",
    "NoObjection",
    "NoScheme",
    "Standing",
    "indicators_of",
    "own_scheme",
    "own_schemes",
    "plain",
    "results_of",
    "scheme_of",
    "schemes_of",
    "standings",
    "usable",
]
NoScheme = AssessmentScheme.DoesNotExist
NoIndicator = AssessmentIndicator.DoesNotExist
NoObjection = AssessmentObjection.DoesNotExist
State = AssessmentScheme.State
SHOWN = (State.TOLD, State.FINAL)
"""The states in which an agency sees its own points."""


def schemes_of(office: Agency) -> QuerySet[AssessmentScheme]:
    """The office's schemes, the newest first."""
    return AssessmentScheme.objects.filter(agency=office).order_by("-year")


def scheme_of(office: Agency, year: int) -> AssessmentScheme:
    """The scheme of a year; raises `NoScheme`."""
    return AssessmentScheme.objects.select_related("agency").get(agency=office, year=year)


def own_schemes(agency: Agency) -> QuerySet[AssessmentScheme]:
    """The schemes by which this agency was assessed, as far as it may see its points."""
    found = AssessmentScheme.objects.filter(state__in=SHOWN, results__agency=agency)
    return found.select_related("agency").distinct().order_by("-year")


def own_scheme(agency: Agency, year: int) -> AssessmentScheme:
    """That of a year; raises `NoScheme`."""
    found = own_schemes(agency).filter(year=year).first()
    if found is None:
        raise NoScheme
    return found


def indicators_of(scheme: AssessmentScheme) -> list[Indicator]:
    """The indicators in force."""
    return from_frozen(scheme.frozen)


@dataclass(slots=True)
class Line:
    """One indicator of one agency: its result, None as long as there is none."""

    indicator: Indicator
    result: AssessmentResult | None


def results_of(scheme: AssessmentScheme, agency: Agency) -> list[Line]:
    """All indicators with the agency's results; one query."""
    found = {one.serial: one for one in scheme.results.filter(agency=agency)}
    return [Line(one, found.get(one.serial)) for one in indicators_of(scheme)]


def result_of(scheme: AssessmentScheme, agency: Agency, serial: int) -> AssessmentResult | None:
    """The result of one indicator."""
    return scheme.results.filter(agency=agency, serial=serial).first()


def files_with(result: AssessmentResult) -> QuerySet[StoredFile]:
    """The evidence on file of a judged result."""
    return files_of_owner(result)


@dataclass(slots=True)
class Standing:
    """An agency among the others: its points by indicator, their sum, its place; no place while points are missing."""

    agency: Agency
    points: dict[int, Decimal] = field(default_factory=dict)
    place: int | None = None

    @property
    def total(self) -> Decimal:
        """The sum of its points."""
        return sum(self.points.values(), Decimal(0))


def standings(scheme: AssessmentScheme, agencies: list[Agency]) -> list[Standing]:
    """The agencies by their points, equals on the same place; one query."""
    count = len(scheme.frozen)
    found = {agency.pk: Standing(agency) for agency in agencies}
    for pk, serial, points in scheme.results.values_list("agency_id", "serial", "points"):
        if pk in found:
            found[pk].points[serial] = points
    lines = sorted(found.values(), key=lambda one: (-one.total, one.agency.name))
    whole = [one for one in lines if len(one.points) == count]
    for one in whole:
        one.place = 1 + sum(other.total > one.total for other in whole)
    return lines


def agencies_of(scheme: AssessmentScheme) -> list[Agency]:
    """Who is assessed by it: once there are results the agencies that have some, before that those below the office."""
    having = Agency.objects.filter(assessment_results__scheme=scheme).distinct()
    below = Agency.objects.filter(supervisor=scheme.agency, ended_on__isnull=True)
    found = having if scheme.state in SHOWN else below
    return list(found.order_by("name"))


def objections_of(scheme: AssessmentScheme) -> QuerySet[AssessmentObjection]:
    """All objections, those to be decided first."""
    return scheme.objections.select_related("agency").order_by("decided_on", "id")


def objection_of(scheme: AssessmentScheme, pk: int) -> AssessmentObjection:
    """One of them; raises `NoObjection`."""
    return AssessmentObjection.objects.select_related("agency", "scheme__agency").get(scheme=scheme, pk=pk)


def own_objection(scheme: AssessmentScheme, agency: Agency) -> AssessmentObjection | None:
    """The agency's own objection."""
    return scheme.objections.filter(agency=agency).first()


def may_object(scheme: AssessmentScheme, agency: Agency, day: date) -> bool:
    """Whether the agency may still object."""
    open_ = scheme.state == State.TOLD and scheme.object_until is not None and day <= scheme.object_until
    return open_ and own_objection(scheme, agency) is None
