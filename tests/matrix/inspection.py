"""The pages of gongkai/desk/inspection/."""

from __future__ import annotations

from tests.matrix.answers import Row, absent, ours, theirs
from tests.matrix.requests_case import other, own

TABLE: dict[str, list[Row]] = {
    "desk:oversight": [(own, ours()), (other, theirs()), ({"agency": "nobody"}, absent())],
}
