"""The administrators' desk."""

from __future__ import annotations

from gongkai.outbox.queries import notices_of
from tests.cast import Cast
from tests.matrix.answers import ADMINISTRATORS, POST, Row, absent, of_site, signed_in


def notice_of_sysadmin(cast: Cast) -> int:
    """A notice told to the system administrator when the seat was given."""
    return int(notices_of(cast.actor("sysadmin")).latest("pk").pk)


def nothing(cast: Cast) -> int:
    """No notice has this number."""
    return 0


TABLE: dict[str, list[Row]] = {
    "desk:site-home": [({}, of_site(*ADMINISTRATORS))],
    "desk:site-help": [({}, of_site(*ADMINISTRATORS))],
    "desk:site-notices": [({}, of_site(*ADMINISTRATORS))],
    "desk:site-notices-read": [({}, signed_in(405)), ({}, of_site(*ADMINISTRATORS, status=302), POST)],
    "desk:site-notice": [
        ({"pk": notice_of_sysadmin}, absent() | {"sysadmin": 200}),
        ({"pk": nothing}, absent()),
    ],
}
