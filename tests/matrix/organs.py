"""The pages of gongkai/desk/organs.py."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, absent, of_site, ours, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
one = {"pk": "agency"}


def no_agency(cast: Any) -> int:
    """The number of an agency that is not there."""
    return 987654


def agency(cast: Any) -> int:
    """The number of the bureau."""
    return int(cast.agency.pk)


def other_agency(cast: Any) -> int:
    """The number of its neighbour, which has no sections."""
    return int(cast.other.pk)


TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "desk:agency": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:agency-edit": [(own, ours(("clerk", "ogi_head"))), (other, theirs())],
    "desk:agency-sections": [(own, ours(("ogi_head",))), (other, theirs(403))],
    **{
        f"desk:agency-section{page}": [
            (own | {"pk": "section"}, ours(("ogi_head",))),
            (other | {"pk": "section"}, theirs(403)),
            (own | {"pk": no_agency}, ours(("ogi_head",), 404)),
        ]
        for page in ("", "-merge", "-end")
    },
    "desk:site-sections": [
        ({"own": agency}, of_site("sysadmin")),
        ({"own": no_agency}, of_site("sysadmin", status=404)),
    ],
    **{
        f"desk:site-section{page}": [
            ({"own": agency, "pk": "section"}, of_site("sysadmin")),
            ({"own": other_agency, "pk": "section"}, of_site("sysadmin", status=404)),
        ]
        for page in ("", "-merge", "-end")
    },
    "desk:site-agencies": [({}, of_site("sysadmin", "secadmin"))],
    "desk:site-agency": [
        (one, of_site("sysadmin", "secadmin")),
        ({"pk": no_agency}, of_site("sysadmin", "secadmin", status=404)),
    ],
    "desk:site-agency-new": [({}, of_site("sysadmin"))],
    "desk:site-agency-edit": [(one, of_site("sysadmin"))],
    "desk:site-agency-rename": [(one, of_site("sysadmin"))],
    "desk:site-agency-merge": [(one, of_site("sysadmin"))],
    "desk:site-agency-end": [(one, of_site("sysadmin"))],
    "desk:site-import": [({}, of_site("sysadmin"))],
    "desk:site-template": [({}, of_site("sysadmin"))],
    "desk:site-passwords": [({}, of_site("sysadmin", status=302))],
    "desk:site-export": [({}, of_site("sysadmin"))],
    "desk:site-proposals": [({}, of_site("secadmin"))],
}
