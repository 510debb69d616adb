"""Reconsiderations and lawsuits to test with."""

from __future__ import annotations

from datetime import date

from gongkai.remedies.actions.accept import accept
from gongkai.remedies.models import Remedy
from tests.cast import Cast

ORGAN, COURT = "某县人民政府（测试）", "某县人民法院（测试）"


def case_of(
    cast: Cast, number: str, accepted: date, track: str = "reconsideration", **more: object
) -> Remedy:
    """A case against the bureau, written down by its clerk."""
    return accept(
        cast.agency,
        by=cast.actor("clerk"),
        track=track,
        organ=ORGAN if track == "reconsideration" else COURT,
        number=number,
        about="不服信息不存在的答复",
        accepted_on=accepted,
        **more,  # type: ignore[arg-type]
    )
