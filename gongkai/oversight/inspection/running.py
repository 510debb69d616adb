"""A run goes through everything an agency has public, lot by lot. How far it is stands in the database after each lot,
in the same transaction as what was found: whoever ends the process in between loses no more than the lot in hand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.statute.inspection import RULES

from ..models import InspectionRun, LinkUse
from ..probing import Prober
from .columns import look_at_columns
from .contact import look_at_guide, look_at_messages, look_at_visits
from .files import file_rows, look_at_files
from .found import Found, Round
from .items import look_at_items, look_at_overdue, overdue_rows, public_rows
from .keeping import Owners, close_unseen, keep
from .links import Places, base, look_at_attachments, look_at_links, sort_out
from .outside import MORE, OFF, ask, look_outside, note_links, to_ask, use_rows
from .tasks import close_done, hand_out

State = InspectionRun.State


@dataclass
class Going:
    """A run under way in this process: what it works with, kept from lot to lot."""

    run: InspectionRun
    round_: Round
    owners: Owners
    places: Places
    prober: Prober

    @classmethod
    def of(cls, run: InspectionRun) -> Going:
        """Take a run up, from its beginning or where it was left."""
        if run.started_at is None:
            InspectionRun.objects.filter(pk=run.pk, started_at__isnull=True).update(
                state=State.RUNNING, started_at=timezone.now(), stage=STAGES[0].slug
            )
            run.refresh_from_db()
        round_ = Round(run.agency, run.started_at or timezone.now(), run.pk)
        return cls(run, round_, Owners(round_), Places(), prober())


def prober() -> Prober:
    """One who asks within the limits of the settings."""
    return Prober(
        timeout=settings.PROBE_TIMEOUT,
        delay=settings.PROBE_DELAY,
        about=base(),
        allowed=frozenset(settings.PROBE_INSIDE),
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a run over rows of one kind, `lot` at a time; `look` finds, `also` writes what else is noted."""

    slug: str
    label: str
    rows: Callable[[Round], QuerySet[Any]]
    look: Callable[[Going, Sequence[Any]], Iterable[Found]]
    lot: int


def _items(going: Going, rows: Sequence[Any]) -> list[Found]:
    lot = sort_out(going.round_, rows)
    found = [
        *look_at_items(going.round_, rows),
        *look_at_attachments(going.round_, rows),
        *look_at_links(going.round_, lot, going.places),
    ]
    note_links(going.round_, lot.outside)
    return found


STAGES: tuple[Stage, ...] = (
    Stage("items", "公开的信息", public_rows, _items, 200),
    Stage("overdue", "应当公开的信息", overdue_rows, lambda g, rows: look_at_overdue(g.round_, rows), 500),
    Stage("files", "附件", file_rows, lambda g, rows: look_at_files(g.round_, rows), 10),
    Stage("ask", "访问站外链接", to_ask, lambda g, rows: (), 5),
    Stage("links", "站外链接", use_rows, lambda g, rows: look_outside(g.round_, rows), 500),
)
"""In their order; after them the columns and the front, and what was not found again is closed."""
LOTS: dict[str, int] = {}
"""Other sizes of lots, by stage: where memory is short."""
_BY_SLUG = {stage.slug: n for n, stage in enumerate(STAGES)}
LAST = "settle"


def work(seconds: float | None = None, stop: Callable[[], bool] = lambda: False) -> int:
    """Go on with the runs that wait, oldest first, for so many seconds or until all are done; how many were ended."""
    end = None if seconds is None else time.monotonic() + seconds
    done = 0
    for run in InspectionRun.objects.exclude(state=State.DONE).select_related("agency").order_by("id"):
        going = Going.of(run)
        while going.run.state != State.DONE:
            if stop() or (end is not None and time.monotonic() >= end):
                return done
            step(going)
        done += 1
    return done


