"""Hypothesis: quick by default, GONGKAI_EXAMPLES for more."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "writers",
    max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "10")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
