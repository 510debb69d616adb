"""Reports for the tests of this folder: a quiet year of a county department, and anything a form can hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section

QUIET_OVERVIEW = (
    "（一）主动公开方面",
    "2024年，本局在县政府门户网站发布政府信息66条：政务公开9条，人事信息5条，财政信息2条，机构信息4条，"
    "部门动态与法治宣传17条，行政执法公示11条，行政复议信息18条。",
    "（二）依申请公开方面",
    "渠道保持畅通，设专人值守。全年没有收到政府信息公开申请，也没有因此被申请行政复议或者被起诉。",
    "（三）政府信息管理方面",
    "公开前先审查，一事一审；文字、政策、政治、保密四个方面逐项签字，审查记录随件存档。",
    "（四）平台建设方面",
    "指定专人维护县政府门户网站上的本局栏目，每月核对一次链接和附件。",
    "（五）监督保障方面",
    "主要负责人总负责，办公室具体承办，各股室配合；全年开展两次培训。",
    "（六）政务公开方面",
    "设“法治宣传”“行政执法信息公示”“行政复议”三个专栏，定期自查，发现的问题当月改正。",
)


def quiet_report() -> AnnualReport:
    """The figures of the founding report (all zero but two penalties, 66 items) with prose of our own."""
    form = edition("2021")
    cells = {cell_id: Cell(0, "0") for cell_id in form.cell_ids}
    cells["t2.penalties"] = Cell(2, "2")
    prose = {
        "overview": QUIET_OVERVIEW,
        "problems": (
            "主要问题有两个：一是承办人员兼职，力量不足；二是专业培训不够，对新规定理解不深。",
            "改进措施：1.配齐专职人员。2.每季度组织一次业务学习，把政策解读列为必修内容。",
        ),
        "other": ("本年度没有收取信息处理费。",),
    }
    sections = [
        Section(h.key, h.title, h.ordinal, [Paragraph(t) for t in prose.get(h.key, ())])
        for h in form.headings
    ]
    return AnnualReport(
        agency="湘潭县司法局",
        year=2024,
        edition="2021",
        title="湘潭县司法局2024年政府信息公开工作年度报告",
        preface=[
            Paragraph(
                "本报告依照《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号规定的格式编制。"
                "所列数据的统计期限为2024年1月1日至2024年12月31日。"
            )
        ],
        period=(date(2024, 1, 1), date(2024, 12, 31)),
        sections=sections,
        cells=cells,
        tables={"t2", "t3", "t4"},
    )


def what_counts(report: AnnualReport) -> dict[str, object]:
    """The report without where things were read: what must survive writing and reading."""
    return {
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "period": report.period,
        "preface": [p.text for p in report.preface],
        "sections": [(s.key, s.ordinal, s.title, [p.text for p in s.paragraphs]) for s in report.sections],
        "cells": {cell_id: _cell_counts(cell) for cell_id, cell in report.cells.items()},
        "tables": report.tables,
    }


def _cell_counts(cell: Cell) -> tuple[object, ...]:
    words = cell.raw.strip() if cell.kind in (CellKind.TEXT, CellKind.AMBIGUOUS) else ""
    return (cell.kind, cell.value, words)


AGENCIES = (
    "湘潭县司法局",
    "临江市人民政府办公室",
    "青石镇人民政府",
    "云岭县发展和改革局",
    "海东区市场监督管理局",
)
_HAN = "本局全年公开政府信息依法办理按照要求完成审查制度平台建设工作人员培训机关单位改进措施渠道畅通"
_ODD = "#$*@_\\<>[]{}&\"'~^|=+-/%:;,.!?()`“”‘’《》〈〉—…·①②ⅢαβA1z9"


def _sentence(odd: str) -> st.SearchStrategy[str]:
    body = st.text(alphabet=st.sampled_from(_HAN + odd), min_size=0, max_size=60)
    return st.builds(lambda first, rest: f"{first}{rest}。", st.sampled_from(_HAN), body)


_AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def _cells(unit: str = "") -> st.SearchStrategy[Cell]:
    """Cells of one place; `unit` is what may stand behind an amount there: 万元 for charges, 元 for purchases."""
    figures = st.one_of(st.just(0), st.integers(0, 60), st.integers(0, 99_999), st.integers(-40, 10**9))
    kinds = [
        figures.map(lambda n: Cell(n, str(n))),
        figures.map(lambda n: Cell(n, str(n))),
        st.just(Cell(None, "", kind=CellKind.BLANK)),
        st.sampled_from("/-—").map(lambda raw: Cell(None, raw, kind=CellKind.DASH)),
    ]
    if unit:
        kinds.append(_AMOUNTS.map(_amount))
        kinds.append(_AMOUNTS.map(lambda d: Cell(_amount(d).value, number_text(d) + unit)))
    return st.one_of(kinds)


def _amount(value: Decimal) -> Cell:
    exact = int(value) if value == value.to_integral_value() else value.normalize()
    return Cell(exact, number_text(value))


@st.composite
def reports(draw: st.DrawFn, odd: str = _ODD) -> AnnualReport:
    """Any report a form can hold: both editions, a merged （六）, blanks, strokes, fractions, odd characters."""
    year = draw(st.integers(2019, 2026))
    form = edition("2019" if year < 2021 else "2021")
    agency = draw(st.sampled_from(AGENCIES))
    ids = list(form.cell_ids)
    if form.id == "2021" and draw(st.booleans()):
        ids = [i for i in ids if not i.startswith("t3.other_")]
        ids += [f"t3.other_all.{c}" for c in COLUMNS]
    plain_cells, units = _cells(), {"t2.fees_10k_yuan": _cells("万元"), "t2.procurement.amount": _cells("元")}
    cells = {}
    for cell_id in ids:
        cells[cell_id] = draw(units.get(cell_id, plain_cells))
    prose = st.lists(_sentence(odd), max_size=4)
    sections = []
    for heading in form.headings:
        lines = draw(prose) if heading.key in ("overview", "problems", "other") else []
        sections.append(
            Section(heading.key, heading.title, heading.ordinal, [Paragraph(line) for line in lines])
        )
    return AnnualReport(
        agency=agency,
        year=year,
        edition=form.id,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        preface=[
            Paragraph(f"现公布本年度报告，所列数据的统计期限为{year}年1月1日至{year}年12月31日。"),
            *(Paragraph(line) for line in draw(st.lists(_sentence(odd), max_size=2))),
        ],
        period=(date(year, 1, 1), date(year, 12, 31)),
        sections=sections,
        cells=cells,
        tables={"t2", "t3", "t4"},
    )
