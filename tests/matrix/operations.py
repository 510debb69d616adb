"""The probes: the same for all, signed in or not."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, everyone

TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "operations:healthz": [({}, everyone(200))],
    "operations:readyz": [({}, everyone(200))],
}
