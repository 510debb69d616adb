"""The search of the public and open data: the same for all, closed columns are nowhere; what they answer is tried in
tests/portal/test_search.py and test_open_data.py."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, everyone

PUBLIC, NOWHERE = everyone(200), everyone(404)
own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}

TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "portal:search": [({}, PUBLIC)],
    "portal:search-help": [({}, PUBLIC)],
    "portal:data": [({}, PUBLIC)],
    "portal:data-openapi": [({}, PUBLIC)],
    "portal:data-agencies": [({}, PUBLIC)],
    "portal:data-columns": [(own, PUBLIC), (other, NOWHERE)],
    "portal:data-items": [({}, PUBLIC)],
    "portal:data-item": [
        ({"number": lambda cast: cast.agency.items.public().earliest("pk").pk}, PUBLIC),
        ({"number": lambda cast: cast.hidden.pk}, NOWHERE),
        ({"number": lambda cast: cast.others_item.pk}, NOWHERE),
    ],
    "portal:data-reports": [(own, PUBLIC), (other, NOWHERE)],
    "portal:data-report": [
        (own | {"year": 2024}, PUBLIC),
        (own | {"year": 2025}, NOWHERE),
        (other | {"year": 2024}, NOWHERE),
    ],
    "portal:data-statistics": [(own, PUBLIC), (other, NOWHERE)],
    "portal:data-dump": [
        ({"ending": "csv"}, PUBLIC),
        ({"ending": "jsonl"}, PUBLIC),
        ({"ending": "exe"}, NOWHERE),
    ],
}
