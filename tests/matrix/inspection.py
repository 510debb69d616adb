"""The pages of gongkai/desk/inspection/."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.oversight.models import Finding
from tests.cast import Cast
from tests.matrix.answers import POST, Row, absent, ours, signed_in, theirs
from tests.matrix.requests_case import nothing, other, own

RUNNERS = ("clerk", "ogi_head")
CHECKERS = ("clerk", "drafter", "section_head", "ogi_head", "leader", "head")
ANSWERERS = ("ogi_head", "leader", "head")
SETTERS = ("ogi_head", "head")
POSTED = signed_in(405)


def _finding(agency: Agency, state: str = "open") -> int:
    now = timezone.now()
    return Finding.objects.create(
        agency=agency,
        rule="guide_unchecked",
        key=f"guide-{state}",
        gravity=3,
        what="测试的问题",
        found_at=now,
        seen_at=now,
        due_on=timezone.localdate() + timedelta(days=3),
        state=state,
        reason="测试" if state == "explained" else "",
        explained_until=timezone.localdate() if state == "explained" else None,
    ).pk


def ours_open(cast: Cast) -> int:
    """A finding of the bureau's."""
    return _finding(cast.agency)


def ours_explained(cast: Cast) -> int:
    """One that is explained."""
    return _finding(cast.agency, "explained")


def theirs_open(cast: Cast) -> int:
    """A finding of the neighbour's."""
    return _finding(cast.other)


mine, foreign = own | {"pk": ours_open}, other | {"pk": theirs_open}
crossed = own | {"pk": theirs_open}
quarter = {"year": 2024, "quarter": 1}
limit = {"rule": "home_stale", "name": "days"}

TABLE: dict[str, list[Row]] = {
    "desk:oversight": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:inspection-run": [(own, POSTED), (own, ours(RUNNERS, 302), POST), (other, theirs(302), POST)],
    "desk:finding": [
        (mine, ours()),
        (foreign, theirs()),
        (crossed, absent()),
        (own | {"pk": nothing}, absent()),
    ],
    "desk:finding-recheck": [
        (mine, POSTED),
        (mine, ours(CHECKERS, 302), POST),
        (foreign, theirs(302), POST),
        (crossed, ours(CHECKERS, 404), POST),
    ],
    "desk:finding-explain": [
        (mine, ours(ANSWERERS)),
        (crossed, ours(ANSWERERS, 404)),
        (foreign, theirs(403)),
    ],
    "desk:finding-take-back": [
        (mine, POSTED),
        (own | {"pk": ours_explained}, ours(ANSWERERS, 302), POST),
        (crossed, ours(ANSWERERS, 404), POST),
    ],
    "desk:guide-check": [(own, ours(RUNNERS)), (other, theirs())],
    "desk:inspection-sheets": [(own, ours(status=302)), (other, theirs(302))],
    "desk:inspection-sheet": [
        (own | quarter, ours()),
        (own | {"year": 2024, "quarter": 5}, absent()),
        (own | {"year": 2199, "quarter": 1}, absent()),
        (other | quarter, theirs()),
    ],
    "desk:inspection-sheet-file": [
        (own | quarter | {"ending": "docx"}, ours()),
        (own | quarter | {"ending": "xlsx"}, ours()),
        (own | quarter | {"ending": "exe"}, absent()),
        (other | quarter | {"ending": "docx"}, theirs()),
    ],
    "desk:inspection-sheet-settle": [
        (own | quarter, POSTED),
        (own | quarter, ours(SETTERS, 302), POST),
        (other | quarter, theirs(403), POST),
    ],
    "desk:inspection-limits": [(own, ours()), (other, theirs())],
    "desk:inspection-limit": [
        (own | limit, ours(SETTERS)),
        (own | {"rule": "home_stale", "name": "none"}, ours(SETTERS, 404)),
        (other | limit, theirs(403)),
    ],
    "desk:inspection-limit-clear": [
        (own | limit, POSTED),
        (own | limit, ours(SETTERS, 302), POST),
        (other | limit, theirs(403), POST),
    ],
}
