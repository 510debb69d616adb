"""转交: a finding goes to another seat of the agency, with the reason."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.fitness import locked_seats
from gongkai.agencies.models import Seat
from gongkai.agencies.rights import acting

from ..inspection.found import Round
from ..inspection.tasks import hand_to
from ..models import Finding


class CannotHand(ValueError):
    """The finding cannot go there; says what to do."""


def hand(finding: Finding, seat: Seat, reason: str, *, by: Actor) -> Finding:
    """Give an open finding to another seat, which gets its task and is told; the day stays.

    For whoever has it (the deputy too), the clerk and the head of the office. Raises `CannotHand`.
    """
    reason = reason.strip()[:300]
    if not reason:
        raise CannotHand("请写明为什么转给对方。")
    with acting(by, "inspection.hand", finding, rule=finding.rule, seat=str(seat)) as doing:
        (to,) = locked_seats(seat)
        if to.agency_id != finding.agency_id or to.ended_on is not None or to.person_id is None:
            raise CannotHand("请选择本机关有人担任的岗位。")
        rows = Finding.objects.select_for_update(no_key=True, of=("self",)).select_related("agency", "task")
        row = rows.get(pk=finding.pk)
        if row.state != Finding.State.OPEN:
            raise CannotHand("这个问题已经销号或者说明过理由，不用转交。")
        if row.seat_id == to.pk:
            raise CannotHand("这个问题现在就由这个岗位整改，请另选一个岗位。")
        doing.detail["reason"] = reason
        before, row.seat, row.task = row.task, to, None
        row.handed = f"{by.name}转来：{reason}"[:400]
        row.save(update_fields=["seat", "task", "handed"])
        hand_to(row, Round(row.agency, timezone.now()), before)
    row.refresh_from_db()
    return row
