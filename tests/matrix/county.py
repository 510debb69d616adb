"""The pages of gongkai/desk/county/, and the handing on of a finding."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.oversight.actions.answer_order import answer
from gongkai.oversight.actions.orders import Wanted, issue
from gongkai.oversight.models import Order
from tests.cast import Cast
from tests.matrix.answers import Gets, Row, absent, ours, signed_in, theirs
from tests.matrix.inspection import mine as our_finding
from tests.matrix.inspection import ours_explained, theirs_open
from tests.matrix.requests_case import nothing, other, own

county = {"agency": "county-office"}
ours_below, theirs_below = county | {"below": "xtxsfj"}, county | {"below": "sample-office"}
unknown, itself = county | {"below": "nobody"}, county | {"below": "county-office"}
ANSWERERS = ("clerk", "ogi_head", "leader", "head")


def _order(cast: Cast, agency: Agency) -> int:
    day = timezone.localdate()
    wanted = Wanted("opinion", "测试的事项", "测试的要求", day)
    return issue(cast.county, agency, wanted, by=cast.actor("supervisor")).pk


def ours_asked(cast: Cast) -> int:
    """An order to the bureau."""
    return _order(cast, cast.agency)


def theirs_asked(cast: Cast) -> int:
    """An order to its neighbour."""
    return _order(cast, cast.other)


def ours_answered(cast: Cast) -> int:
    """An order that the bureau answered."""
    order = Order.objects.get(pk=_order(cast, cast.agency))
    return answer(order, "测试的答复", by=cast.actor("clerk")).pk


def above(status: int = 200) -> Gets:
    """A page of the office above: for its supervisor; not there for anybody else."""
    return signed_in(404) | {"supervisor": status}


LOOKS: list[Row] = [
    (ours_below, above()),
    (theirs_below, above()),
    (unknown, absent()),
    (itself, absent()),
    (own | {"below": "sample-office"}, ours(())),
    (other | {"below": "xtxsfj"}, theirs(403)),
]
"""One agency below: seen from the office, and from nowhere else."""
ORDERS: list[Row] = [
    (county | {"pk": ours_asked}, above()),
    (county | {"pk": ours_answered}, above()),
    (county | {"pk": nothing}, absent()),
    (own | {"pk": ours_asked}, ours(())),
    (other | {"pk": ours_asked}, theirs(403)),
]
"""One order: at the office that issued it."""

TABLE: dict[str, list[Row]] = {
    "desk:county": [
        (county, above()),
        (own, ours(())),
        (other, theirs(403)),
        ({"agency": "nobody"}, absent()),
    ],
    "desk:county-agency": LOOKS,
    "desk:county-cases": LOOKS,
    "desk:county-findings": LOOKS,
    "desk:county-opinion": LOOKS,
    "desk:county-remind": LOOKS,
    "desk:county-return": [
        (ours_below | {"year": 2024}, above()),
        (ours_below | {"year": 2025}, absent()),
        (theirs_below | {"year": 2024}, absent()),
        (unknown | {"year": 2024}, absent()),
        (own | {"below": "sample-office", "year": 2024}, ours(())),
    ],
    "desk:county-remind-all": [(county, above()), (own, ours(())), (other, theirs(403))],
    "desk:county-orders": [(county, above()), (own, ours(())), (other, theirs(403))],
    "desk:county-order": ORDERS,
    "desk:county-order-close": ORDERS,
    "desk:county-order-again": ORDERS,
    "desk:orders": [(own, ours()), (other, theirs()), (county, above()), ({"agency": "nobody"}, absent())],
    "desk:order": [
        (own | {"pk": ours_asked}, ours(), "GET"),
        (own | {"pk": ours_asked}, ours(ANSWERERS), "POST"),
        (own | {"pk": theirs_asked}, absent()),
        (other | {"pk": theirs_asked}, theirs()),
        (other | {"pk": ours_asked}, absent()),
        (county | {"pk": ours_asked}, absent()),
    ],
    "desk:finding-hand": [
        (our_finding, ours(("clerk", "ogi_head"))),
        (own | {"pk": ours_explained}, ours(("clerk", "ogi_head"))),
        (own | {"pk": theirs_open}, absent()),
        (other | {"pk": theirs_open}, theirs()),
    ],
}
