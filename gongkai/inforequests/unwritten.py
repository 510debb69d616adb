"""Letters that an act announced and nobody has made yet: until they go out, nobody outside knows of the act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.statute.states import CLOSED

from .deadlines import consulted_since
from .letters.catalogue import KIND_BY_SLUG
from .letters.from_acts import LETTER_OF_ACT
from .models import Consultation, InfoRequest, Letter, RequestEvent

_WHILE = {
    "ask_clarification": {"awaiting_clarification"},
    "ask_reasons": {"awaiting_reasons"},
    "give_fee_notice": {"awaiting_payment"},
    "extend": frozenset[str](),
    "set_later_date": frozenset[str](),
}
"""The acts that a letter has to tell of, and the states in which it is still of use: none named, while it is open."""
_INQUIRY = {
    Consultation.Whom.THIRD_PARTY: "third_party_inquiry",
    Consultation.Whom.AGENCY: "agency_inquiry",
    Consultation.Whom.JOINT_MAKER: "agency_inquiry",
}


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A letter to be made: its kind, its title, to whom where it is not the requester."""

    kind: str
    title: str
    to: str = ""
    consultation: int | None = None

    @property
    def words(self) -> str:
        """The title as one says it, with whom it goes to."""
        short = self.title.removeprefix("政府信息公开").removeprefix("申请")
        return f"{short}（{self.to}）" if self.to else short


def unwritten(
    request: InfoRequest,
    events: Sequence[RequestEvent],
    consultations: Sequence[Consultation],
    letters: Iterable[Letter],
) -> list[Unwritten]:
    """What the case still has to send, in the order of its acts; asks nothing."""
    if request.state in CLOSED:
        return []
    made = list(letters)
    found = []
    for event in {one.act: one for one in events if one.act in _WHILE}.values():
        kind, states = LETTER_OF_ACT[event.act], _WHILE[event.act]
        if states and request.state not in states:
            continue
        if not any(one.kind == kind and one.made_at >= event.at for one in made):
            found.append(Unwritten(kind, KIND_BY_SLUG[kind].title))
    if request.state != "consulting":
        return found
    for one in consulted_since(events, consultations):
        kind = _INQUIRY[Consultation.Whom(one.whom)]
        written = any(m.kind == kind and m.consultation_id in (one.pk, None) for m in made)
        if one.ended_on is None and not written:
            found.append(Unwritten(kind, KIND_BY_SLUG[kind].title, one.name, one.pk))
    return found


def unwritten_of(cases: Sequence[InfoRequest]) -> dict[int, list[Unwritten]]:
    """The same for many cases, by number, those that owe nothing left out; three queries however many."""
    events: dict[int, list[RequestEvent]] = defaultdict(list)
    asked: dict[int, list[Consultation]] = defaultdict(list)
    letters: dict[int, list[Letter]] = defaultdict(list)
    of_these = [one.pk for one in cases]
    acts = {act for act in LETTER_OF_ACT if act in _WHILE or act.startswith("consult")} | {"reopen"}
    for event in RequestEvent.objects.filter(request__in=of_these, act__in=acts).order_by("serial"):
        events[event.request_id].append(event)
    for one in Consultation.objects.filter(request__in=of_these, ended_on__isnull=True):
        asked[one.request_id].append(one)
    for letter in Letter.objects.filter(request__in=of_these).defer("fields"):
        letters[letter.request_id].append(letter)
    owed = {one.pk: unwritten(one, events[one.pk], asked[one.pk], letters[one.pk]) for one in cases}
    return {number: found for number, found in owed.items() if found}
