"""The public addresses: the same for all, and nothing of a column that is closed or an item that is not public."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, everyone

PUBLIC, NOWHERE, LEADS_ON = everyone(200), everyone(404), everyone(302)
NO_FILE = "0" * 32
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
    "portal:heading": [
        (own | {"heading": "functions"}, PUBLIC),
        (own | {"heading": "nonsense"}, NOWHERE),
        (other | {"heading": "functions"}, NOWHERE),
    ],
    "portal:item": [
        (own | {"pk": "shown"}, PUBLIC),
        (own | {"pk": "hidden"}, NOWHERE),
        (own | {"pk": "others_item"}, NOWHERE),
        (other | {"pk": "others_item"}, NOWHERE),
    ],
    "portal:item-print": [
        (own | {"pk": "shown"}, PUBLIC),
        (own | {"pk": "hidden"}, NOWHERE),
        (other | {"pk": "others_item"}, NOWHERE),
    ],
    # Files are asked for in tests/portal/test_site_pages.py; the cast's items have none.
    "portal:item-file": [
        (own | {"pk": "shown", "number": NO_FILE}, NOWHERE),
        (other | {"pk": "others_item", "number": NO_FILE}, NOWHERE),
    ],
    "portal:about": [(own, PUBLIC), (other, NOWHERE)],
    "portal:policies": [(own, PUBLIC), (other, NOWHERE)],
    "portal:feed": [
        (own | {"form": "atom"}, PUBLIC),
        (own | {"form": "rss"}, PUBLIC),
        (other | {"form": "rss"}, NOWHERE),
    ],
    "portal:column-feed": [
        (own | {"column": "xzfy", "form": "atom"}, PUBLIC),
        (own | {"column": "news", "form": "atom"}, NOWHERE),
        (other | {"column": "news", "form": "rss"}, NOWHERE),
    ],
    "portal:sitemap": [({}, PUBLIC)],
    "portal:sitemap-part": [(own | {"part": 0}, PUBLIC), (other | {"part": 0}, NOWHERE)],
    "portal:robots": [({}, PUBLIC)],
    "portal:look": [({}, LEADS_ON)],
    "portal:look-css": [({}, PUBLIC)],
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
