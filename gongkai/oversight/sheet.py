"""季度自查表: what was looked at in a quarter, what was found, what of it is put right; as data, on the page and on
paper the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.statute.inspection import GROUPS, RULES, quarter_days, quarter_of

from .limits import limits_for
from .models import Finding, InspectionRun, InspectionSheet

MOST_LISTED = 300
"""Findings that the sheet lists; of more the platform has the rest."""
HAN = {1: "一", 2: "二", 3: "三", 4: "四"}
State = Finding.State


def title_of(agency: Agency, year: int, quarter: int) -> str:
    """What stands above it."""
    return f"{agency.name}{year}年第{HAN[quarter]}季度政府信息公开自查表"


def quarters_until(day: date, most: int = 8) -> list[tuple[int, int]]:
    """The last quarters, this one first."""
    year, quarter = quarter_of(day)
    found = []
    for _ in range(most):
        found.append((year, quarter))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def settled_sheet(agency: Agency, year: int, quarter: int) -> InspectionSheet | None:
    """The sheet as it was settled, if it was."""
    return InspectionSheet.objects.filter(agency=agency, year=year, quarter=quarter).first()


def sheet_of(agency: Agency, year: int, quarter: int, now: datetime) -> dict[str, Any]:
    """The sheet as settled, or as of now: a handful of queries. Raises ValueError for a quarter that is none."""
    settled = settled_sheet(agency, year, quarter)
    if settled is not None:
        content: dict[str, Any] = settled.content
        return content
    return made(agency, year, quarter, now)


def made(agency: Agency, year: int, quarter: int, now: datetime) -> dict[str, Any]:
    """The sheet as of now. What was open on any day of the quarter belongs to it."""
    first, last = quarter_days(year, quarter)
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = Finding.objects.filter(agency=agency, found_at__lt=end).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=begin)
    )
    runs = InspectionRun.objects.filter(agency=agency, finished_at__gte=begin, finished_at__lt=end)
    lines = _lines(agency, rows)
    vetoes = sum(line["open"] for line in lines if line["veto"])
    return {
        "title": title_of(agency, year, quarter),
        "agency": agency.name,
        "year": year,
        "quarter": quarter,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "as_of": timezone.localtime(now).date().isoformat(),
        "runs": runs.count(),
        "lines": lines,
        "totals": {
            name: sum(line[name] for line in lines) for name in ("found", "closed", "explained", "open")
        },
        "vetoes": vetoes,
        "findings": _listed(rows),
        "more": max(0, rows.count() - MOST_LISTED),
        "left_out": _left_out(runs),
    }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _lines(agency: Agency, rows: Any) -> list[dict[str, Any]]:
    limits = limits_for(agency)
    counted = {
        row["rule"]: row
        for row in rows.order_by()
        .values("rule")
        .annotate(
            found=Count("id"),
            closed=Count("id", filter=Q(state=State.CLOSED)),
            explained=Count("id", filter=Q(state=State.EXPLAINED)),
            open=Count("id", filter=Q(state=State.OPEN)),
        )
    }
    nothing = {"found": 0, "closed": 0, "explained": 0, "open": 0}
    order = list(GROUPS)
    rules = [rule for rule in RULES.values() if rule.gravity != "hint"]
    return [
        {
            "slug": rule.slug,
            "group": GROUPS[rule.group],
            "label": rule.label,
            "veto": rule.veto,
            "says": rule.said(limits.all_of(rule.slug)),
            "law": str(rule.ref),
            **{name: counted.get(rule.slug, nothing)[name] for name in nothing},
        }
        for rule in sorted(rules, key=lambda one: (not one.veto, order.index(one.group)))
    ]


def _listed(rows: Any) -> list[dict[str, Any]]:
    hints = [rule.slug for rule in RULES.values() if rule.gravity == "hint"]
    told = rows.exclude(rule__in=hints).select_related("seat__section").order_by("gravity", "found_at", "id")
    return [
        {
            "label": RULES[row.rule].label if row.rule in RULES else row.rule,
            "veto": row.gravity == Finding.Gravity.VETO,
            "what": row.what,
            "where": row.where,
            "found_on": timezone.localtime(row.found_at).date().isoformat(),
            "seat": row.seat.title if row.seat else "没有人负责",
            "due_on": row.due_on.isoformat(),
            "state": _stands(row),
        }
        for row in told[:MOST_LISTED]
    ]


def _stands(row: Finding) -> str:
    if row.state == State.CLOSED and row.closed_at:
        return f"{timezone.localtime(row.closed_at).date()}复查销号"
    if row.state == State.EXPLAINED:
        return f"说明理由：{row.reason}（到{row.explained_until}）"
    return "正在整改"


def _left_out(runs: Any) -> list[str]:
    last = runs.order_by("-id").first()
    return [] if last is None else list(last.left_out)
