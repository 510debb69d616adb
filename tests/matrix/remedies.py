"""The pages of gongkai/desk/remedies/."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.remedies.actions.accept import accept
from tests.cast import SYSTEM, Cast
from tests.matrix.answers import CASEWORKERS, Row, absent, ours, theirs
from tests.matrix.requests_case import HANDLERS, nothing, other, ours_open, own, theirs_open


def _case(agency: Agency) -> int:
    return accept(
        agency,
        by=SYSTEM,
        track="reconsideration",
        organ="某县人民政府（测试）",
        number="测复〔2023〕1号",
        about="不服信息不存在的答复",
        accepted_on=date(2023, 12, 1),
    ).pk


def ours_pending(cast: Cast) -> int:
    """A reconsideration against the bureau."""
    return _case(cast.agency)


def theirs_pending(cast: Cast) -> int:
    """A reconsideration against the neighbour."""
    return _case(cast.other)


mine, foreign = own | {"pk": ours_pending}, other | {"pk": theirs_pending}
crossed, gone = own | {"pk": theirs_pending}, own | {"pk": nothing}


def _acted() -> list[Row]:
    return [(mine, ours(HANDLERS)), (foreign, theirs()), (crossed, ours(HANDLERS, 404))]


TABLE: dict[str, list[Row]] = {
    "desk:remedies": [(own, ours(CASEWORKERS)), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:remedy-new": [(own, ours(HANDLERS)), (other, theirs())],
    "desk:remedy": [
        (mine, ours(CASEWORKERS)),
        (foreign, theirs()),
        (crossed, ours(CASEWORKERS, 404)),
        (gone, ours(CASEWORKERS, 404)),
    ],
    "desk:request-evidence": [
        (own | {"pk": ours_open, "ending": "pdf"}, ours(CASEWORKERS)),
        (own | {"pk": ours_open, "ending": "docx"}, absent()),
        (other | {"pk": theirs_open, "ending": "zip"}, theirs()),
        (own | {"pk": theirs_open, "ending": "zip"}, absent()),
    ],
    "desk:remedy-correct": _acted(),
    "desk:remedy-answered": _acted(),
    "desk:remedy-conclude": _acted(),
    "desk:remedy-cancel": _acted(),
}
