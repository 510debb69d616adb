"""How requests were handled in a year, beyond their outcomes: by what way they came, how many were extended, clarified
or put to third parties, and how long an answer took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.channels import BY_SLUG as CHANNELS

from .models import InfoRequest, RequestEvent


@dataclass(frozen=True, slots=True)
class HandlingYear:
    """`channels`: of the requests received in the year, (slug, words, how many), only those that occur. `extended`,
    `clarified`, `consulted`: requests with which that was done in the year. `days`: from receipt to answer on average,
    in calendar days to one decimal, of the requests answered in the year; None where none was."""

    received: int
    channels: tuple[tuple[str, str, int], ...]
    extended: int
    clarified: int
    consulted: int
    days: Decimal | None


def handling_of_year(agency: Agency, year: int) -> HandlingYear:
    """The counts for a report on the year. Corrections of records (art. 41) ask for no information and are left out.
    Requests that lapsed or were withdrawn got no answer, so that they count for no average."""
    within = (date(year, 1, 1), date(year, 12, 31))
    own = InfoRequest.objects.filter(agency=agency, matter=InfoRequest.Matter.DISCLOSURE)
    rows = own.filter(received_on__range=within).values_list("channel").annotate(n=Count("pk")).order_by()
    counted = dict(rows)
    order = [*CHANNELS, *sorted(set(counted) - set(CHANNELS))]
    channels = tuple(
        (slug, CHANNELS[slug].label if slug in CHANNELS else slug, counted[slug])
        for slug in order
        if slug in counted
    )
    return HandlingYear(sum(counted.values()), channels, **_acts(agency, within), days=_average(own, within))


def _acts(agency: Agency, within: tuple[date, date]) -> dict[str, int]:
    events = RequestEvent.objects.filter(
        request__agency=agency, request__matter=InfoRequest.Matter.DISCLOSURE, on__range=within
    )
    wanted = (
        ("extended", "extend"),
        ("clarified", "ask_clarification"),
        ("consulted", "consult_third_party"),
    )
    return events.filter(act__in=[act for _, act in wanted]).aggregate(
        **{name: Count("request", filter=Q(act=act), distinct=True) for name, act in wanted}
    )


def _average(own: QuerySet[InfoRequest], within: tuple[date, date]) -> Decimal | None:
    taken = ExpressionWrapper(F("closed_on") - F("received_on"), output_field=DurationField())
    found = (
        own.filter(closed_on__range=within, received_on__isnull=False)
        .exclude(outcome__startswith="other_")
        .aggregate(taken=Avg(taken))["taken"]
    )
    if found is None:
        return None
    return Decimal(str(found.total_seconds() / 86400)).quantize(Decimal("0.1"))
