"""The desk's pages of requests, items and reports."""

from __future__ import annotations

from tests.matrix.answers import POST, Row, absent, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}

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
    "desk:publish": [
        (own | {"year": 2024}, signed_in(405)),
        (own | {"year": 2024}, ours(("head",), 302), POST),
        (other | {"year": 2024}, theirs(403), POST),
    ],
}
