"""How far an agency is set up: what letters and pages would lack, which seats are empty, what a first week has left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from .models import Agency, Deputy, Kind, Seat, SeatProposal

TOLD_TO_THE_PUBLIC = (
    ("address", "地址"),
    ("postcode", "邮政编码"),
    ("phone", "电话"),
    ("office", "政府信息公开工作机构"),
    ("office_hours", "办公时间"),
    ("reconsideration_organs", "行政复议机关"),
    ("court", "管辖法院"),
)
"""What the guide (条例 12) and the remedy notice of a letter (条例 51) need, with the word on the screen."""
NEEDED = (Kind.CLERK, Kind.OGI_HEAD, Kind.HEAD)
"""Without one of these no request is decided and no report is published."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Facts about an agency's setting up, of one day."""

    missing: tuple[str, ...]
    """Words for what is not filled in."""
    sections: int
    held: Counter[str]
    """How many people work in each kind of seat; a seat whose holder cannot sign in and has no deputy is not one."""
    empty: tuple[str, ...]
    """Standing seats nobody holds and nobody stands in for, in words."""
    stranded: tuple[str, ...]
    """Seats whose holder's account is closed and for whom nobody stands in, in words."""
    deputies: int
    """Arrangements of cover that run or are to come."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The kinds of seat in `NEEDED` that nobody works in, in words."""
        return tuple(str(kind.label) for kind in NEEDED if not self.held[kind])


def missing_in(agency: Agency) -> tuple[str, ...]:
    """Words for what the agency has not filled in; asks the database nothing."""
    return tuple(word for name, word in TOLD_TO_THE_PUBLIC if not getattr(agency, name).strip())


def readiness_of(agency: Agency, day: date) -> Readiness:
    """The facts as of `day`; three queries however many seats there are."""
    running = Deputy.objects.filter(cancelled_on__isnull=True, until__gte=day)
    covered = running.filter(seat=OuterRef("pk"), since__lte=day)
    held: Counter[str] = Counter()
    empty: list[str] = []
    stranded: list[str] = []
    seats = Seat.objects.filter(agency=agency, ended_on__isnull=True)
    for seat in seats.annotate(covered=Exists(covered)).select_related("section", "person"):
        if seat.covered or (seat.person is not None and seat.person.is_active):
            held[seat.kind] += 1
        else:
            (empty if seat.person is None else stranded).append(seat.title)
    return Readiness(
        missing=missing_in(agency),
        sections=agency.sections.filter(ended_on__isnull=True).count(),
        held=held,
        empty=tuple(empty),
        stranded=tuple(stranded),
        deputies=running.filter(seat__agency=agency).count(),
    )


def seats_asked_for() -> int:
    """How many seats were asked for with a list and wait for the security administrator."""
    return SeatProposal.objects.count()
