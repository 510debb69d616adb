"""The pages of gongkai/desk/audit.py."""

from __future__ import annotations

from gongkai.audit.models import Entry
from tests.cast import Cast
from tests.matrix.answers import POST, Row, absent, of_site, ours, signed_in

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
HEADS = ("ogi_head", "head")


def of_ours(cast: Cast) -> int:
    """An entry of the bureau's."""
    return Entry.objects.filter(agency_id=cast.agency.pk).latest("number").number


def of_others(cast: Cast) -> int:
    """An entry of the neighbour's."""
    return Entry.objects.filter(agency_id=cast.other.pk).latest("number").number


TABLE: dict[str, list[Row]] = {
    "desk:site-audit": [({}, of_site("auditor"))],
    "desk:site-audit-entry": [
        ({"number": of_ours}, of_site("auditor")),
        ({"number": 99999999}, of_site("auditor", status=404)),
    ],
    "desk:site-audit-verify": [({}, signed_in(405)), ({}, of_site("auditor"), POST)],
    "desk:site-audit-export": [
        ({"ending": "csv"}, of_site("auditor")),
        ({"ending": "xlsx"}, of_site("auditor")),
        ({"ending": "exe"}, of_site("auditor", status=404)),
    ],
    # The neighbour has a clerk only, and no clerk reads the trail.
    "desk:trail": [(own, ours(HEADS)), (other, absent() | {"neighbour": 403})],
    "desk:trail-entry": [
        (own | {"number": of_ours}, ours(HEADS)),
        (own | {"number": of_others}, ours(HEADS, status=404)),
        (other | {"number": of_others}, absent() | {"neighbour": 403}),
    ],
}
