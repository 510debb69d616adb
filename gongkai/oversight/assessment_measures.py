"""What can be counted from the records for an assessment, as of a day: the figure and what stands behind it, never a
person's data. Each asks the database a fixed number of times, however many agencies there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.models import Remedy
from gongkai.reports.fact_sources import facts_from, source_of
from gongkai.reports.models import Submission

from .assessment_points import CENT, DEDUCT, REACH, SHARE
from .models import Finding, Message

MOST = 200
"""Pieces of evidence kept of one figure; their number is always told."""


@dataclass(slots=True)
class Measured:
    """The figure of one agency: its value, a sentence on what was counted, and what it was made of."""

    value: Decimal
    said: str
    evidence: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that count: from the first of January to the cut-off day."""

    year: int
    first: date
    last: date


Ask = Callable[[Mapping[int, Agency], Span], Mapping[int, Measured]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A named measure: what it is called, how points follow from it, its unit, what is counted in words, the count.
    `step` is proposed for it."""

    slug: str
    label: str
    form: str
    unit: str
    counts: str
    ask: Ask
    step: Decimal = Decimal(1)


def _piece(words: str, url: str = "") -> dict[str, str]:
    return {"words": words, "url": url}


def _share(good: int, all_: int, what: str, evidence: list[dict[str, str]]) -> Measured:
    """A percentage; where there was nothing to be done in time, all of it was."""
    if not all_:
        return Measured(Decimal(100), f"没有{what}，按 100% 计")
    value = (Decimal(good) * 100 / all_).quantize(CENT, ROUND_HALF_UP)
    return Measured(value, f"{what} {all_} 件，按期 {good} 件", evidence[:MOST])


def _number(pieces: list[dict[str, str]], what: str) -> Measured:
    return Measured(Decimal(len(pieces)), f"{what} {len(pieces)} 件", pieces[:MOST])


def _requests(agencies: Mapping[int, Agency]) -> QuerySet[InfoRequest]:
    return InfoRequest.objects.filter(agency__in=agencies, due_on__isnull=False).order_by("agency_id", "id")


def requests_on_time(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Requests answered in the span, in time."""
    all_: dict[int, int] = defaultdict(int)
    late: dict[int, list[dict[str, str]]] = defaultdict(list)
    done = _requests(agencies).filter(closed_on__gte=span.first, closed_on__lte=span.last)
    rows = done.values_list("agency_id", "id", "number", "due_on", "closed_on")
    for pk, request, number, due, closed in rows:
        all_[pk] += 1
        if closed and due and closed > due:
            url = reverse("desk:request", args=[agencies[pk].slug, request])
            late[pk].append(_piece(f"逾期答复：{number}，应在{due}前，{closed}答复", url))
    return {pk: _share(all_[pk] - len(late[pk]), all_[pk], "办结的申请", late[pk]) for pk in agencies}


def requests_overdue(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Requests that were overdue and unanswered on the last day."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    open_ = _requests(agencies).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=span.last),
        due_on__lt=span.last,
        received_on__lte=span.last,
    )
    for pk, request, number, due in open_.values_list("agency_id", "id", "number", "due_on"):
        url = reverse("desk:request", args=[agencies[pk].slug, request])
        found[pk].append(_piece(f"逾期没有答复：{number}，应在{due}前", url))
    return {pk: _number(found[pk], "截止日逾期没有答复的申请") for pk in agencies}


def _findings(agencies: Mapping[int, Agency], span: Span, what: str, **asked: object) -> dict[int, Measured]:
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = Finding.objects.filter(agency__in=agencies, found_at__date__lte=span.last, **asked)
    rows = rows.exclude(state=Finding.State.EXPLAINED).filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gt=span.last)
    )
    for one in rows.order_by("agency_id", "id").only("agency_id", "what", "where", "found_at"):
        url = reverse("desk:finding", args=[agencies[one.agency_id].slug, one.pk])
        on = timezone.localdate(one.found_at)
        found[one.agency_id].append(_piece(f"{one.what}（{one.where or '—'}），{on}发现", url))
    return {pk: _number(found[pk], what) for pk in agencies}


