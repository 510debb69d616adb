"""The desk's pages of requests, items and reports."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.cast import Cast
from tests.matrix.answers import GET, POST, Gets, Row, absent, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
LAST = timezone.localdate().year - 1
"""The last year that is over: owed, and begun by nobody."""
WRITERS = ("clerk", "ogi_head")
_prose = own | {"year": 2024}


def mine(cast: Cast) -> int:
    """A paragraph of the bureau's report, in somebody's own words."""
    return cast.work.prose.filter(composer="").earliest("pk").pk


OFFICE = ("clerk", "ogi_head")
"""Who prepares, publishes, hands in and archives a report."""


def _button(args: dict[str, Any], others: Gets | None = None) -> list[Row]:
    """A button of who prepares the report."""
    return [
        (own | args, signed_in(405)),
        (own | args, ours(OFFICE, 302), POST),
        (other | args | {"year": 2024}, others or theirs(302), POST),
    ]


def _read_and_write(args: dict[str, Any], *, saves: bool = False) -> list[Row]:
    """A page that all of the office read and whose form is for who prepares the report; an empty form saves nothing,
    or leads back."""
    return [
        (own | args, ours(), GET),
        (own | args, ours(OFFICE, 302 if saves else 200), POST),
        (other | args | {"year": 2024}, theirs(), GET),
    ]


_PREPARED: list[Row] = [(own | {"year": 2025}, ours(OFFICE)), (other | {"year": 2024}, theirs())]
_of_a_sheet: list[Row] = [
    (own | {"year": 2024, "serial": 1}, signed_in(405)),
    (own | {"year": 2024, "serial": 1}, ours(status=302), POST),
    (other | {"year": 2024, "serial": 1}, absent(), POST),
]

TABLE: dict[str, list[Row]] = {
    "desk:sign-in": [({}, signed_in(302) | {"anonymous": 200})],
    "desk:sign-out": [({}, signed_in(405)), ({}, signed_in(302), POST)],
    "desk:home": [({}, signed_in(302) | {"nobody": 403})],
    "desk:today": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:settings": [(own, ours()), (other, theirs())],
    "desk:first-week": [(own, ours(("clerk", "ogi_head"))), (other, theirs())],
    "desk:first-week-put-away": [
        (own, signed_in(405)),
        (own, ours(("clerk", "ogi_head"), 302), POST),
        (other, theirs(302), POST),
    ],
    "desk:requests": [(own, ours()), (other, theirs())],
    "desk:help": [(own, ours()), (other, theirs())],
    "desk:words": [(own, ours()), (other, theirs())],
    "desk:checks": [(own, ours()), (other, theirs())],
    "desk:reports": [(own, ours()), (other, theirs())],
    "desk:report": [
        (own | {"year": 2024}, ours()),
        (own | {"year": 2025}, ours()),
        (other | {"year": 2024}, theirs()),
        (own | {"year": 2023}, absent()),
    ],
    "desk:figure": [
        (own | {"year": 2024, "key": "t2.penalties"}, ours()),
        (own | {"year": 2025, "key": "items"}, ours()),
        (other | {"year": 2024, "key": "items"}, theirs()),
        (own | {"year": 2024, "key": "t9.nothing"}, absent()),
    ],
    "desk:figure-file": [
        (own | {"year": 2024, "key": "items", "ending": "xlsx"}, ours()),
        (own | {"year": 2024, "key": "items", "ending": "csv"}, ours()),
        (own | {"year": 2024, "key": "t3.new.total", "ending": "csv"}, ours(status=302)),
        (own | {"year": 2024, "key": "items", "ending": "exe"}, absent()),
        (own | {"year": 2024, "key": "t9.nothing", "ending": "csv"}, absent()),
        (other | {"year": 2024, "key": "items", "ending": "csv"}, theirs()),
    ],
    "desk:report-elsewhere": [
        (other | {"year": LAST}, theirs()),
        (other | {"year": 2000}, theirs(404)),
        # Begun here: made here.
        (own | {"year": LAST}, ours(OFFICE, 404)),
    ],
    "desk:report-file": [
        *((own | {"year": 2025, "ending": e}, ours()) for e in ("docx", "pdf", "html", "xlsx", "json")),
        (other | {"year": 2024, "ending": "json"}, theirs()),
        (own | {"year": 2024, "ending": "exe"}, absent()),
    ],
    "desk:begin-report": [
        (own, signed_in(405)),
        (own, ours(("clerk", "ogi_head"), 302), POST),
        (other, theirs(302), POST),
    ],
    "desk:report-prose": [
        (_prose, ours()),
        (other | {"year": 2024}, theirs()),
        (own | {"year": 2023}, absent()),
    ],
    "desk:report-prose-begin": [
        (own | {"year": 2025}, signed_in(405)),
        (own | {"year": 2025}, ours(WRITERS, 302), POST),
        (other | {"year": 2024}, theirs(302), POST),
    ],
    "desk:report-prose-add": [
        (_prose | {"section": "overview"}, ours(WRITERS)),
        (other | {"year": 2024, "section": "other"}, theirs()),
    ],
    "desk:report-prose-block": [
        (_prose | {"pk": mine}, ours(WRITERS)),
        (other | {"year": 2024, "pk": mine}, absent()),
    ],
    "desk:report-prose-act": [
        (_prose | {"pk": mine}, signed_in(405)),
        (_prose | {"pk": mine}, ours(WRITERS, 302), POST),
        (other | {"year": 2024, "pk": mine}, absent(), POST),
    ],
    "desk:report-prose-delete": [
        (_prose | {"pk": mine}, ours(WRITERS), GET),
        (_prose | {"pk": mine}, ours(WRITERS, 302), POST),
        (other | {"year": 2024, "pk": mine}, absent(), POST),
        (_prose | {"pk": lambda cast: mine(cast) + 10**6}, ours((), 302) | dict.fromkeys(WRITERS, 404), POST),
    ],
    "desk:report-preview": [(own | {"year": y}, ours()) for y in (2024, 2025)]
    + [(other | {"year": 2024}, theirs()), (own | {"year": 2023}, absent())],
    "desk:report-registers": _read_and_write({"year": 2024}),
    "desk:report-opening": _read_and_write({"year": 2024}),
    "desk:report-table": [
        *(
            row
            for table in ("t2", "t3", "t4", "fee")
            for row in _read_and_write({"year": 2025, "table": table})
        ),
        (own | {"year": 2024, "table": "t9"}, absent()),
    ],
    "desk:report-cell": [
        *_read_and_write({"year": 2025, "cell": "t2.penalties"}),
        *_read_and_write({"year": 2024, "cell": "t3.new.natural"}),
        (own | {"year": 2024, "cell": "t9.nothing"}, absent()),
    ],
    "desk:report-checks": _read_and_write({"year": 2024}, saves=True),
    "desk:report-sheet": [
        (own | {"year": 2024, "serial": 1}, ours()),
        (own | {"year": 2024, "serial": 9}, absent()),
        (other | {"year": 2024, "serial": 1}, absent()),
    ],
    "desk:report-publication": [(own | {"year": 2024}, ours()), (other | {"year": 2024}, theirs())],
    "desk:report-last-file": _PREPARED,
    "desk:report-last-typed": _PREPARED,
    "desk:report-hand-in": _PREPARED,
    "desk:report-submit": _PREPARED,
    "desk:report-archive": [
        (own | {"year": 2025}, ours(OFFICE), GET),
        (own | {"year": 2025}, ours(OFFICE, 302), POST),
        (other | {"year": 2024}, theirs(), GET),
    ],
    "desk:report-receipt": [
        (own | {"year": 2024, "pk": lambda cast: 99}, ours(()) | dict.fromkeys(OFFICE, 404))
    ],
    "desk:report-last-drop": _button({"year": 2025}),
    "desk:report-cell-withdraw": _button({"year": 2025, "cell": "t2.penalties"}),
    "desk:report-reopen": _button({"year": 2025}),
    "desk:report-recall": _button({"year": 2024, "serial": 1}, theirs(404)),
    "desk:report-sign": _of_a_sheet,
    "desk:report-return": _of_a_sheet,
    "desk:publish": _button({"year": 2024}),
}
