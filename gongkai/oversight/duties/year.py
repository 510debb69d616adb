"""The duties of a year, of one agency or of many at once: those of the law and those the office or one above added,
each with its day, who is in charge, and what the records tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.agencies.ties import Ties, ties_known
from gongkai.dictionaries.queries import calendar
from gongkai.statute.duties import CALENDAR, working_aim
from gongkai.statute.refs import Ref
from gongkai.statute.workdays import WorkCalendar

from ..models import DutyOwner, DutySetting, LocalDuty
from .evidence import Evidence, known_of
from .kinds import INSTEAD, SOON, USUAL, page_of

_FAR = 8
HAN = "一二三四"


@dataclass(frozen=True, slots=True)
class Due:
    """A duty of a year, or one part of it. `day` is the day of the law or of the local rule, `aim` the working day to
    have it done by, earlier by `ahead` working days where an office says so for the reason `earlier`. `named` is the
    number of the seat named for it, where that is not the usual one."""

    agency: Agency
    key: str
    year: int
    part: int
    title: str
    does: str
    day: date
    aim: date
    by_law: bool
    basis: str
    law: str
    seat: Seat | None
    url: str
    button: str
    known: Evidence | None
    provisional: bool = False
    ahead: int = 0
    earlier: str = ""
    local: LocalDuty | None = None
    named: int | None = None

    @property
    def task_key(self) -> str:
        """The key of its task."""
        return f"duty:{self.agency.pk}:{self.key}:{self.year}:{self.part}"

    def state(self, day: date, days: WorkCalendar | None = None) -> str:
        """done, idle, late, soon or coming, as of a day."""
        if self.known is not None:
            return "idle" if self.known.idle else "done"
        if day > self.day:
            return "late"
        return "soon" if (days or calendar()).between(day, self.aim) <= SOON else "coming"


class _Rule(NamedTuple):
    key: str
    title: str
    does: str
    by_law: bool
    basis: str
    law: str
    kind: Kind
    days: tuple[tuple[int, date], ...]
    local: LocalDuty | None = None


def duties_of(agency: Agency, year: int) -> list[Due]:
    """What the agency has to do in a calendar year, in the order of its days; a dozen queries."""
    return duties_by_agency([agency], year)[agency.pk]


def due_of(agency: Agency, key: str, year: int, part: int) -> Due | None:
    """One of them; None where there is no such duty in that year."""
    found = duties_of(agency, year)
    return next((one for one in found if (one.key, one.part) == (key, part)), None)


def duties_by_agency(agencies: Iterable[Agency], year: int) -> dict[int, list[Due]]:
    """The same of several agencies, by their numbers; the same number of queries however many there are."""
    own = {agency.pk: agency for agency in agencies}
    with ties_known() as ties:
        chains = {pk: _chain(pk, ties) for pk in own}
    concerned = {pk for chain in chains.values() for pk in chain}
    asked = _Asked(
        _settings(concerned), _local(concerned, year), _seats(own), known_of(list(own), year), calendar()
    )
    return {
        pk: sorted(_dues(agency, year, chains[pk], asked), key=lambda due: (due.aim, due.day))
        for pk, agency in own.items()
    }


def _chain(pk: int, ties: Mapping[int, Ties]) -> list[int]:
    chain = [pk]
    above = ties[pk].supervisor_id if pk in ties else None
    while above is not None and above not in chain and len(chain) < _FAR:
        chain.append(above)
        above = ties[above].supervisor_id if above in ties else None
    return chain


def _settings(agencies: Collection[int]) -> dict[tuple[int, str], DutySetting]:
    rows = DutySetting.objects.filter(agency__in=agencies).select_related("agency")
    return {(row.agency_id, row.key): row for row in rows}


def _local(agencies: Collection[int], year: int) -> dict[int, list[LocalDuty]]:
    found: dict[int, list[LocalDuty]] = defaultdict(list)
    rows = LocalDuty.objects.filter(agency__in=agencies, since__lte=year).select_related("agency")
    for row in rows:
        ended = row.ended_at is not None and row.ended_at.year <= year
        if not ended and row.year in (None, year):
            found[row.agency_id].append(row)
    return found


class _Seats(NamedTuple):
    named: dict[tuple[int, str], Seat]
    kinds: dict[tuple[int, Kind], Seat]

    def of(self, agency: int, key: str, kind: Kind) -> Seat | None:
        """The seat named for the duty, else the usual one, else who stands in its place."""
        if (agency, key) in self.named:
            return self.named[agency, key]
        wanted = ((agency, one) for one in (kind, *INSTEAD))
        return next((self.kinds[place] for place in wanted if place in self.kinds), None)


class _Asked(NamedTuple):
    settings: Mapping[tuple[int, str], DutySetting]
    local: Mapping[int, list[LocalDuty]]
    seats: _Seats
    known: Mapping[tuple[int, str, int], Evidence]
    days: WorkCalendar


def _seats(agencies: Collection[int]) -> _Seats:
    rows = Seat.objects.filter(agency__in=agencies, ended_on__isnull=True).select_related(
        "agency", "person", "section"
    )
    everyone = {seat.pk: seat for seat in rows}
    kinds: dict[tuple[int, Kind], Seat] = {}
    for seat in sorted(
        everyone.values(), key=lambda one: (one.section_id is not None, not _held(one), one.pk)
    ):
        kinds.setdefault((seat.agency_id or 0, Kind(seat.kind)), seat)
    owners = DutyOwner.objects.filter(agency__in=agencies).values_list("agency", "key", "seat")
    named = {(agency, key): everyone[seat] for agency, key, seat in owners if seat in everyone}
    return _Seats(named, kinds)


def _held(seat: Seat) -> bool:
    return seat.person is not None and seat.person.is_active


def _rules(
    agency: Agency, year: int, chain: list[int], local: Mapping[int, list[LocalDuty]]
) -> Iterator[_Rule]:
    government = agency.level == Agency.Level.GOVERNMENT
    for slug, duty in CALENDAR.items():
        days = duty.due(year, government=government)
        yield _Rule(
            slug, duty.label, duty.does, duty.by_law, _basis(duty.refs), str(duty.ref), USUAL[slug], days
        )
    for pk in chain:
        for row in local.get(pk, ()):
            if pk == agency.pk or row.below:
                said = row.basis if pk == agency.pk else f"{row.agency.name}：{row.basis}"
                days = ((0, _date(year, row.month, row.day)),)
                yield _Rule(row.key, row.title, row.does, False, said, said, Kind(row.kind), days, row)


def _basis(refs: tuple[Ref, ...]) -> str:
    ref = refs[0]
    said = f"{ref}：{ref.says}" if ref.article is not None else str(ref)
    ours = any(one.instrument == "design" for one in refs)
    return f"{said}{'' if said.endswith('。') else '。'}{'日期是平台的安排，可以改早。' if ours else ''}"


def _date(year: int, month: int, day: int) -> date:
    """The day, or the month's last one where it has not so many."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _dues(agency: Agency, year: int, chain: list[int], asked: _Asked) -> Iterator[Due]:
    for rule in _rules(agency, year, chain, asked.local):
        places = ((pk, rule.key) for pk in chain)
        setting = next((asked.settings[place] for place in places if place in asked.settings), None)
        seat = asked.seats.of(agency.pk, rule.key, rule.kind)
        named = asked.seats.named.get((agency.pk, rule.key))
        ahead = setting.ahead if setting else 0
        for part, day in rule.days:
            aim = working_aim(day, asked.days, ahead)
            url, button = page_of(rule.key, agency.slug, year, part)
            yield Due(
                agency=agency,
                key=rule.key,
                year=year,
                part=part,
                title=f"{rule.title}（第{HAN[part - 1]}季度）" if part else rule.title,
                does=rule.does,
                day=day,
                aim=aim,
                by_law=rule.by_law,
                basis=rule.basis,
                law=rule.law,
                seat=seat,
                url=url,
                button=button,
                known=asked.known.get((agency.pk, rule.key, part)),
                provisional=asked.days.provisional(aim),
                ahead=ahead,
                earlier=f"{setting.agency.name}：{setting.reason}" if setting and ahead else "",
                local=rule.local,
                named=named.pk if named else None,
            )