def step(going: Going) -> None:
    """The next lot of a run."""
    run = going.run
    if not run.total:
        _count(going)
    if run.stage == LAST:
        _settle(going)
    elif run.stage == "ask":
        _ask(going)
    else:
        _lot(going, STAGES[_BY_SLUG[run.stage]])


def _count(going: Going) -> None:
    run = going.run
    run.total = 1 + sum(stage.rows(going.round_).count() for stage in STAGES[:3])
    run.save(update_fields=["total"])


def _lot(going: Going, stage: Stage) -> None:
    lot = LOTS.get(stage.slug, stage.lot)
    rows = list(stage.rows(going.round_).filter(pk__gt=going.run.cursor)[:lot])
    found = list(stage.look(going, rows))
    with transaction.atomic():
        here = _mine(going)
        if here is None:
            return
        kept = keep(going.round_, found, going.owners)
        here.found += kept.found
        here.new += kept.new
        # What was added since the start is looked at as well.
        here.done += len(rows)
        here.total = max(here.total, here.done + 1)
        if len(rows) < lot:
            _next(here)
        else:
            here.cursor = rows[-1].pk
        here.save()
    going.run = here


def _mine(going: Going) -> InspectionRun | None:
    """The run, locked; None where another process has taken it further meanwhile: then it is read anew."""
    here = (
        InspectionRun.objects.select_for_update(no_key=True, of=("self",))
        .select_related("agency")
        .get(pk=going.run.pk)
    )
    if (here.state, here.stage, here.cursor) != (going.run.state, going.run.stage, going.run.cursor):
        going.run = here
        return None
    return here


def _next(run: InspectionRun) -> None:
    n = _BY_SLUG[run.stage] + 1
    run.stage, run.cursor = (STAGES[n].slug if n < len(STAGES) else LAST), 0


def _ask(going: Going) -> None:
    """Ask a few links, `cursor` counts how many of this run."""
    run, left = going.run, 0
    rows: list[Any] = []
    if settings.PROBE_LINKS:
        waiting = to_ask(going.round_)
        rows = list(waiting[: min(STAGES[_BY_SLUG["ask"]].lot, settings.PROBE_MOST - run.cursor)])
        ask(rows, going.prober, going.round_.now)
        left = 0 if rows else waiting.count()
    with transaction.atomic():
        here = _mine(going)
        if here is None:
            return
        if rows:
            here.cursor += len(rows)
        else:
            if not settings.PROBE_LINKS and use_rows(going.round_).exists():
                here.left_out = [*here.left_out, OFF]
            if left:
                here.left_out = [*here.left_out, MORE.format(most=settings.PROBE_MOST, left=left)]
            _next(here)
        here.save()
    going.run = here


def look_at_agency(round_: Round) -> list[Found]:
    """What is looked at as a whole: columns, front, guide, messages, visits."""
    return [
        *look_at_columns(round_),
        *look_at_guide(round_),
        *look_at_messages(round_),
        *look_at_visits(round_),
    ]


def _settle(going: Going) -> None:
    """The end: columns and front, what was not found again is closed, the tasks follow."""
    found = look_at_agency(going.round_)
    with transaction.atomic():
        here = _mine(going)
        if here is None:
            return
        kept = keep(going.round_, found, going.owners)
        here.found += kept.found
        here.new += kept.new
        here.closed += close_unseen(going.round_, RULES)
        LinkUse.objects.filter(agency=here.agency_id).exclude(run_id=here.pk).delete()
        hand_out(going.round_, going.owners)
        close_done(here.agency, going.round_.day)
        if not settings.PROBE_SITE:
            here.left_out = [
                *here.left_out,
                "站点能不能打开没有检查：平台没有开启（设置 GONGKAI_PROBE_SITE）。",
            ]
        here.state, here.stage, here.cursor = State.DONE, "", 0
        here.done, here.finished_at = here.total, _after(here.started_at)
        here.save()
    going.run = here


def _after(started: datetime | None) -> datetime:
    now = timezone.now()
    return max(now, started) if started else now
