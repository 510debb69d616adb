"""Columns and the front: stale, soon stale, empty; and the sums that are veto items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.models import Column
from gongkai.reports.queries import public_years
from gongkai.statute.inspection import freshness, stale_from, too_many, update_limit

from .found import Found, Round

OWN_PAGE = ("guide", "rules", "reports", "on_request")
"""Kinds of columns whose page says something without an item: they are never empty."""
NOT_UPDATED = ("guide", "on_request")
"""Kinds whose items do not tell whether they are kept up; the guide has a rule of its own."""
STATUTORY = "fdzdgk"
"""How the addresses of the statutory catalogue begin: its columns are shown once something stands in them."""
_FIRST = ("notices", "policy")
_CURRENT = ("news", *_FIRST)


@dataclass(slots=True)
class Standing:
    """A column with what is public in it and below it: how many items, when the last was published."""

    column: Column
    items: int
    last: datetime | None


def standings(round_: Round, reports: Sequence[datetime] = ()) -> list[Standing]:
    """All columns of the agency, one query; `reports` is when the annual reports came out."""
    live = Q(publications__ended_at__isnull=True) & (
        Q(publications__until__isnull=True) | Q(publications__until__gt=round_.now)
    )
    rows = list(
        Column.objects.filter(agency=round_.agency)
        .annotate(
            live_items=Count("publications", filter=live & Q(publications__isnull=False)),
            last_at=Max("publications__published_at", filter=live),
        )
        .order_by("order", "id")
    )
    found = {row.pk: Standing(row, row.live_items, row.last_at) for row in rows}
    for one in found.values():
        if one.column.kind == Column.Kind.REPORTS and reports:
            one.items += len(reports)
            one.last = max([*reports, *([one.last] if one.last else [])])
    own = {pk: (one.items, one.last) for pk, one in found.items()}
    for row in rows:
        above, seen = row.parent_id, {row.pk}
        while above in found and above not in seen:
            seen.add(above)
            items, last = own[row.pk]
            found[above].items += items
            found[above].last = max(filter(None, (found[above].last, last)), default=None)
            above = found[above].column.parent_id
    return list(found.values())


def limit_of(round_: Round, column: Column) -> int | None:
    """Days that hold for a column: its own where the office set another than the national one, else its kind's."""
    standard = update_limit(column.kind)
    if column.limit_days is not None and column.limit_days != standard:
        return column.limit_days
    return None if standard is None else round_.limits.of("column_stale", column.kind)


def look_at_columns(round_: Round) -> Iterator[Found]:
    """Every column, then the sums of the veto item, then the front."""
    first = stale = empty = 0
    reports = [year.public_at for year in public_years(round_.agency) if year.public_at]
    latest = timezone.localdate(max(reports)) if reports else None
    for one in standings(round_, reports):
        last = timezone.localdate(one.last) if one.last else None
        latest = max(filter(None, (latest, last)), default=None)
        if last is None:
            if _is_seen_empty(one.column):
                empty += 1
                yield _about(round_, one.column, "column_empty", f"栏目“{one.column.name}”是空白的")
            continue
        verdict = _verdict(round_, one.column, last)
        if verdict is not None:
            yield verdict
            if verdict.rule == "column_stale":
                stale += 1
                first += one.column.kind in _CURRENT and (
                    one.column.kind not in _FIRST or one.column.parent_id is None
                )
    yield from _sums(round_, first, stale, empty)
    yield from _front(round_, latest)


def _is_seen_empty(column: Column) -> bool:
    return column.kind not in OWN_PAGE and not column.slug.startswith(STATUTORY)


def _verdict(round_: Round, column: Column, last: date) -> Found | None:
    limit = limit_of(round_, column)
    if limit is None or column.kind in NOT_UPDATED:
        return None
    lead = round_.limits.of("column_soon", "short" if limit <= 31 else "long")
    verdict = freshness(last, round_.day, limit, min(lead, limit))
    if verdict == "stale":
        days = (round_.day - last).days
        what = f"栏目“{column.name}”{days}天没有更新，期限是{limit}天"
        return _about(round_, column, "column_stale", what)
    if verdict == "soon":
        when = stale_from(last, limit)
        what = f"栏目“{column.name}”到{when:%Y-%m-%d}还不更新就超期"
        return _about(round_, column, "column_soon", what)
    return None


def _about(round_: Round, column: Column, rule: str, what: str) -> Found:
    url = reverse("desk:column", args=[round_.agency.slug, column.slug])
    kind = column.get_kind_display().removesuffix("栏目")
    return Found(rule, f"column:{column.pk}", what, f"{kind}栏目", url)


_SUMS = {
    "first": ("动态要闻和一级的通知公告、政策文件栏目有{n}个超期", "first"),
    "any": ("应当更新的栏目有{n}个超期", "any"),
    "empty": ("空白栏目有{n}个", "empty"),
}


def _sums(round_: Round, first: int, stale: int, empty: int) -> Iterator[Found]:
    limits = round_.limits.all_of("columns_many")
    counted = {"first": first, "any": stale, "empty": empty}
    url = reverse("desk:columns", args=[round_.agency.slug])
    for name in too_many(first, stale, empty, limits):
        said, _ = _SUMS[name]
        what = f"{said.format(n=counted[name])}，达到{limits[name]}个就是单项否决"
        yield Found("columns_many", name, what, "全部栏目", url)


def _front(round_: Round, latest: date | None) -> Iterator[Found]:
    limit = round_.limits.of("home_stale")
    if latest is not None and freshness(latest, round_.day, limit) == "stale":
        what = f"首页{(round_.day - latest).days}天没有更新，期限是{limit}天"
        yield Found(
            "home_stale", "home", what, "公开栏目首页", reverse("desk:items", args=[round_.agency.slug])
        )
