"""The table of the board: which agencies are asked for and in which order, and what is said first of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from .counting import sums
from .lines import Line

QUIET = 30
"""Days without a sign-in of its clerks after which an agency counts as quiet."""
Test = Callable[[Line, date], bool]
NARROWED: dict[str, tuple[str, Test]] = {
    "overdue": ("有申请逾期", lambda one, day: one.overdue > 0),
    "soon": ("有申请 7 个工作日内到期", lambda one, day: one.in_seven > 0),
    "wrong": ("年报有数对不上", lambda one, day: one.report_wrong > 0),
    "report": ("年报没有报送", lambda one, day: one.report_owed),
    "returned": ("年报退回修改", lambda one, day: one.report == "returned"),
    "veto": ("有单项否决问题", lambda one, day: one.vetoes > 0),
    "stale": ("有栏目超期没有更新", lambda one, day: one.stale > 0),
    "lost": ("今年复议、诉讼被纠正", lambda one, day: one.lost > 0),
    "orders": ("有督办单没有销号", lambda one, day: one.orders > 0),
    "quiet": (f"经办员 {QUIET} 天没有登录", lambda one, day: is_quiet(one, day)),
}
"""By what the table may be narrowed: the word, and whether an agency is meant."""
ORDERS: dict[str, tuple[str, Callable[[Line, date], object]]] = {
    "urgent": ("急的在前", lambda one, day: tuple(-n for n in one.urgency(day))),
    "name": ("按名称", lambda one, day: one.agency.name),
    "overdue": ("逾期多的在前", lambda one, day: -one.overdue),
    "open": ("没有办结多的在前", lambda one, day: -one.open),
    "closed": ("今年办结多的在前", lambda one, day: -one.closed),
    "stale": ("栏目超期多的在前", lambda one, day: -one.stale),
    "findings": ("自查问题多的在前", lambda one, day: -one.findings),
    "lost": ("被纠正多的在前", lambda one, day: -one.lost),
}
"""By what the table may be ordered; equals stand by name."""


def is_quiet(line: Line, day: date) -> bool:
    """Whether no clerk has signed in for long."""
    return line.signed_in is None or timezone.localdate(line.signed_in) < day - timedelta(days=QUIET)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the table."""

    state: str = ""
    words: str = ""
    order: str = "urgent"

    @property
    def narrowed(self) -> bool:
        """Whether some agencies are left out."""
        return bool(self.state or self.words)


def chosen(lines: Sequence[Line], asked: Asked, day: date) -> list[Line]:
    """The agencies asked for in the order asked for."""
    found = list(lines)
    if asked.state in NARROWED:
        test = NARROWED[asked.state][1]
        found = [one for one in found if test(one, day)]
    if asked.words:
        words = asked.words.casefold()
        found = [
            one
            for one in found
            if words in one.agency.name.casefold() or words in one.agency.short_name.casefold()
        ]
    by = ORDERS.get(asked.order, ORDERS["urgent"])[1]
    return sorted(found, key=lambda one: (by(one, day), one.agency.name))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of what needs the office today: its mark, the sentence, by what the table shows the agencies."""

    mark: str
    words: str
    state: str
    names: tuple[str, ...] = ()
    more: int = 0


NAMED = 3
"""So many agencies are named in a sentence; the table shows the rest."""


def said_first(lines: Sequence[Line], year: int, day: date) -> list[Said]:
    """What needs the office today, the gravest first; nothing is said of what nobody has."""
    return [one for one in _all_said(lines, year, day) if one is not None]


def _all_said(lines: Sequence[Line], year: int, day: date) -> list[Said | None]:
    late = [one for one in lines if one.report_late(day)]
    owed = [one for one in lines if one.report_owed]
    wrong = [one for one in lines if one.report_wrong]
    returned = [one for one in lines if one.report == "returned"]
    return [
        _of(lines, "overdue", "late", "{n} 件申请超过答复期限没有答复，在 {k} 个机关", "overdue"),
        _said("late", f"{len(wrong)} 个机关公布的{year}年年报有数对不上", "wrong", wrong),
        _of(lines, "vetoes", "late", "{n} 处单项否决问题没有整改，在 {k} 个机关", "veto"),
        _of(lines, "orders_late", "late", "{n} 份督办单过了期限没有答复，在 {k} 个机关", "orders"),
        _said("late", f"{len(late)} 个机关的{year}年年报过了期限没有报送", "report", late)
        if late
        else _said("plain", f"{len(owed)} 个机关的{year}年年报还没有报送", "report", owed),
        _of(lines, "in_three", "due", "{n} 件申请 3 个工作日内到期，在 {k} 个机关", "soon"),
        _of(lines, "in_seven", "doing", "{n} 件申请 7 个工作日内到期，在 {k} 个机关", "soon"),
        _said("due", f"{len(returned)} 个机关的{year}年年报退回修改，还没有办完", "returned", returned),
        _of(lines, "lost_reviews", "due", "今年有 {n} 件行政复议被纠正，在 {k} 个机关", "lost"),
        _of(lines, "lost_suits", "due", "今年有 {n} 件行政诉讼被纠正，在 {k} 个机关", "lost"),
        _of(lines, "stale", "due", "{n} 个栏目超期没有更新，在 {k} 个机关", "stale"),
    ]


def _of(lines: Sequence[Line], name: str, mark: str, words: str, state: str) -> Said | None:
    n, k = sums(lines, name)
    having = sorted((one for one in lines if getattr(one, name)), key=lambda one: -getattr(one, name))
    return _said(mark, words.format(n=n, k=k), state, having)


def _said(mark: str, words: str, state: str, having: Sequence[Line]) -> Said | None:
    if not having:
        return None
    names = tuple(one.agency.short_name or one.agency.name for one in having[:NAMED])
    return Said(mark, words, state, names, len(having) - len(names))
