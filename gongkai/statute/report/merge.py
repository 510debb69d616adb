"""Many reports → one, cell by cell, keeping whose number each part is (aggregate reports, law: art. 49, 50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .editions import COLUMNS, Edition, edition, row_label
from .model import AnnualReport, Cell, Number, Paragraph, Section

_OTHERS = ("other_no_correction", "other_no_fee", "other_other")


class CannotMerge(ValueError):
    """Reports that do not add up to one; `problems` says for each what to mend first."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's share of a cell; `derived` where the agency left a total blank and its parts were added."""

    agency: str
    value: Number
    derived: bool = False


@dataclass(slots=True)
class Merged:
    """The aggregate report and, for each cell, whose number is whose."""

    report: AnnualReport
    parts: dict[str, list[Part]] = field(default_factory=dict)


def _problems(reports: Sequence[AnnualReport]) -> list[str]:
    problems = []
    names = [r.agency or r.source for r in reports]
    for name in sorted({n for n in names if names.count(n) > 1}):
        problems.append(f"“{name}”的报告出现了不止一份，请只保留一份")
    for what, label in (
        (sorted({str(r.year) for r in reports}), "年度"),
        (sorted({r.edition for r in reports}), "格式"),
    ):
        if len(what) > 1:
            problems.append(f"各份报告的{label}不同（{'、'.join(what)}），不同{label}的数字不能相加")
    for report, name in zip(reports, names, strict=True):
        bad = [row_label(report.edition, i) for i, cell in report.cells.items() if not cell.judgeable]
        if bad:
            problems.append(
                f"“{name}”的{'、'.join(bad[:5])}{'等' if len(bad) > 5 else ''}不是确定的数字，请先更正"
            )
    return problems


def _share(report: AnnualReport, cell_id: str, form: Edition) -> Part | None:
    cell = report.cells.get(cell_id)
    if cell is None:
        return None
    if cell.value is not None or not cell_id.endswith(".total"):
        return Part(report.agency, cell.counted)
    siblings = _row_of(cell_id, form)
    value = sum(report.cells[s].counted for s in siblings if s in report.cells)
    return Part(report.agency, value, derived=value != 0)


def _row_of(total_id: str, form: Edition) -> tuple[str, ...]:
    table, slug, _ = total_id.split(".")
    if table == "t3":
        return tuple(f"t3.{slug}.{column}" for column in COLUMNS[:-1])
    return next(group.cells[:-1] for group in form.groups4 if group.slug == slug)


def _fold_others(report: AnnualReport, column: str) -> Part | None:
    """A report with three rows under （六）, seen as the one row another report has."""
    if f"t3.other_all.{column}" in report.cells:
        return None
    cells = [report.cells[f"t3.{s}.{column}"] for s in _OTHERS if f"t3.{s}.{column}" in report.cells]
    return Part(report.agency, sum(cell.counted for cell in cells)) if cells else None


def _cell_ids(form: Edition, one_row: bool) -> list[str]:
    ids = list(form.cell_ids)
    if not one_row or form.id != "2021":
        return ids
    at = ids.index("t3.other_no_correction.natural")
    kept = [i for i in ids if i.split(".")[1] not in _OTHERS]
    return kept[:at] + [f"t3.other_all.{column}" for column in COLUMNS] + kept[at:]


def merge(reports: Sequence[AnnualReport], agency: str, title: str = "") -> Merged:
    """Add reports of one year and one form. Blank counts 0; a blank total is the sum of its parts; where any
    report has （六）其他处理 as one row, all are added in one row, since three cannot be made of one.

    Raises `CannotMerge` when years, forms or agencies clash or a cell is no certain figure.
    """
    if not reports:
        raise CannotMerge(["没有可以合并的报告"])
    problems = _problems(reports)
    if problems:
        raise CannotMerge(problems)
    form, year = edition(reports[0].edition), reports[0].year
    one_row = any(report.merged_other for report in reports)
    out = AnnualReport(agency=agency, year=year, edition=form.id)
    out.title = title or form.title.format(agency=agency, year=year if year else "")
    out.sections = _headings(form, reports)
    merged = Merged(out)
    for cell_id in _cell_ids(form, one_row):
        parts = [p for report in reports if (p := _part(report, cell_id, form)) is not None]
        if not parts:
            continue
        total = sum(p.value for p in parts)
        out.cells[cell_id] = Cell(total, str(total), note=f"由{len(parts)}份报告相加")
        merged.parts[cell_id] = parts
        out.tables.add(cell_id[:2])
    out.notes = _notes(reports, merged, one_row)
    return merged


def _headings(form: Edition, reports: Sequence[AnnualReport]) -> list[Section]:
    """The six parts, the prose left to be written; part one says whose figures these are."""
    names = "、".join(report.agency or report.source for report in reports)
    scope = Paragraph(f"本报告的数据由{len(reports)}个单位的年度报告逐格相加：{names}。")
    return [Section(h.key, h.title, h.ordinal, [scope] if h.key == "overview" else []) for h in form.headings]


def _part(report: AnnualReport, cell_id: str, form: Edition) -> Part | None:
    if cell_id.startswith("t3.other_all."):
        folded = _fold_others(report, cell_id.rsplit(".", 1)[1])
        if folded is not None:
            return folded
    return _share(report, cell_id, form)


def _notes(reports: Sequence[AnnualReport], merged: Merged, one_row: bool) -> list[str]:
    notes = []
    if one_row and merged.report.edition == "2021":
        notes.append("有报告将（六）其他处理合为一行，汇总时一并合为一行。")
    for report in reports:
        absent = [i for i in merged.parts if _part(report, i, edition(report.edition)) is None]
        if absent:
            notes.append(f"“{report.agency}”缺少{len(absent)}格，按没有计入汇总。")
    derived = {p.agency for parts in merged.parts.values() for p in parts if p.derived}
    notes += [f"“{name}”有总计未填，按各列相加计入。" for name in sorted(derived)]
    return notes
