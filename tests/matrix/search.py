"""The pages of gongkai/desk/search.py."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, absent, ours, theirs

TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "desk:search": [
        ({"agency": "xtxsfj"}, ours()),
        ({"agency": "sample-office"}, theirs()),
        ({"agency": "nobody"}, absent()),
    ],
}
