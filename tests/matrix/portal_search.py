"""The search of the public: the same for all; what it finds is tried in tests/portal/test_search.py."""

from __future__ import annotations

from typing import Any

from tests.matrix.answers import Gets, everyone

TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {"portal:search": [({}, everyone(200))]}
