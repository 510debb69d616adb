"""The pages of gongkai/desk/requests/register.py."""

from __future__ import annotations

from tests.matrix.answers import Row, absent, ours, theirs
from tests.matrix.requests_case import HANDLERS, foreign, mine, other, own

TABLE: dict[str, list[Row]] = {
    "desk:request-new": [(own, ours(HANDLERS)), (other, theirs()), ({"agency": "nobody"}, absent())],
    "desk:request-registered": [(mine, ours(HANDLERS)), (foreign, theirs())],
    "desk:request-split": [(mine, ours(HANDLERS)), (foreign, theirs())],
}
