"""信息处理费 counted: how much a requester asks, what the ladder proposes, what a year's notices came to (art. 42)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.fees import by_piece
from gongkai.statute.periods import PERIODS
from gongkai.statute.workdays import WorkCalendar

from .models import Dispatch, InfoRequest, Requester, RequestEvent


@dataclass(frozen=True, slots=True)
class FeeCount:
    """A requester's requests to this agency: of the month of this one's receipt, which of them this is, of the year;
    what the ladder asks for this one by itself, with its arithmetic."""

    nth: int
    in_month: int
    in_year: int
    yuan: int
    line: str


@dataclass(frozen=True, slots=True)
class FeeYear:
    """What the notices of a year came to: how many and for how much (元); paid, lapsed, still awaited. `notices`
    counts notices given in the year, the others what became of payments in the year, so that a notice of December
    paid in January is asked in one year and paid in the next."""

    notices: int = 0
    asked: int = 0
    paid: int = 0
    paid_yuan: int = 0
    lapsed: int = 0
    lapsed_yuan: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """One notice: its request, its day, amount and last day to pay, and what became of it. The last day is `sure` once
    it is known when the notice arrived; before, it is the earliest one that is possible."""

    request: InfoRequest
    on: date
    yuan: int
    until: date
    ended: str
    ended_on: date | None
    sure: bool = False


def same_requester(request: InfoRequest) -> QuerySet[InfoRequest]:
    """All requests of the agency by who made this one: the same identity number, or the same name where no number says
    that it is somebody else. Two people of one name are charged for each other's requests by nobody."""
    same = Q(applicant=request.applicant, requester_kind=request.requester_kind)
    known = getattr(getattr(request, "requester", None), "identity_number", "")
    if known:
        somebody_else = Requester.objects.filter(request=OuterRef("pk")).exclude(
            identity_number__in=("", known)
        )
        same &= Q(~Exists(somebody_else))
        # By the index of the numbers, not over a join: among a hundred thousand requests that is a scan of all.
        same |= Q(pk__in=Requester.objects.filter(identity_number=known).values("request"))
    return InfoRequest.objects.filter(same, agency_id=request.agency_id)


def fee_count(request: InfoRequest) -> FeeCount:
    """The count for this request. Within the month by day of receipt, then by number; of one not yet received the
    month of its submission counts. Corrections of records (art. 41) ask for no information and are left out. One query."""
    day = request.received_on or request.submitted_on or date.max
    all_of = same_requester(request).filter(matter=InfoRequest.Matter.DISCLOSURE)
    known = all_of.filter(received_on__range=(date(day.year, 1, 1), date(day.year, 12, 31)))
    year = list(known.order_by("received_on", "id").values_list("pk", "received_on"))
    if request.pk not in (pk for pk, _ in year):
        year.append((request.pk, day))
    month = [pk for pk, on in year if on and on.month == day.month]
    nth = month.index(request.pk) + 1
    fee = by_piece(nth)
    return FeeCount(nth, len(month), len(year), fee.yuan, "".join(fee.lines))


def notices_to(request: InfoRequest, year: int) -> int:
    """How many notices this requester got in the year."""
    within = (date(year, 1, 1), date(year, 12, 31))
    given = RequestEvent.objects.filter(act="give_fee_notice", on__range=within)
    return given.filter(request__in=same_requester(request)).count()


def notice_received(request: InfoRequest) -> date | None:
    """The day on which the requester received the newest notice; None while that is not written down."""
    return notices_received([request.pk]).get(request.pk)


def notices_received(requests: Collection[int]) -> dict[int, date]:
    """By request: the day on which the newest notice was received, as far as its sending tells: signed for, or sent
    where it arrives at once (by mail box, fax, online). One query, none for none."""
    if not requests:
        return {}
    sent = Dispatch.objects.filter(letter__request__in=requests, letter__kind="fee", returned_on__isnull=True)
    found: dict[int, date] = {}
    for pk, way, on, signed in sent.order_by("id").values_list(
        "letter__request", "way", "sent_on", "signed_for_on"
    ):
        day = signed or (on if way in ("email", "fax", "online") else None)
        found.pop(pk, None)
        if day is not None:
            found[pk] = day
    return found


def last_day_to_pay(earliest: date, received: date | None, known: WorkCalendar) -> date:
    """The twentieth working day after the notice was received; the `earliest` possible one, which the notice names,
    while nobody knows when that was (国办函〔2020〕109号)."""
    if received is None:
        return earliest
    return max(earliest, PERIODS["fee_payment"].end(received, known).last_day)


def fee_notices(agency: Agency, year: int) -> list[FeeNotice]:
    """The notices that were given in the year, or came to their end in it, oldest first, each with the last day to pay
    as far as it is known."""
    found = [as_notice(given) for given in notices_of(agency, year).select_related("request")]
    received, known = notices_received([one.request.pk for one in found if not one.ended]), calendar()
    return [_as_known(one, received.get(one.request.pk), known) for one in found]


def _as_known(one: FeeNotice, received: date | None, known: WorkCalendar) -> FeeNotice:
    if received is None:
        return one
    return replace(one, until=last_day_to_pay(one.until, received, known), sure=True)


def notices_of(agency: Agency, year: int) -> QuerySet[Any]:
    """The notices that were given in the year, or came to their end in it, oldest first, as one query to be paged:
    each with `end`, the act that ended it, `end_on` and `end_data`. A payment of January belongs to December's notice."""
    ends = RequestEvent.objects.filter(
        request=OuterRef("request"), serial__gt=OuterRef("serial"), act__in=_ENDS
    ).order_by("serial")
    days = (date(year, 1, 1), date(year, 12, 31))
    return (
        RequestEvent.objects.filter(act="give_fee_notice", request__agency=agency, on__lte=days[1])
        .annotate(
            end=Subquery(ends.values("act")[:1]),
            end_on=Subquery(ends.values("on")[:1]),
            end_data=Subquery(ends.values("data")[:1]),
        )
        .filter(Q(on__gte=days[0]) | Q(on__gte=date(year - 1, 1, 1), end_on__range=days))
        .order_by("on", "request", "serial")
    )


def fee_year(agency: Agency, year: int) -> FeeYear:
    """The sums of the year, for part six of the annual report. One query; one notice is held at a time."""
    sums: Counter[str] = Counter()
    rows = notices_of(agency, year).values_list("on", "data", "end", "end_on").iterator(2000)
    for on, data, act, end_on in rows:
        yuan = int(data["yuan"])
        if on.year == year:
            sums["notices"] += 1
            sums["asked"] += yuan
            sums["waiting"] += end_on is None or end_on.year > year
        ended = _ENDS[act] if end_on is not None and end_on.year == year else ""
        if ended in ("paid", "lapsed"):
            sums[ended] += 1
            sums[f"{ended}_yuan"] += yuan
    return FeeYear(**sums)


_ENDS = {"receive_payment": "paid", "lapse_no_payment": "lapsed", "withdraw": "withdrawn"}


def as_notice(given: RequestEvent) -> FeeNotice:
    """One of `notices_of`, as lists show it."""
    end: str | None = getattr(given, "end", None)
    data: dict[str, Any] = given.data
    told: dict[str, Any] = getattr(given, "end_data", None) or {} if end == "lapse_no_payment" else {}
    return FeeNotice(
        given.request,
        given.on,
        int(data["yuan"]),
        date.fromisoformat(told.get("until") or data["until"]),
        _ENDS[end] if end else "",
        getattr(given, "end_on", None),
        sure=bool(told.get("until")),
    )
