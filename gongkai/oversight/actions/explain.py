"""说明理由: a finding accepted as it is, with a reason, until a day; and back."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..inspection.tasks import close_done
from ..models import Finding

MOST_DAYS = 366
"""How long an explanation holds at most; then it has to be given again."""
State = Finding.State


class CannotExplain(ValueError):
    """The explanation cannot stand; says what to do."""


def explain(finding: Finding, *, by: Actor, reason: str, until: date) -> Finding:
    """Accept a finding with a reason until a day: it is not open meanwhile, and opens again the day after.

    For the head of the office, the leader and the head of the agency. Raises `CannotExplain`.
    """
    reason = reason.strip()[:300]
    if not reason:
        raise CannotExplain("请写明为什么可以这样。")
    if not by.day <= until <= by.day + timedelta(days=MOST_DAYS):
        raise CannotExplain("有效的日期要在今天以后、一年以内。")
    with acting(by, "inspection.explain", finding, rule=finding.rule, until=until) as doing:
        row = _locked(finding)
        if row.state != State.OPEN:
            raise CannotExplain("这个问题已经销号或者说明过理由。")
        row.state, row.reason, row.explained_until = State.EXPLAINED, reason, until
        row.explained_by = f"{by.name}（{doing.seat.get_kind_display()}）"[:60] if doing.seat else by.name
        row.save()
        close_done(row.agency, by.day)
    return row


def take_back(finding: Finding, *, by: Actor) -> Finding:
    """Open an explained finding again. For who may explain. Raises `CannotExplain`."""
    with acting(by, "inspection.explain", finding, rule=finding.rule, taken_back=True):
        row = _locked(finding)
        if row.state != State.EXPLAINED:
            raise CannotExplain("这个问题没有说明过理由。")
        row.state, row.reason, row.explained_by, row.explained_until = State.OPEN, "", "", None
        row.save()
    return row


def _locked(finding: Finding) -> Finding:
    return (
        Finding.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agency")
        .get(pk=finding.pk)
    )
