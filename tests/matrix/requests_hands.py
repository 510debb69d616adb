"""The pages of gongkai/desk/requests/: errands.py, conversions.py, correcting.py, registers.py."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.agencies.models import Seat
from gongkai.inforequests.actions.conversion import propose
from gongkai.inforequests.actions.errands import ask_section
from gongkai.inforequests.models import Conversion, Errand
from tests.cast import Cast
from tests.inforequests.cases import new_case
from tests.matrix.answers import GET, INSIDERS, POST, Row, absent, ours, theirs
from tests.matrix.requests_case import DRAFTERS, HANDLERS, crossed, foreign, mine, other, own


def errand(cast: Cast) -> int:
    """What the drafter's seat was asked."""
    found = Errand.objects.first()
    if found is None:
        today = timezone.localdate()
        case, seat = new_case(cast, on=today), Seat.objects.get(person=cast.people["drafter"])
        found = ask_section(
            case, by=cast.actor("clerk"), seat=seat, about="查", due_on=today + timedelta(days=3)
        )
    return found.pk


def its_case(cast: Cast) -> int:
    """The case of it."""
    return Errand.objects.get(pk=errand(cast)).request_id


def conversion(cast: Cast) -> int:
    """A proposal of the bureau's."""
    found = Conversion.objects.first()
    if found is None:
        found = propose(new_case(cast), by=cast.actor("clerk"), what="某项批复", reason="几个人申请")
    return found.pk


def correction(cast: Cast) -> int:
    """A case that asks for a correction."""
    return new_case(cast, matter="correction").pk


asked, proposed = own | {"pk": its_case, "number": errand}, own | {"number": conversion}


def _list() -> list[Row]:
    return [(own, ours()), (other, theirs())]


CANCELLERS = ("ogi_head", "leader", "head")
TABLE: dict[str, list[Row]] = {
    "desk:request-assign": [(mine, ours(HANDLERS)), (foreign, theirs()), (crossed, ours(HANDLERS, 404))],
    "desk:request-errand-new": [(mine, ours(HANDLERS)), (foreign, theirs()), (crossed, ours(HANDLERS, 404))],
    "desk:request-errand": [
        (asked, ours(), GET),
        # Answered by the seat that was asked, and by nobody else, the clerk included.
        (asked, ours(("drafter",)), POST),
        (mine | {"number": errand}, absent() | dict.fromkeys(INSIDERS, 404), GET),
        (foreign | {"number": errand}, absent(), GET),
    ],
    "desk:request-conversions": _list(),
    "desk:request-convert": [(mine, ours(HANDLERS)), (foreign, theirs()), (crossed, ours(HANDLERS, 404))],
    "desk:request-conversion": [
        (proposed, ours(), GET),
        (proposed, ours(HANDLERS), POST),
        (other | {"number": conversion}, absent(), GET),
    ],
    "desk:request-correction": [
        (own | {"pk": correction}, ours(DRAFTERS)),
        (mine, ours(DRAFTERS, 404)),
    ],
    "desk:request-fees": _list(),
    "desk:request-numbers": _list(),
    "desk:request-moved": _list(),
    "desk:request-cancel": [(mine, ours(CANCELLERS)), (crossed, ours(CANCELLERS, 404))],
}
