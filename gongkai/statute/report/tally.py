"""Records and entered figures → the cells of the three tables, each with the records behind it.

A pure fold: the same records give the same cells in any order, one by one or in groups. Totals are sums of what was counted, so the
statutory balance holds by construction; opening a total opens the records of all its parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter

from ..records import (
    ChargeRecord,
    Counted,
    DecisionGroup,
    DecisionRecord,
    DocumentRecord,
    Entered,
    RemedyRecord,
)
from ..requesters import KINDS
from .editions import COLUMNS, Edition, edition, edition_for_year
from .model import Cell, Number

AnyRecord = Counted | RemedyRecord | DocumentRecord | DecisionRecord | DecisionGroup | ChargeRecord
DOCUMENTS = ("regulations", "normative_documents")
DECISIONS = ("licences", "penalties", "coercion")
CHARGES = "t2.fees_10k_yuan"
_PARTS = tuple(kind.slug for kind in KINDS)


class CannotCount(ValueError):
    """A record or an entered figure that cannot be counted; the message says which one and what to mend."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A counted cell that a person set against: what was counted and what was entered, with the reason in `entered`."""

    cell: str
    counted: Number
    entered: Entered


@dataclass(slots=True)
class Tally:
    """The cells of one agency's year, and for every cell what made it.

    `entered` are the figures a person gave; `unconfirmed` are requests without a legal day of receipt
    (art. 31: not received, so in no row); `overridden` lists counted cells a person set against.
    """

    year: int
    edition: str
    cells: dict[str, Cell] = field(default_factory=dict)
    entered: dict[str, Entered] = field(default_factory=dict)
    overridden: list[Overridden] = field(default_factory=list)
    unconfirmed: list[Counted] = field(default_factory=list)
    _behind: dict[str, Sequence[AnyRecord]] = field(default_factory=dict)
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def behind(self, cell_id: str) -> Sequence[AnyRecord]:
        """The records that made this cell, in the order given; empty for zero and for entered figures. Of requests
        given in groups, the groups."""
        parts = self._parts.get(cell_id)
        if parts is None:
            return self._behind.get(cell_id, ())
        return [record for part in parts for record in self.behind(part)]

    def parts(self, cell_id: str) -> tuple[str, ...]:
        """The cells that add up to this total; of a grand total those of its row. Empty for a cell that is no total."""
        return self._parts.get(cell_id, ())

    def origin(self, cell_id: str) -> str:
        """Where the figure comes from: counted or entered."""
        return "entered" if cell_id in self.entered else "counted"


def _count_requests(records: Iterable[Counted], year: int, form: Edition, out: Tally) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = {slug: {k: list[Counted]() for k in _PARTS} for slug in (*form.leaves, *_FLOW)}
    results = [rows[slug] for slug in form.leaves]
    by_outcome = dict(zip(form.leaves, results, strict=True))
    if "other_all" in by_outcome:
        by_outcome.update(
            dict.fromkeys(("other_no_correction", "other_no_fee", "other_other"), rows["other_all"])
        )
    new, carried_in, carried_out = (rows[slug] for slug in _FLOW)
    record: Counted | None = None
    try:
        for record in records:
            received = record.received_on
            if received is None:
                out.unconfirmed.append(record)
                continue
            if received > last:
                continue
            closed = record.closed_on
            if received >= first:
                new[record.requester].append(record)
            elif closed is None or closed >= first:
                carried_in[record.requester].append(record)
            else:
                continue
            if closed is None or closed > last:
                carried_out[record.requester].append(record)
            else:
                by_outcome[record.outcome or ""][record.requester].append(record)
    except KeyError as error:
        raise CannotCount(_why_not(record, error)) from None
    for slug, row in rows.items():
        _put_row(out, slug, row)
    for column in COLUMNS:
        out._parts[f"t3.result_total.{column}"] = tuple(f"t3.{slug}.{column}" for slug in form.leaves)


_FLOW = ("new", "carried_in", "carried_out")


