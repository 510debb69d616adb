"""现在检查, and 复查: to look through everything, or at one finding again."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..inspection.again import look_again, settle_one
from ..inspection.found import Round
from ..models import Finding, InspectionRun


def ask(agency: Agency, *, by: Actor, at: datetime) -> InspectionRun:
    """A run over all that is public, done in the background by the tick; the one that is under way if there is.

    For the clerk and the head of the office, and for the tick at night.
    """
    kind = InspectionRun.Kind.NIGHT if by.is_system else InspectionRun.Kind.ASKED
    with acting(by, "inspection.run", agency) as doing:
        standing = InspectionRun.objects.filter(agency=agency).exclude(state=InspectionRun.State.DONE)
        try:
            with transaction.atomic():
                run = standing.first() or InspectionRun.objects.create(
                    agency=agency, kind=kind, asked_by=by.name, asked_at=at
                )
        except IntegrityError:
            # Of two who ask at once the second finds the first one's.
            run = standing.get()
        doing.detail["run"] = run.pk
    return run


def recheck(finding: Finding, *, by: Actor, at: datetime) -> Finding:
    """复查: look at one finding again now; it is closed if it is not found any more. For whoever may see to findings.

    Looking takes a moment and may ask another site, so it is done before the transaction of the act begins.
    """
    round_ = Round(finding.agency, at)
    found = look_again(round_, finding)
    with acting(by, "inspection.recheck", finding, rule=finding.rule) as doing:
        settled = settle_one(round_, finding, found)
        doing.detail["state"] = settled.state
    return settled
