"""Seats asked for with an imported list: the security administrator gives or declines them."""

from __future__ import annotations

from collections.abc import Iterable

from ..actor import Actor
from ..fitness import NotPossible
from ..models import SeatProposal
from ..rights import acting
from .seats import give_seat, lock_places


def confirm_proposals(numbers: Iterable[int] | None = None, *, by: Actor) -> tuple[int, list[str]]:
    """Give the seats asked for, all of them or those named; how many were given, and why others could not be.

    For the security administrator. Each seat is given by `give_seat`, judged and written down on its own; those
    that cannot be given stay proposed. Raises `NotAllowed`.
    """
    with acting(by, "seat.give", "拟授岗位", what="确认拟授岗位") as doing:
        waiting = SeatProposal.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "person", "agency", "section"
        )
        if numbers is not None:
            waiting = waiting.filter(pk__in=list(numbers))
        given, refused = _give(list(waiting.order_by("pk")), by)
        doing.detail["count"] = given
    return given, refused


def give_proposed(proposals: Iterable[SeatProposal], *, by: Actor) -> int:
    """Give these seats inside the act that asked for them; how many. Raises `NotAllowed`, `NotPossible`."""
    given, refused = _give(list(proposals), by)
    if refused:
        raise NotPossible("".join(refused))
    return given


def decline_proposals(numbers: Iterable[int], *, by: Actor) -> int:
    """Take these wishes off the list without giving the seats; how many. For the security administrator."""
    with acting(by, "seat.give", "拟授岗位", what="不授予") as doing:
        chosen = list(
            SeatProposal.objects.filter(pk__in=list(numbers)).select_related("person", "agency", "section")
        )
        doing.detail["declined"] = [str(proposal) for proposal in chosen]
        SeatProposal.objects.filter(pk__in=[proposal.pk for proposal in chosen]).delete()
    return len(chosen)


def _give(proposals: list[SeatProposal], by: Actor) -> tuple[int, list[str]]:
    lock_places([one.person for one in proposals], [(one.agency, one.kind) for one in proposals])
    done, refused = [], []
    for proposal in proposals:
        if proposal.agency.ended_on is not None:
            refused.append(f"{proposal}：{proposal.agency.name}已经撤销。")
            continue
        try:
            give_seat(
                by=by,
                person=proposal.person,
                kind=proposal.kind,
                agency=proposal.agency,
                section=proposal.section,
            )
        except NotPossible as error:
            refused.append(f"{proposal}：{error}")
        else:
            done.append(proposal.pk)
    SeatProposal.objects.filter(pk__in=done).delete()
    return len(done), refused
