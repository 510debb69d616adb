"""What the desk's list of items is asked, and what waits for somebody in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import may

from .foresight import is_asked, leaves_nobody, staff_of
from .models import (
    Attachment,
    Clearing,
    Column,
    Drafter,
    Evaluation,
    Item,
    Publication,
    Referral,
    ReviewSheet,
    Signature,
)
from .models.item import CONCERNS
from .queries import items_of, items_to_evaluate, sheets_waiting
from .signing import turn_of

__all__ = [
    "CONCERNS",
    "STATES",
    "Asked",
    "Attachment",
    "Clearing",
    "Column",
    "Evaluation",
    "Item",
    "Publication",
    "Referral",
    "ReviewSheet",
    "Waiting",
    "listed",
    "my_sheets",
    "waiting",
    "years_of",
]
State = Item.State
STATES: tuple[tuple[str, str], ...] = (("", "全部"), *State.choices, ("public", "现在公开的"))
WRITING = (State.DRAFT, State.SENT_BACK)
_AHEAD = timedelta(days=30)
MOST = 200
"""Sheets under review of which it is asked whose turn they are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list."""

    column: int | None = None
    state: str = ""
    words: str = ""
    year: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is."""
        return bool(self.column or self.state or self.words or self.year)


def listed(agency: Agency, asked: Asked) -> QuerySet[Item]:
    """The items asked for, newest first, each with `is_public` and `public_since`; texts are not loaded."""
    found = items_of(agency).defer("text")
    if asked.column:
        found = found.filter(Q(column=asked.column) | Q(column__parent=asked.column))
    if asked.state == "public":
        found = found.filter(pk__in=Item.objects.filter(agency=agency).public().values("pk"))
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.year:
        found = found.filter(formed_on__year=asked.year)
    for word in asked.words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(index_number__icontains=word) | Q(document_number__icontains=word)
        )
    return found.order_by("-formed_on", "-id")


def years_of(agency: Agency) -> list[int]:
    """The years in which its items were formed, newest first."""
    return [day.year for day in Item.objects.filter(agency=agency).dates("formed_on", "year", order="DESC")]


def my_sheets(agency: Agency, by: Actor) -> list[ReviewSheet]:
    """The open sheets that this actor is asked to sign now, oldest first: a fixed number of queries. As
    `signing.signable`, the bars asked at once; what somebody else is asked before (tell_next) is left to them."""
    wrote = Drafter.objects.filter(item=OuterRef("item"), version=OuterRef("version"), person=by.person)
    rows = (
        sheets_waiting(agency)
        .exclude(Exists(wrote))
        .exclude(submitted_by=by.person)
        .exclude(Exists(Signature.objects.filter(sheet=OuterRef("pk"), person=by.person)))
        .exclude(Exists(Referral.objects.filter(sheet=OuterRef("pk"), answered_on__isnull=True)))
    )
    rows = rows.defer("content").prefetch_related("item__drafters", "signatures")
    turns = [(sheet, turn_of(sheet, by)) for sheet in rows[:MOST]]
    if by.person is None or not any(mine for _, mine in turns):
        return []
    me, staff = by.person.pk, staff_of(agency.pk, by.day)
    return [
        sheet
        for sheet, mine in turns
        if mine
        and is_asked(sheet, mine, me, staff)
        and not leaves_nobody(sheet, list(sheet.steps.all()), mine, me, staff)
    ]


@dataclass(slots=True)
class Waiting:
    """What waits in the room for one actor: each list with the newest few, and how many there are."""

    review: list[ReviewSheet]
    write: list[Item]
    publish: list[Item]
    due: list[Item]
    opened: list[Item]
    expiring: list[Item]
    evaluate: list[Item]

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return any(
            (self.review, self.write, self.publish, self.due, self.opened, self.expiring, self.evaluate)
        )


def waiting(agency: Agency, by: Actor, day: date, most: int = 10) -> Waiting:
    """What waits for the actor, a few of each: at most one query a list, and those of whose turn it is."""
    drafts, publishes = bool(may(by, "disclosure.draft", agency)), bool(may(by, "disclosure.publish", agency))
    evaluates = bool(may(by, "disclosure.evaluate", agency))
    own = Item.objects.filter(agency=agency).select_related("column", "section").defer("text")
    mine = own.filter(state__in=WRITING)
    if not publishes:
        mine = mine.filter(pk__in=Drafter.objects.filter(person=by.person).values("item"))
    live = Publication.objects.filter(
        agency=agency, ended_at__isnull=True, until__lte=timezone.now() + _AHEAD
    )
    return Waiting(
        review=my_sheets(agency, by)[:most],
        write=list(mine.order_by("-id")[:most]) if drafts else [],
        publish=list(own.filter(state=State.PASSED).order_by("id")[:most]) if publishes else [],
        due=list(
            own.filter(due_on__lte=day + timedelta(days=7), publications__isnull=True)
            .exclude(state__in=(State.PASSED, State.KEPT))
            .order_by("due_on", "id")[:most]
        )
        if drafts
        else [],
        opened=list(
            own.filter(disclosable_on__isnull=False, publications__isnull=True, state__in=WRITING).order_by(
                "due_on", "id"
            )[:most]
        )
        if drafts
        else [],
        expiring=list(own.filter(pk__in=live.values("item"))[:most]) if publishes else [],
        evaluate=list(items_to_evaluate(agency, day).defer("text")[:most]) if evaluates else [],
    )
