"""What the pages about agencies ask: lists, one agency with its history, sections, seats asked for."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from .models import Agency, AgencyName, Seat, SeatProposal, Section

NoOrgan = (Agency.DoesNotExist, Section.DoesNotExist)
"""There is no such agency or section."""
LEVELS = Agency.Level.choices


def agencies(words: str = "", *, ended: bool = False) -> QuerySet[Agency]:
    """Agencies by name, those that have ended or those that stand; each word must be in one of the names or codes,
    former names included. With `people_count`, the number of seats that are held."""
    found = Agency.objects.filter(ended_on__isnull=not ended).select_related("supervisor", "successor")
    for word in words.split():
        former = AgencyName.objects.filter(name__icontains=word).values("agency")
        found = found.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(code__iexact=word)
            | Q(slug__iexact=word)
            | Q(uscc__iexact=word)
            | Q(pk__in=former)
        )
    held = Q(seats__ended_on__isnull=True, seats__person__isnull=False)
    return found.annotate(people_count=Count("seats__person", filter=held, distinct=True)).order_by("name")


def agency_of(pk: int) -> Agency:
    """The agency of this number with its supervisor and successor; raises `NoOrgan`."""
    return Agency.objects.select_related("supervisor", "successor").get(pk=pk)


def former_names(agency: Agency) -> QuerySet[AgencyName]:
    """Names borne before, the latest first."""
    return agency.names.order_by("-until")


def merged_into(agency: Agency) -> list[Agency]:
    """The agencies that were merged into this one, directly or step by step, the latest first: one query for all."""
    below: dict[int, list[Agency]] = {}
    for ended in Agency.objects.filter(successor__isnull=False).order_by("-ended_on", "name"):
        below.setdefault(ended.successor_id or 0, []).append(ended)
    found: list[Agency] = []
    waiting = [agency.pk]
    while waiting:
        near = [a for pk in waiting for a in below.pop(pk, ())]
        found += near
        waiting = [a.pk for a in near]
    return found


def standing_agencies(without: Agency | None = None) -> QuerySet[Agency]:
    """Agencies that have not ended, by name."""
    standing = Agency.objects.filter(ended_on__isnull=True)
    return standing.exclude(pk=without.pk) if without else standing


def sections_of(agency: Agency) -> QuerySet[Section]:
    """The agency's standing sections in their order, with `seat_count`, the number of standing seats in each."""
    counted = Count("seats", filter=Q(seats__ended_on__isnull=True))
    return agency.sections.filter(ended_on__isnull=True).annotate(seat_count=counted).order_by("order", "pk")


def section_of(agency: Agency, pk: int) -> Section:
    """A standing section of the agency; raises `NoOrgan`."""
    return sections_of(agency).select_related("agency").get(pk=pk)


def standing_seats(agency: Agency | None = None) -> QuerySet[Seat]:
    """Seats that stand in this agency, in any when none is named, with place and holder."""
    found = Seat.objects.filter(ended_on__isnull=True, agency__isnull=False, agency__ended_on__isnull=True)
    if agency is not None:
        found = found.filter(agency=agency)
    return found.select_related("agency", "section", "person").order_by("agency__name", "pk")


def proposals() -> QuerySet[SeatProposal]:
    """Seats asked for and not yet given, by agency."""
    return SeatProposal.objects.select_related("person", "agency", "section")
