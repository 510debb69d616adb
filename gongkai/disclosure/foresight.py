"""Looking ahead before a signature: whoever signs now signs nothing later, so that the last level still has somebody.

A leader may sign the four checks as well as the final level, but never both of one item; where nobody else could sign
the final level, the checks are left to others. Asked by the page, by the act and by the list of what waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Seat
from gongkai.tasks.telling import people_in

from .models import ReviewSheet, ReviewStep
from .planning import People, can_be_signed
from .routes import Step


@dataclass(frozen=True, slots=True)
class Staff:
    """Every live seat of an agency with the people who work in it on a day."""

    seats: tuple[tuple[Seat, frozenset[int]], ...]

    def able(self, step: ReviewStep, section: int | None, barred: set[int]) -> list[set[int]]:
        """Who may sign the step of an item of this section, by kind of seat in the order in which they are asked."""
        return [
            {
                pk
                for seat, people in self.seats
                if seat.kind == kind and not (seat.section_id and section and seat.section_id != section)
                for pk in people
            }
            - barred
            for kind in step.kinds
        ]


def staff_of(agency: int, day: date) -> Staff:
    """The seats of the agency and who works in them on this day: three queries."""
    seats = list(Seat.objects.filter(agency_id=agency, ended_on__isnull=True))
    working = people_in(seats, day)
    return Staff(tuple((seat, frozenset(one.pk for one in working[seat.pk])) for seat in seats))


def barred_from(sheet: ReviewSheet) -> set[int]:
    """Who signs nothing more of the sheet: who put it in, who wrote on it, who signed. Uses what was prefetched."""
    wrote = {row.person_id for row in sheet.item.drafters.all() if row.version == sheet.version}
    signed = {row.person_id for row in sheet.signatures.all() if row.person_id}
    return {pk for pk in (*wrote, *signed, sheet.submitted_by_id) if pk is not None}


def leaves_nobody(
    sheet: ReviewSheet, steps: Sequence[ReviewStep], mine: Sequence[ReviewStep], me: int, staff: Staff
) -> bool:
    """True when the sheet can be signed to its end, but not once this person has signed these steps."""
    barred = barred_from(sheet)
    rest = [step for step in steps if step.signature_id is None]
    able = {_what(step): set().union(*staff.able(step, sheet.item.section_id, barred)) for step in rest}
    signed = {_what(step) for step in mine}
    after = [_step(step) for step in rest if _what(step) not in signed]
    if can_be_signed(after, _without(able, set(able), me)):
        return False
    return can_be_signed([_step(step) for step in rest], _without(able, signed, me))


def is_stuck(sheet: ReviewSheet, day: date) -> bool:
    """True when an open sheet cannot be signed to its end by the people there are: it has to be taken back."""
    rest = [step for step in sheet.steps.all() if step.signature_id is None]
    staff, barred = staff_of(sheet.item.agency_id, day), barred_from(sheet)
    able = {_what(step): set().union(*staff.able(step, sheet.item.section_id, barred)) for step in rest}
    return sheet.result == ReviewSheet.Result.OPEN and not can_be_signed([_step(step) for step in rest], able)


def is_asked(sheet: ReviewSheet, mine: Sequence[ReviewStep], me: int, staff: Staff) -> bool:
    """True when one of these steps is this person's to sign first: nobody fit holds a kind of seat asked before."""
    barred = barred_from(sheet)
    for step in mine:
        first = next((people for people in staff.able(step, sheet.item.section_id, barred) if people), set())
        if me in first:
            return True
    return False


def _what(step: ReviewStep) -> str:
    return step.check_slug or step.level


def _step(step: ReviewStep) -> Step:
    return Step(_what(step), step.stage, tuple(step.kinds), step.together)


def _without(able: People, whats: set[str], me: int) -> People:
    return {what: people - {me} if what in whats else people for what, people in able.items()}
