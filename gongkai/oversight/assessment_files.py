"""考核结果 as .xlsx and, in the official format (GB/T 9704), as .docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gongkai.statute.ooxml import plain, settle

from .assessment_points import Indicator
from .assessment_queries import Standing
from .assessment_queries import plain as number
from .message_files import Cell, fill_sheet
from .models import AssessmentScheme
from .sheet_files import FORMS, table_of

__all__ = ["FORMS", "result_file", "title_of"]


def title_of(scheme: AssessmentScheme) -> str:
    """What the table is called."""
    draft = "" if scheme.state == AssessmentScheme.State.FINAL else "（未公布）"
    return f"{scheme.agency.name}{scheme.year}年政府信息公开工作考核结果{draft}"


def result_file(
    scheme: AssessmentScheme, indicators: Sequence[Indicator], lines: Sequence[Standing], ending: str
) -> bytes:
    """The results as a file. KeyError for an unknown ending."""
    return {"docx": _as_docx, "xlsx": _as_xlsx}[ending](scheme, indicators, lines)


def _as_xlsx(scheme: AssessmentScheme, indicators: Sequence[Indicator], lines: Sequence[Standing]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large

    book, title = Workbook(), title_of(scheme)
    rows: list[list[Cell]] = []
    for one in lines:
        points = [float(one.points[i.serial]) if i.serial in one.points else "—" for i in indicators]
        rows.append([one.place or "—", one.agency.name, *points, float(one.total)])
    heads = ["名次", "机关", *(f"{i.serial}. {i.name}（{i.points}分）" for i in indicators), "总分"]
    first = book.worksheets[0]
    first.title = "得分"
    fill_sheet(first, title, heads, rows)
    rules: list[list[Cell]] = [[i.serial, i.name, i.points, i.says] for i in indicators]
    fill_sheet(book.create_sheet("指标"), title, ["序号", "指标", "满分", "怎样计分"], rules)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)


def _as_docx(scheme: AssessmentScheme, indicators: Sequence[Indicator], lines: Sequence[Standing]) -> bytes:
    from gongkai.statute.report.writers.docx import official_document  # noqa: PLC0415 - its library is large

    book: Any = official_document()
    book.add_paragraph(title_of(scheme), style="Title")
    book.add_paragraph(plain(opening(scheme, indicators, lines)))
    book.add_paragraph("一、总分", style="Heading 1")
    totals = [(str(one.place or "—"), one.agency.name, number(one.total)) for one in lines]
    table_of(book, ("名次", "机关", "总分"), totals, (20, 100, 36))
    book.add_paragraph("二、各指标得分", style="Heading 1")
    for i in indicators:
        book.add_paragraph(plain(f"{i.serial}. {i.name}（{i.points}分）：{i.says}。"))
        scored = [
            (one.agency.name, number(one.points[i.serial]) if i.serial in one.points else "—")
            for one in lines
        ]
        table_of(book, ("机关", "得分"), scored, (120, 36))
    book.add_paragraph(f"{scheme.agency.name}（盖章）", style="落款")
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title_of(scheme))


def opening(scheme: AssessmentScheme, indicators: Sequence[Indicator], lines: Sequence[Standing]) -> str:
    """The first paragraph."""
    day = scheme.cut_off
    cut = f"{day.year}年{day.month}月{day.day}日" if day else "还没有统计"
    return (
        f"按照《中华人民共和国政府信息公开条例》第四十六条，对{len(lines)}个机关{scheme.year}年的政府信息公开工作进行了考核，"
        f"共{len(indicators)}项指标，满分100分，统计截止{cut}。"
    )