def _why_not(record: Counted | None, error: KeyError) -> str:
    number = record.number if record else ""
    if record is not None and record.requester not in _PARTS:
        return f"申请 {number}：申请人类别“{record.requester}”不在表三各列之内，请改正后再统计。"
    if record is not None and not record.outcome:
        return f"申请 {number}：已有办结日期但没有办理结果，请补填办理结果后再统计。"
    return f"申请 {number}：办理结果“{error.args[0]}”不在表三各行之内，请改正后再统计。"


_how_many = attrgetter("count")


def _put_row(out: Tally, slug: str, row: Mapping[str, Sequence[Counted]]) -> None:
    for column, found in row.items():
        value = sum(map(_how_many, found))
        out.cells[f"t3.{slug}.{column}"] = Cell(value, str(value))
        out._behind[f"t3.{slug}.{column}"] = found
    out._parts[f"t3.{slug}.total"] = tuple(f"t3.{slug}.{column}" for column in row)


def _sum_up(out: Tally) -> None:
    # Rows before the column sums, so that the grand total finds its row totals; sums are taken after the parts
    # were entered, so a figure a person set flows into its totals.
    for cell_id, parts in out._parts.items():
        value = sum(int(out.cells[part].counted) for part in parts)
        out.cells[cell_id] = Cell(value, str(value))


def _count_remedies(remedies: Iterable[RemedyRecord], year: int, form: Edition, out: Tally) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[str, list[AnyRecord]] = {c: [] for g in form.groups4 for c in g.cells[:-1]}
    for case in remedies:
        if case.accepted_on > last or (case.decided_on is not None and case.decided_on < first):
            continue
        decided = case.decided_on is not None and case.decided_on <= last
        key = f"t4.{case.track}.{case.result if decided else 'pending'}"
        if key not in found or (decided and case.result == "pending"):
            raise CannotCount(
                f"复议诉讼案件 {case.number}：已有结案日期但结果或类别不能归入表四，请改正后再统计。"
            )
        found[key].append(case)
    for cell_id, cases in found.items():
        out.cells[cell_id] = Cell(len(cases), str(len(cases)))
        out._behind[cell_id] = cases
    for group in form.groups4:
        out._parts[group.cells[-1]] = group.cells[:-1]


def _sum_entered_remedies(form: Edition, out: Tally) -> None:
    """Without a register, a total of table four stands only when all of its four results were entered."""
    for group in form.groups4:
        if all(cell_id in out.cells for cell_id in group.cells[:-1]):
            out._parts[group.cells[-1]] = group.cells[:-1]


def _count_documents(
    documents: Iterable[DocumentRecord],
    year: int,
    out: Tally,
    kinds: Collection[str],
    unlisted: Mapping[str, int],
) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[str, list[AnyRecord]] = {
        f"t2.{k}.{c}": [] for k in kinds for c in ("made", "repealed", "valid")
    }
    for document in documents:
        if document.kind not in kinds:
            raise CannotCount(f"文件“{document.title}”：类别“{document.kind}”不在表二之内，请改正后再统计。")
        if first <= document.made_on <= last:
            found[f"t2.{document.kind}.made"].append(document)
        if document.ended_on is not None and first <= document.ended_on <= last:
            found[f"t2.{document.kind}.repealed"].append(document)
        if document.in_force_at(last):
            found[f"t2.{document.kind}.valid"].append(document)
    _put_found(out, found)
    for kind in kinds:
        more, cell_id = unlisted.get(kind, 0), f"t2.{kind}.valid"
        if more:
            value = len(found[cell_id]) + more
            out.cells[cell_id] = Cell(value, str(value))


def _count_decisions(
    decisions: Iterable[DecisionRecord | DecisionGroup], year: int, out: Tally, kinds: Collection[str]
) -> None:
    found: dict[str, list[AnyRecord]] = {f"t2.{kind}": [] for kind in kinds}
    for decision in decisions:
        if f"t2.{decision.kind}" not in found:
            raise CannotCount(f"决定“{decision.title}”：类别“{decision.kind}”不在表二之内，请改正后再统计。")
        if decision.decided_on.year == year:
            found[f"t2.{decision.kind}"].append(decision)
    for cell_id, records in found.items():
        value = sum(map(_how_many, records))
        out.cells[cell_id] = Cell(value, str(value))
        out._behind[cell_id] = records


