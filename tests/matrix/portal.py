"""The public addresses: the same for all, and nothing of a column that is closed or an item that is not public."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, everyone

PUBLIC, NOWHERE = everyone(200), everyone(404)
own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}

TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "portal:front": [({}, everyone(302))],
    "portal:home": [(own, PUBLIC), (other, NOWHERE), ({"agency": "nobody"}, NOWHERE)],
    "portal:guide": [(own, PUBLIC), (other, NOWHERE)],
    "portal:rules": [(own, PUBLIC), (other, NOWHERE)],
    "portal:columns": [(own, PUBLIC), (other, NOWHERE)],
    "portal:requests": [(own, PUBLIC), (other, NOWHERE)],
    "portal:column": [
        (own | {"column": "xzfy"}, PUBLIC),
        (own | {"column": "news"}, NOWHERE),
        (other | {"column": "news"}, NOWHERE),
    ],
    "portal:item": [
        (own | {"pk": "shown"}, PUBLIC),
        (own | {"pk": "hidden"}, NOWHERE),
        (own | {"pk": "others_item"}, NOWHERE),
        (other | {"pk": "others_item"}, NOWHERE),
    ],
    "portal:reports": [(own, PUBLIC), (other, NOWHERE)],
    "portal:report": [
        (own | {"year": 2024}, PUBLIC),
        (own | {"year": 2025}, NOWHERE),
        (own | {"year": 2023}, NOWHERE),
        (other | {"year": 2024}, NOWHERE),
    ],
    "portal:report-file": [
        *((own | {"year": 2024, "ending": e}, PUBLIC) for e in ("docx", "pdf", "html", "xlsx", "json")),
        (own | {"year": 2024, "ending": "exe"}, NOWHERE),
        (own | {"year": 2025, "ending": "docx"}, NOWHERE),
        (other | {"year": 2024, "ending": "docx"}, NOWHERE),
    ],
}
