"""The pages of gongkai/desk/duties/."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.oversight.actions.duties import Wanted, add_local
from tests.cast import SYSTEM, Cast
from tests.matrix.answers import POST, Row, absent, ours, signed_in, theirs
from tests.matrix.requests_case import other, own

EDITORS = ("ogi_head", "head")
TICKERS = ("clerk", "ogi_head", "leader", "head")
POSTED = signed_in(405)


def _local(agency: Agency) -> str:
    wanted = Wanted("报送半年总结", "", "测试依据", 6, 20, "clerk")
    return add_local(agency, wanted, by=SYSTEM).key


def ours_local(cast: Cast) -> str:
    """A duty the bureau added."""
    return _local(cast.agency)


def theirs_local(cast: Cast) -> str:
    """One the neighbour added."""
    return _local(cast.other)


year = timezone.localdate().year
one = {"year": year, "key": "guide", "part": 0}
none = {"year": year, "key": "nothing", "part": 0}
mine = own | {"year": year, "key": ours_local, "part": 0}
crossed = own | {"year": year, "key": theirs_local, "part": 0}
foreign = other | {"year": year, "key": theirs_local, "part": 0}

TABLE: dict[str, list[Row]] = {
    "desk:duties": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:duties-plan": [(own, ours()), (other, theirs())],
    "desk:duties-file": [
        (own | {"ending": "xlsx"}, ours()),
        (own | {"ending": "ics"}, ours()),
        (own | {"ending": "exe"}, absent()),
        (other | {"ending": "xlsx"}, theirs()),
    ],
    "desk:duty": [
        (own | one, ours()),
        (own | none, absent()),
        (mine, ours()),
        (crossed, absent()),
        (other | one, theirs()),
    ],
    "desk:duty-new": [(own, ours(EDITORS)), (other, theirs(403))],
    "desk:duty-arrange": [
        (own | one, ours(EDITORS)),
        (own | none, ours(EDITORS, 404)),
        (crossed, ours(EDITORS, 404)),
        (other | one, theirs(403)),
    ],
    "desk:duty-untick": [
        (own | one, POSTED),
        (own | one, ours(TICKERS, 302), POST),
        (crossed, absent(), POST),
        (other | one, theirs(302), POST),
    ],
    "desk:duty-end": [
        (mine, POSTED),
        (mine, ours(EDITORS, 302), POST),
        (own | one, ours(EDITORS, 404), POST),
        (crossed, ours(EDITORS, 404), POST),
        (foreign, theirs(403), POST),
    ],
}
