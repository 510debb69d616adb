"""The requests behind the report, counted afresh, against table three (rule 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from ...records import Counted
from ...refs import Ref
from ..editions import COLUMN_LABELS, COLUMNS
from ..findings import Finding, Level
from .facts import Facts
from .rule import Rule, rule
from .words import row_words, shown

_DUTY = Ref("ogi", 50)
_APPLICANT = "申请人"
_NOBODY = ("无", "/", "-", "—")


@rule("L-01", "本年新收等于台账中当年收到的申请", _DUTY, Level.ERROR)
def ledger_new(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Row 一 = requests whose legal day of receipt lies in the year."""
    if _ready(facts):
        yield from _compare(facts, say, "new", (r for r in _records(facts) if _in(facts, r.received_on)))


@rule("L-02", "上年结转等于台账中上年收到、上年底未办结的申请", _DUTY, Level.ERROR)
def ledger_carried_in(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Row 二 = received before the year and not closed on 31 December of the year before."""
    if _ready(facts):
        open_then = (
            r for r in _records(facts) if _before(facts, r.received_on) and not _before(facts, r.closed_on)
        )
        yield from _compare(facts, say, "carried_in", open_then)


@rule("L-03", "各项办理结果等于台账中当年办结的申请", _DUTY, Level.ERROR)
def ledger_outcomes(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Each outcome row = requests closed in the year with that outcome; a request is counted once."""
    if not _ready(facts):
        return
    closed = [r for r in _records(facts) if r.received_on is not None and _in(facts, r.closed_on)]
    by_row: dict[str, list[Counted]] = {leaf: [] for leaf in facts.layout.leaves}
    strays: list[Counted] = []
    for record in closed:
        slug = record.outcome or ""
        slug = "other_all" if slug.startswith("other_") and "other_all" in by_row else slug
        by_row.get(slug, strays).append(record)
    for leaf, records in by_row.items():
        yield from _compare(facts, say, leaf, records)
    yield from _compare(facts, say, "result_total", closed)
    if strays:
        numbers = "、".join(r.number for r in strays[:3])
        yield say(
            f"台账有{sum(r.count for r in strays)}件已办结但没有填办理结果（{numbers}）。请补填办理结果。"
        )


@rule("L-04", "结转下年度等于台账中当年底未办结的申请", _DUTY, Level.ERROR)
def ledger_carried_out(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Row 四 = received by 31 December of the year and still open on that day."""
    if _ready(facts):
        still = (
            r for r in _records(facts) if _by_end(facts, r.received_on) and not _by_end(facts, r.closed_on)
        )
        yield from _compare(facts, say, "carried_out", still)


@rule("L-05", "核对台账需要知道报告年份", _DUTY, Level.NOTE)
def ledger_needs_a_year(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Records were given but the year of the report is unknown: nothing can be counted."""
    if facts.records is not None and facts.year is None:
        yield say("看不出报告是哪一年的，台账未核对。请在标题写明年份。")


@rule("L-06", "所附依申请公开工作台账的件数与第三表一致", _DUTY)
def annex_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The rows of a ledger printed behind the report are the new requests, or those and the ones carried in."""
    rows = facts.report.ledger
    if not rows or _APPLICANT not in rows[0]:
        return
    column = rows[0].index(_APPLICANT)
    named = [r[column].strip() for r in rows[1:] if len(r) > column]
    listed = sum(1 for name in named if name and name not in _NOBODY)
    new, all_in = facts.total("t3.new"), facts.sum_of(("t3.new", "t3.carried_in"))
    if new is not None and all_in is not None and listed not in (new, all_in):
        yield say(
            f"所附台账列了{listed}件申请，第三表本年新收{shown(new)}件、加上年结转共{shown(all_in)}件。"
            "请核对台账和第三表；没有申请的，台账“申请人”一格填“无”。",
            ("t3.new.total", "t3.carried_in.total"),
        )


def _ready(facts: Facts) -> bool:
    return facts.records is not None and facts.year is not None


def _records(facts: Facts) -> Iterable[Counted]:
    return facts.records or ()


def _in(facts: Facts, day: date | None) -> bool:
    return day is not None and day.year == facts.year


def _before(facts: Facts, day: date | None) -> bool:
    return day is not None and facts.year is not None and day.year < facts.year


def _by_end(facts: Facts, day: date | None) -> bool:
    return day is not None and facts.year is not None and day.year <= facts.year


def _compare(facts: Facts, say: Rule, slug: str, records: Iterable[Counted]) -> Iterator[Finding]:
    """Every column of a row against a count of these records."""
    counted: Counter[str] = Counter()
    for record in records:
        counted[record.requester] += record.count
    counted["total"] = counted.total()
    row = row_words(facts.edition.id, slug)
    for column in COLUMNS:
        cell = f"t3.{slug}.{column}"
        figure = facts.figure(cell)
        if figure is not None and figure != counted[column]:
            yield say(
                f"第三表“{row}”行“{COLUMN_LABELS[column]}”列写的是{shown(figure)}，台账逐件数出来是{counted[column]}。"
                "请核对台账和报告，改正错的一方。",
                (cell,),
            )