def _count_charges(charges: Iterable[ChargeRecord], year: int, out: Tally) -> None:
    mine = [charge for charge in charges if charge.charged_on.year == year]
    # 万元 to the cent has six decimals: nothing is rounded.
    total = sum((charge.yuan for charge in mine), Decimal(0)) / 10000
    value = int(total) if total == total.to_integral_value() else total.normalize()
    out.cells[CHARGES] = Cell(value, f"{value:f}" if isinstance(value, Decimal) else str(value))
    out._behind[CHARGES] = mine


def _put_found(out: Tally, found: Mapping[str, Sequence[AnyRecord]]) -> None:
    for cell_id, records in found.items():
        out.cells[cell_id] = Cell(len(records), str(len(records)))
        out._behind[cell_id] = records


def _enter(out: Tally, entered: Mapping[str, Entered], form: Edition) -> None:
    known = set(form.cell_ids)
    for cell_id, figure in entered.items():
        if cell_id not in known:
            raise CannotCount(f"表中没有“{cell_id}”这一格，请核对填报项目。")
        counted = out.cells.get(cell_id)
        if counted is not None and counted.value != figure.value:
            if not figure.reason.strip():
                raise CannotCount(
                    f"“{cell_id}”按记录统计为{counted.value}，填报为{figure.value}：两者不一致时须写明理由。"
                )
            out.overridden.append(Overridden(cell_id, counted.counted, figure))
        out.entered[cell_id] = figure
        out.cells[cell_id] = Cell(figure.value, str(figure.value), note=f"填报：{figure.source}")


def tally(
    requests: Iterable[Counted],
    year: int,
    entered: Mapping[str, Entered] | None = None,
    *,
    remedies: Iterable[RemedyRecord] | None = (),
    documents: Iterable[DocumentRecord] | None = None,
    decisions: Iterable[DecisionRecord | DecisionGroup] | None = None,
    charges: Iterable[ChargeRecord] | None = None,
    kinds: Collection[str] = (*DOCUMENTS, *DECISIONS),
    unlisted: Mapping[str, int] | None = None,
) -> Tally:
    """Count one agency's year into the cells of the form in force for it (art. 50; 国办公开办函〔2021〕30号).

    New: received in the year. Carried in: received before and open when the year began. Outcomes: closed in the
    year. Carried out: open on 31 December. `remedies`, `documents`, `decisions` and `charges` are counted
    only where a register is given (None: there is none), of documents and decisions those `kinds` of which one is kept;
    `unlisted` are documents in force that are known by number only, by kind. Every cell neither counted nor entered is absent. An entered figure
    replaces a counted one only with a reason, and flows into the totals it is part of. Charges are in 万元.

    Raises `CannotCount` for a record or figure that fits no cell, and for a year without a form (before 2019).
    """
    form = edition_for_year(year)
    if form is None:
        raise CannotCount(f"{year}年没有法定的年度报告格式（2019年起才有），不能统计。")
    out = Tally(year, form.id)
    _count_requests(requests, year, form, out)
    if remedies is not None:
        _count_remedies(remedies, year, form, out)
    if form.id == "2021":
        if documents is not None:
            _count_documents(documents, year, out, [k for k in DOCUMENTS if k in kinds], unlisted or {})
        if decisions is not None:
            _count_decisions(decisions, year, out, [k for k in DECISIONS if k in kinds])
        if charges is not None:
            _count_charges(charges, year, out)
    given = entered or {}
    _enter(out, {c: figure for c, figure in given.items() if c not in out._parts}, form)
    if remedies is None:
        _sum_entered_remedies(form, out)
    _sum_up(out)
    _enter(out, {c: figure for c, figure in given.items() if c in out._parts}, form)
    order = {cell_id: n for n, cell_id in enumerate(edition(form.id).cell_ids)}
    out.cells = dict(sorted(out.cells.items(), key=lambda pair: order[pair[0]]))
    return out
