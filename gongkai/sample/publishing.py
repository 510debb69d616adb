"""The sample report on its way to the public: explained, handed in, signed, published, by the sample's own people."""

from __future__ import annotations

from datetime import datetime

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person
from gongkai.agencies.rights import several
from gongkai.reports.actions.publish import publish
from gongkai.reports.actions.signing import hand_in, sign
from gongkai.reports.actions.steps import explain
from gongkai.reports.findings import answered
from gongkai.reports.models import ReportVersion, ReportYear
from gongkai.reports.queries import state_of

SAID = "示例：已经核对，情况属实。"


@several()
def publish_signed(
    work: ReportYear, *, clerk: Person, signers: list[Person], at: datetime, note: str = ""
) -> ReportVersion:
    """Explain every warning, hand in, have each of these sign in turn, publish: the whole way at one time."""
    by = Actor.of(clerk, at.date())
    found = answered(work, state_of(work).findings)
    explain(work, {one.key: SAID for one in found if one.owed}, by=by, at=at)
    sheet = hand_in(work, by=by, at=at, note=note)
    for person in signers:
        sheet = sign(sheet, by=Actor.of(person, at.date()), at=at)
    return publish(work, by=by, at=at)
