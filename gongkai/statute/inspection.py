"""Self-inspection (自查自纠): what is looked at on a public site, from when it counts, which items are vetoes.

《政府网站与政务新媒体检查指标》(国办秘函〔2019〕19号) is the measure; where it says nothing, the rule rests on 条例 or on
`design`. Limits can be set stricter or looser by an office: they come in as an argument, and these are the standard.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Literal

from .refs import Ref, parse_ref, rests_on

Gravity = Literal["veto", "grave", "slight", "hint"]
Unit = Literal["days", "count", "percent", "seconds"]
UNITS: dict[str, str] = {"days": "天", "count": "个", "percent": "%", "seconds": "秒"}
"""A limit's unit as one says it."""
GROUPS: dict[str, str] = {
    "safety": "安全和内容",
    "site": "站点和首页",
    "columns": "栏目",
    "items": "信息",
    "links": "链接和附件",
    "guide": "公开指南",
    "messages": "互动回应",
}
"""What the rules look at, in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number from which something counts. `less`: a smaller one is the stricter."""

    name: str
    label: str
    n: int
    unit: Unit
    least: int
    most: int
    less: bool = True

    def compared(self, value: int) -> str:
        """更严, 更宽 or nothing, against the standard."""
        if value == self.n:
            return ""
        return "更严" if (value < self.n) is self.less else "更宽"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked at: what counts as found (`says`), what is to be done (`do`), how grave it is."""

    slug: str
    group: str
    gravity: Gravity
    label: str
    says: str
    do: str
    refs: tuple[Ref, ...]
    limits: tuple[Limit, ...] = ()

    @property
    def ref(self) -> Ref:
        """The place in the law it rests on first."""
        return self.refs[0]

    @property
    def veto(self) -> bool:
        """Whether one hit makes the whole 不合格 (单项否决)."""
        return self.gravity == "veto"

    def limit(self, name: str) -> Limit:
        """One of its limits; raises KeyError for one it has not."""
        for one in self.limits:
            if one.name == name:
                return one
        raise KeyError(f"{self.slug} has no limit {name}")

    def said(self, values: Mapping[str, int] | None = None) -> str:
        """What counts as found, with the numbers that hold."""
        return self.says.format(**({one.name: one.n for one in self.limits} | dict(values or {})))


def _rule(row: dict[str, Any]) -> Rule:
    limits = tuple(Limit(**one) for one in row.get("limits", ()))
    return Rule(**{**row, "refs": tuple(parse_ref(one) for one in row["refs"]), "limits": limits})


_DATA = tomllib.loads(files("gongkai.statute").joinpath("inspection.toml").read_text(encoding="utf-8"))
RULES: dict[str, Rule] = {row["slug"]: _rule(row) for row in _DATA["rule"]}
"""Every rule by its slug: the veto items first, in the order of the sheet."""
FIX_DAYS: dict[str, int] = _DATA["fix"]
"""Working days within which a finding of a gravity is to be put right (our own rule, the law sets none)."""
ORDER: tuple[Gravity, ...] = ("veto", "grave", "slight", "hint")
"""The gravities, the gravest first."""


@rests_on(Ref("site_indicators_2019"))
def update_limit(kind: str) -> int | None:
    """Days after which a column of a kind counts as not updated; None for what is not updated by items."""
    return next((one.n for one in RULES["column_stale"].limits if one.name == kind), None)


@rests_on(Ref("site_indicators_2019"), Ref("design"))
def freshness(last: date, day: date, limit: int, lead: int = 0) -> Literal["fresh", "soon", "stale"]:
    """Whether something last updated on `last` is stale on `day`: more than `limit` days have gone by since; soon,
    when fewer than `lead` days are left until then."""
    age = (day - last).days
    if age > limit:
        return "stale"
    return "soon" if age > limit - lead else "fresh"


@rests_on(Ref("site_indicators_2019"))
def stale_from(last: date, limit: int) -> date:
    """The first day on which it counts as stale."""
    return last + timedelta(days=limit + 1)


@rests_on(Ref("site_indicators_2019"))
def too_many(first: int, stale: int, empty: int, limits: Mapping[str, int]) -> tuple[str, ...]:
    """Which of the three sums of the veto item 栏目不更新 are reached: first, any, empty."""
    found = {"first": first, "any": stale, "empty": empty}
    return tuple(name for name, n in found.items() if n >= limits[name])


@rests_on(Ref("site_indicators_2019"))
def unreachable(failed: int, visits: int, share: int) -> bool:
    """The veto item 站点无法访问: so many per cent of the visits of a week, or more, did not open."""
    return failed > 0 and failed * 100 >= share * visits


@rests_on(Ref("site_indicators_2019"), Ref("ogi", 6))
def contradictions(
    formed_on: date,
    published_on: date,
    *,
    number_year: int | None = None,
    ended_on: date | None = None,
    lapses_on: date | None = None,
) -> tuple[str, ...]:
    """What does not fit together among the dates of an item, in words. A document signed in January may bear the
    number of the year before."""
    found = []
    if published_on < formed_on:
        found.append(f"发布日期（{published_on}）早于成文日期（{formed_on}）")
    if number_year is not None and number_year != formed_on.year:
        january = formed_on.month == 1 and number_year == formed_on.year - 1
        if not january:
            found.append(f"发文字号是{number_year}年的，成文日期是{formed_on}")
    if ended_on is not None and ended_on < formed_on:
        found.append(f"废止或者失效的日期（{ended_on}）早于成文日期（{formed_on}）")
    if lapses_on is not None and lapses_on < formed_on:
        found.append(f"有效期至（{lapses_on}）早于成文日期（{formed_on}）")
    return tuple(found)


@rests_on(Ref("design"))
def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of a day: self-inspection is told of by quarters."""
    return day.year, (day.month + 2) // 3


@rests_on(Ref("design"))
def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter. Raises ValueError for a quarter that is none."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"没有第{quarter}季度。")
    first = date(year, quarter * 3 - 2, 1)
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return first, following - timedelta(days=1)
