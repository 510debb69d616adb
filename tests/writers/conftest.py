"""Hypothesis: quick by default, GONGKAI_EXAMPLES for more."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "writers",
    max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "10")),
    deadline=None,
    # A report is large and slow to write: a failing one is shown as found, not shrunk for minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
