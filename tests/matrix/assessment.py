"""The pages of gongkai/desk/county/assessment*.py."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.oversight.models import (
    AssessmentIndicator,
    AssessmentObjection,
    AssessmentResult,
    AssessmentScheme,
)
from tests.cast import Cast
from tests.matrix.answers import POST, Row, absent, ours, signed_in, theirs
from tests.matrix.messages import countys
from tests.matrix.requests_case import nothing, other, own

NO_FILE = UUID(int=0)
county = {"agency": "county-office"}
_ROW = {
    "name": "解读",
    "points": "100",
    "form": "judged",
    "measure": "",
    "step": "1",
    "rule": "标准",
    "unit": "分",
}


def _scheme(cast: Cast, year: int, state: str) -> int:
    """A scheme of the county's with the bureau's and the neighbour's points."""
    day = timezone.localdate()
    scheme, made = AssessmentScheme.objects.get_or_create(
        agency=cast.county,
        year=year,
        defaults={
            "state": state,
            "made_by": "督导员",
            "frozen": [] if state == "draft" else [_ROW],
            "in_force_on": None if state == "draft" else day,
            "object_until": day if state == "told" else None,
        },
    )
    if made and state != "draft":
        for agency in (cast.agency, cast.other):
            _points(scheme, agency)
    return int(scheme.year)


def _points(scheme: AssessmentScheme, agency: Agency) -> None:
    AssessmentResult.objects.create(
        scheme=scheme, agency=agency, serial=1, points=Decimal(80), words="评", by="督导员", at=timezone.now()
    )


def draft(cast: Cast) -> int:
    """The year of one that is being written."""
    return _scheme(cast, 2023, "draft")


def in_force(cast: Cast) -> int:
    """The year of one in force."""
    return _scheme(cast, 2024, "in_force")


def told(cast: Cast) -> int:
    """The year of one that the agencies are asked about."""
    return _scheme(cast, 2025, "told")


def indicator(cast: Cast) -> int:
    """An indicator of the draft."""
    scheme = AssessmentScheme.objects.get(agency=cast.county, year=draft(cast))
    return AssessmentIndicator.objects.create(scheme=scheme, order=1, name="甲", points=10, rule="标准").pk


def objection(cast: Cast) -> int:
    """An objection of the bureau's."""
    scheme = AssessmentScheme.objects.get(agency=cast.county, year=told(cast))
    day = timezone.localdate()
    made, _ = AssessmentObjection.objects.get_or_create(
        scheme=scheme, agency=cast.agency, defaults={"serial": 1, "reason": "理由", "by": "某", "on": day}
    )
    return int(made.pk)


OBJECTORS = ("ogi_head", "leader", "head")
drafted, forced, asked = county | {"year": draft}, county | {"year": in_force}, county | {"year": told}
# The bureau's own heads may look at schemes of its own, of which there are none.
VIEWERS = ("ogi_head", "leader", "head")
mine = own | {"year": 2024}

TABLE: dict[str, list[Row]] = {
    "desk:assessments": [(county, countys()), (own, ours(VIEWERS)), (other, theirs(403))],
    "desk:assessment": [
        (drafted, countys()),
        (forced, countys()),
        (asked, countys()),
        (county | {"year": 1999}, absent()),
        (mine, ours(VIEWERS, 404)),
    ],
    "desk:assessment-force": [
        (drafted, signed_in(405)),
        (drafted, countys(302), POST),
        (mine, ours((), 404), POST),
    ],
    "desk:assessment-known": [
        (asked, signed_in(405)),
        (asked, countys(302), POST),
        (mine, ours(("leader", "head"), 404), POST),
    ],
    "desk:assessment-compute": [(forced, countys()), (mine, ours(()))],
    "desk:assessment-ask": [(forced, countys()), (mine, ours(()))],
    "desk:assessment-export": [
        (forced | {"ending": "xlsx"}, countys()),
        (forced | {"ending": "docx"}, countys()),
        (forced | {"ending": "exe"}, absent()),
        (mine | {"ending": "xlsx"}, ours(VIEWERS, 404)),
    ],
    "desk:assessment-indicator-new": [(drafted, countys()), (mine, ours(()))],
    "desk:assessment-indicator": [
        (drafted | {"pk": indicator}, countys()),
        (drafted | {"pk": nothing}, absent()),
    ],
    "desk:assessment-indicator-drop": [
        (drafted | {"pk": indicator}, signed_in(405)),
        (drafted | {"pk": indicator}, countys(302), POST),
    ],
    "desk:assessment-agency": [
        (forced | {"other": "xtxsfj"}, countys()),
        (forced | {"other": "county-office"}, absent()),
        (mine | {"other": "sample-office"}, ours(VIEWERS, 404)),
    ],
    "desk:assessment-judge": [
        (forced | {"other": "xtxsfj", "serial": 1}, countys()),
        (forced | {"other": "xtxsfj", "serial": 9}, absent()),
        (mine | {"other": "sample-office", "serial": 1}, ours(())),
    ],
    "desk:assessment-file": [(forced | {"other": "xtxsfj", "serial": 1, "number": NO_FILE}, absent())],
    "desk:assessment-objection": [
        (asked | {"pk": objection}, countys()),
        (asked | {"pk": nothing}, absent()),
        (mine | {"pk": objection}, ours(("leader", "head"), 404)),
    ],
    "desk:assessment-own": [(own, ours()), (other, theirs())],
    "desk:assessment-object": [
        (own | {"year": told}, ours(OBJECTORS)),
        (own | {"year": in_force}, ours(OBJECTORS, 404)),
        (other | {"year": told}, theirs(403)),
    ],
    "desk:assessment-own-file": [(own | {"year": told, "serial": 1, "number": NO_FILE}, absent())],
}
