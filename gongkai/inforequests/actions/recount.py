"""重新计算期限: after a notice on days off was entered, every open case is counted anew; what moved is listed and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Kind, Seat
from gongkai.agencies.rights import acting, several
from gongkai.dictionaries.queries import calendar, newest_notice
from gongkai.statute.days import in_words
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.telling import News, tell_many

from ..models import InfoRequest, MovedCase, Recount
from .base import set_due

_LOT = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose due day moved, or is no longer (or now is) provisional."""

    request: InfoRequest
    before: date | None
    after: date | None
    provisional: bool


def recount(*, by: Actor, agency: int | None = None) -> list[Moved]:
    """Count the due day of every open case anew, of one agency or of all; only those that moved are written, each with
    its entry in the trail.

    For the platform itself, after a notice. Running it again changes nothing.
    """
    known, moved = calendar(), []
    for request in _open(agency):
        if set_due(request, list(request.events.all()), known) and (one := _moved(request, known, by)):
            moved.append(one)
    return moved


def _moved(request: InfoRequest, known: WorkCalendar, by: Actor) -> Moved | None:
    """Count one case anew and keep its day; None where it stands as it should, or was closed meanwhile. The case is
    locked and read anew: an act done since the cases were read counts too."""
    with transaction.atomic():
        locked = (
            InfoRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("agency")
            .get(pk=request.pk)
        )
        before = locked.due_on
        if not set_due(locked, list(locked.events.all()), known):
            return None
        with acting(by, "requests.recount", locked, before=str(before), after=str(locked.due_on)):
            locked.save(update_fields=["due_on", "due_provisional"])
    return Moved(locked, before, locked.due_on, locked.due_provisional)


def recount_after_notice(now: datetime) -> Recount | None:
    """Where the notices on days off are not those of the last counting, count anew, keep what moved, and tell the seats
    whose cases moved, each once for all of them. None where nothing is new.

    One agency after the other, each in a transaction of its own, so that nobody else's acts wait; what was interrupted
    goes on with the next tick, and changes nothing of the agencies that were done.
    """
    mark, why = _mark()
    if _counted(mark):
        return None
    day = timezone.localdate(now)
    by = Actor.system(day, "放假安排变动")
    kept, _ = Recount.objects.get_or_create(mark=mark, defaults={"why": why, "at": now})
    for agency in _open_cases().order_by("agency").values_list("agency", flat=True).distinct():
        recount_agency(kept, agency, by=by)
    with acting(by, "requests.recount", None, moved=kept.moved.count(), why=why) as doing:
        kept.done_at = now
        kept.save(update_fields=["done_at"])
        doing.target = kept
    return kept


def recount_agency(kept: Recount, agency: int, *, by: Actor) -> None:
    """One agency's part of a counting: all of it or nothing."""
    with several():
        moved = recount(by=by, agency=agency)
        MovedCase.objects.bulk_create(
            [MovedCase(recount=kept, request=m.request, before=m.before, after=m.after, provisional=m.provisional)
             for m in moved],
            ignore_conflicts=True,
        )  # fmt: skip
        tell_many(_told(kept, moved), by.day)


def counting_anew() -> bool:
    """True from the moment a notice is entered until every open case was counted with it: until then a due day in a
    list is not sure. One query beside the calendar's."""
    mark, _ = _mark()
    last = Recount.objects.order_by("-id").first()
    if last is None:
        return mark.startswith("notice:")
    return last.mark != mark or last.done_at is None


def _counted(mark: str) -> bool:
    return Recount.objects.filter(mark=mark, done_at__isnull=False).exists()


def _mark() -> tuple[str, str]:
    """What the calendar is made of: the newest notice entered here, and the years that come with the software."""
    newest = newest_notice()
    years = "-".join(str(year) for year in sorted(calendar().notices))
    if newest is None:
        return f"software:{years}", "随软件带来的放假安排"
    return f"notice:{newest.pk}:{years}", f"{newest.year}年放假安排（{newest.number}）"[:200]


def _told(kept: Recount, moved: Iterable[Moved]) -> Iterator[tuple[Seat, News]]:
    of_seat: dict[int, list[Moved]] = {}
    seats = {seat.pk: seat for seat in _seats({m.request.agency_id for m in moved})}
    clerks: dict[int, list[int]] = {}
    for seat in seats.values():
        if seat.kind == Kind.CLERK:
            clerks.setdefault(seat.agency_id or 0, []).append(seat.pk)
    for one in moved:
        own = one.request.seat_id
        for pk in [own] if own in seats else clerks.get(one.request.agency_id, []):
            of_seat.setdefault(pk or 0, []).append(one)
    for pk, cases in of_seat.items():
        agency = cases[0].request.agency
        words = "；".join(f"{m.request.number}改为{in_words(m.after)}" for m in cases[:10] if m.after)
        more = f"等 {len(cases)} 件" if len(cases) > 10 else ""
        yield (
            seats[pk],
            News(
                key=f"request-recount:{kept.pk}",
                subject=f"放假安排变动，{len(cases)} 件申请的期限改了",
                body=f"{kept.why}登记以后，期限重新计算：{words}{more}。",
                url=reverse("desk:request-moved", args=[agency.slug]),
                agency_id=agency.pk,
            ),
        )


def _seats(agencies: set[int]) -> Iterable[Seat]:
    return Seat.objects.filter(agency__in=agencies, ended_on__isnull=True)


def _open_cases(agency: int | None = None) -> QuerySet[InfoRequest]:
    found = InfoRequest.objects.filter(closed_on__isnull=True, received_on__isnull=False)
    return found if agency is None else found.filter(agency=agency)


def _open(agency: int | None = None) -> Iterator[InfoRequest]:
    yield from (
        _open_cases(agency)
        .select_related("agency")
        .prefetch_related("events", "consultations")
        .order_by("id")
        .iterator(chunk_size=_LOT)
    )