def stale_columns(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Columns found stale or empty and not mended on the last day."""
    rules = ("column_stale", "column_empty", "home_stale")
    return _findings(agencies, span, "截止日没有整改的超期、空白栏目", rule__in=rules)


def open_vetoes(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Veto findings not mended on the last day."""
    return _findings(agencies, span, "截止日没有整改的单项否决问题", gravity=Finding.Gravity.VETO)


def report_handed_in(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Whether the report on the year before was handed in by its day (条例第四十九条): 31 January, governments 31 March."""
    rows = Submission.objects.filter(report__agency__in=agencies, report__year=span.year - 1)
    handed: dict[int, date] = {}
    for pk, day in rows.values_list("report__agency_id", "on"):
        handed[pk] = min(day, handed.get(pk, day))
    found = {}
    for pk, agency in agencies.items():
        month = 3 if agency.level == Agency.Level.GOVERNMENT else 1
        last, on = date(span.year, month, 31), handed.get(pk)
        good = on is not None and on <= last and on <= span.last
        when = f"{on}报送" if on else "没有报送的记录"
        url = reverse("desk:report", args=[agency.slug, span.year - 1])
        words = f"{span.year - 1}年年报：{when}，应在{last}前"
        found[pk] = Measured(Decimal(100 if good else 0), words, [_piece(words, url)])
    return found


def remedies_corrected(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Reconsiderations and lawsuits decided in the span that corrected the agency."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = Remedy.objects.filter(
        agency__in=agencies, cancelled="", result=Remedy.Result.CORRECTED, decided_on__gte=span.first
    ).filter(decided_on__lte=span.last)
    for one in rows.order_by("agency_id", "id"):
        url = reverse("desk:remedy", args=[agencies[one.agency_id].slug, one.pk])
        found[one.agency_id].append(
            _piece(f"{one.get_track_display()}{one.number}，{one.decided_on}{one.get_result_display()}", url)
        )
    return {pk: _number(found[pk], "被纠正的复议、诉讼") for pk in agencies}


def messages_on_time(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Messages and complaints that fell due in the span, answered in time."""
    all_: dict[int, int] = defaultdict(int)
    late: dict[int, list[dict[str, str]]] = defaultdict(list)
    owed = Message.objects.filter(agency__in=agencies, due_on__gte=span.first, due_on__lte=span.last)
    owed = owed.exclude(state__in=("refused", "passed", "guided")).order_by("agency_id", "id")
    rows = owed.values_list("agency_id", "id", "number", "due_on", "answered_on")
    for pk, message, number, due, answered in rows:
        all_[pk] += 1
        if answered is None or answered > due:
            url = reverse("desk:message", args=[agencies[pk].slug, message])
            when = f"{answered}答复" if answered and answered <= span.last else "截止日没有答复"
            late[pk].append(_piece(f"没有按期：{number}，应在{due}前，{when}", url))
    return {pk: _share(all_[pk] - len(late[pk]), all_[pk], "应答复的留言和投诉", late[pk]) for pk in agencies}


def training_hours(agencies: Mapping[int, Agency], span: Span) -> dict[int, Measured]:
    """Hours of training in the year, from the register of training (条例第四十八条)."""
    found = {}
    for pk, agency in agencies.items():
        told = {fact.key: fact.value for fact in facts_from(["training"], agency, span.year)}
        hours = Decimal(str(told.get("training.hours", 0))).quantize(CENT, ROUND_HALF_UP)
        words = f"{span.year}年登记的培训 {hours.normalize():f} 学时"
        found[pk] = Measured(hours, words, [_piece(words)])
    return found


_ALL = (
    Measure(
        "requests_on_time",
        "申请按期答复率",
        SHARE,
        "%",
        "本年 1 月 1 日到截止日办结的信息公开申请，按期答复的占多少；一件也没有的按 100% 计",
        requests_on_time,
    ),
    Measure(
        "requests_overdue",
        "逾期没有答复的申请",
        DEDUCT,
        "件",
        "截止日已经过了答复期限、还没有答复的信息公开申请",
        requests_overdue,
        Decimal(5),
    ),
    Measure(
        "messages_on_time",
        "留言和投诉按期答复率",
        SHARE,
        "%",
        "本年到截止日到期的留言和投诉，按期答复的占多少；不予受理、转办的不算；一件也没有的按 100% 计",
        messages_on_time,
    ),
    Measure(
        "stale_columns",
        "超期、空白的栏目",
        DEDUCT,
        "个",
        "截止日自查发现、还没有整改的超期栏目和空白栏目；说明过理由的不算",
        stale_columns,
        Decimal(2),
    ),
    Measure(
        "open_vetoes",
        "没有整改的单项否决问题",
        DEDUCT,
        "处",
        "截止日自查发现、还没有整改的单项否决问题；说明过理由的不算",
        open_vetoes,
        Decimal(5),
    ),
    Measure(
        "report_handed_in",
        "年报按时报送",
        SHARE,
        "%",
        "上一年的年报在 1 月 31 日（政府 3 月 31 日）以前报送的得满分，没有的不得分",
        report_handed_in,
    ),
    Measure(
        "remedies_corrected",
        "复议、诉讼被纠正",
        DEDUCT,
        "件",
        "本年到截止日审结、结果是“结果纠正”的行政复议和行政诉讼",
        remedies_corrected,
        Decimal(5),
    ),
    Measure(
        "training_hours",
        "培训学时",
        REACH,
        "学时",
        "本年培训登记簿里的学时",
        training_hours,
        Decimal(8),
    ),
)
MEASURES = {one.slug: one for one in _ALL}


def usable() -> list[Measure]:
    """The measures for which records are kept on this platform."""
    return [one for one in _ALL if one.slug != "training_hours" or source_of("training.hours") is not None]


def measured(slug: str, agencies: Iterable[Agency], year: int, last: date) -> Mapping[int, Measured]:
    """The figures of these agencies as of the last day. KeyError for an unknown measure."""
    own = {agency.pk: agency for agency in agencies}
    return MEASURES[slug].ask(own, Span(year, date(year, 1, 1), min(last, date(year, 12, 31))))


__all__ = ["MEASURES", "Measure", "Measured", "Span", "measured", "usable"]
