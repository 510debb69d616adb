"""A case as its page shows it: where it stands, when it is due and why, what may be done next, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import may
from gongkai.dictionaries.queries import calendar
from gongkai.statute.clock import Deadline
from gongkai.statute.refs import Ref
from gongkai.statute.states import CLOSED, OPEN, Move, moves_from, status_words
from gongkai.statute.workdays import WorkCalendar

from .asked_in_time import Notice, clarification_notice
from .deadlines import consulted_since, deadline_of
from .lapsing import Asked, asked_of
from .models import Consultation, InfoRequest, Letter, RequestEvent
from .returned import Returned, returned
from .unwritten import Unwritten, unwritten

RIGHT_OF = {
    "extend": "requests.extend",
    "set_later_date": "requests.extend",
    "give_fee_notice": "requests.extend",
    "decide": "requests.draft",
    "review": "requests.review",
    "sign": "requests.sign",
}
"""The right an act needs where it is not that of handling the case."""
_BY_ITSELF = {"end_one_consultation", "end_last_consultation"}
"""Moves that follow from writing down an opinion: the page offers that once, not twice."""
RECALL = Move(
    "in_review",
    "recall",
    "handling",
    "取回修改",
    "答复稿送审以后自己发现要改的，在审核人审核以前取回来改，再送一次。",
    Ref("ogi", 17),
)
"""The drafter's own way of sending back: the law's move is that of sending back, the hand is another."""


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act open in this state: its move, and whether this actor may do it; `why_not` says who may."""

    move: Move
    allowed: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the page of a case shows; personal data of the requester are not in it."""

    request: InfoRequest
    events: list[RequestEvent]
    consultations: list[Consultation]
    letters: list[Letter]
    deadline: Deadline | None
    left: int | None
    late_by: int
    words: tuple[str, ...]
    acts: list[NextAct]
    asked: Asked | None = None
    over: bool = False
    notice: Notice | None = None
    notice_late: bool = False

    @property
    def unwritten(self) -> list[Unwritten]:
        """The letters that were announced and not made."""
        return unwritten(self.request, self.events, self.consultations, self.letters)

    @property
    def returned(self) -> Returned | None:
        """How the last draft came back, while it has to be mended."""
        return returned(self.request, self.events)

    @property
    def waiting_for(self) -> list[Consultation]:
        """The opinions still awaited."""
        return [one for one in consulted_since(self.events, self.consultations) if one.ended_on is None]


def case_page(request: InfoRequest, actor: Actor) -> Case:
    """The case for this actor on the actor's day, in a handful of queries however long it has gone on.

    `left` is how many working days are left until the due day, 0 on the day itself, None where no clock runs;
    `late_by` how many working days it is over. `asked` is what the requester is waited for, `over` whether its last day
    has passed. `notice` is the notice of clarification against its seven working days.
    """
    known = calendar()
    events = list(request.events.all())
    consultations = list(request.consultations.all())
    found = deadline_of(request, events, consultations, known, as_of=actor.day)
    left, late = days_left(found, request, actor.day, known)
    extended = any(event.act == "extend" for event in events)
    asked = asked_of(request, events)
    notice = clarification_notice(request, events)
    return Case(
        request=request,
        events=events,
        consultations=consultations,
        letters=list(request.letters.select_related("word", "pdf")),
        deadline=found,
        left=left,
        late_by=late,
        words=status_words(request.state, extended=extended, overdue=late > 0),
        acts=next_acts(request, events, actor),
        asked=asked,
        over=asked is not None and asked.is_over(actor.day),
        notice=notice,
        notice_late=notice is not None and notice.is_late(actor.day),
    )


def days_left(
    found: Deadline | None, request: InfoRequest, day: date, known: WorkCalendar
) -> tuple[int | None, int]:
    """Working days until the due day, and working days past it; both nothing for a case that is closed."""
    if found is None or request.state in CLOSED or request.state not in OPEN:
        return None, 0
    if day <= found.due:
        return known.between(day, found.due), 0
    return 0, known.between(found.due, day)


def next_acts(request: InfoRequest, events: list[RequestEvent], actor: Actor) -> list[NextAct]:
    """The acts open now, in the table's order, those this actor may do first."""
    last = max((n for n, event in enumerate(events) if event.act == "reopen"), default=-1)
    done = [event.act for event in events[last + 1 :]]
    acts = []
    for move in moves_from(request.state, done):
        if move.act in _BY_ITSELF:
            continue
        answer = may(actor, right_of(move.act, request.state), request)
        acts.append(NextAct(move, bool(answer), answer.why))
    if request.state == "in_review" and _own_draft(events, actor) and may(actor, "requests.draft", request):
        acts.append(NextAct(RECALL, allowed=True, why_not=""))
    return sorted(acts, key=lambda one: not one.allowed)


def _own_draft(events: list[RequestEvent], actor: Actor) -> bool:
    """True where this actor's name stands under the newest draft; the act itself asks for the person."""
    draft = next((event for event in reversed(events) if event.act == "decide"), None)
    return draft is not None and draft.by == actor.name


def right_of(act: str, state: str) -> str:
    """The right an act needs; sending back is for whoever reviews or signs in that state."""
    if act == "send_back":
        return "requests.review" if state == "in_review" else "requests.sign"
    return RIGHT_OF.get(act, "requests.handle")
