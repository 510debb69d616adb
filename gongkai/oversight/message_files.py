"""留言和投诉统计表 as .xlsx: figures alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.statute.ooxml import plain, settle

from .message_counts import ENDED, KINDS, LABELS, Counts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float


def title_of(agency: Agency, year: int) -> str:
    """What the table is called."""
    return f"{agency.name}{year}年留言和投诉统计表"


def rows_by_month(counts: Counts) -> list[list[Cell]]:
    """Received by month and kind, with the sum."""
    rows: list[list[Cell]] = []
    for month in range(1, 13):
        line = [counts.months.get((month, kind), 0) for kind in KINDS]
        rows.append([f"{month}月", *line, sum(line)])
    return [*rows, ["合计", *(counts.of_kind(kind) for kind in KINDS), counts.received]]


def rows_by_end(counts: Counts) -> list[list[Cell]]:
    """What became of them, by kind, with the sum and the average."""
    rows: list[list[Cell]] = []
    for end, label in ENDED.items():
        line = [counts.ends.get((end, kind), 0) for kind in KINDS]
        rows.append([label, *line, sum(line)])
    averages: list[Cell] = [shown(counts.average(kind)) for kind in KINDS]
    return [
        *rows,
        ["合计", *(counts.of_kind(kind) for kind in KINDS), counts.received],
        ["答复平均用时（工作日）", *averages, shown(counts.average())],
    ]


def shown(value: float | None) -> Cell:
    """The average, or that there is none."""
    return "—" if value is None else value


def counts_file(agency: Agency, counts: Counts, below: Sequence[tuple[Agency, Counts]] = ()) -> bytes:
    """The tables as a file, with those of the agencies below where there are any."""
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large

    book, title = Workbook(), title_of(agency, counts.year)
    heads = [*(LABELS[kind] for kind in KINDS), "合计"]
    first = book.worksheets[0]
    first.title = "按月"
    fill_sheet(first, title, ["月份", *heads], rows_by_month(counts))
    fill_sheet(book.create_sheet("按结果"), title, ["结果", *heads], rows_by_end(counts))
    if below:
        rows: list[list[Cell]] = [
            [one.name, c.received, c.answered, c.in_time, c.late, c.ended("open"), shown(c.average())]
            for one, c in below
        ]
        names = ["机关", "收到", "已答复", "按期答复", "逾期答复", "还在办理", "平均用时（工作日）"]
        fill_sheet(book.create_sheet("下级机关"), title, names, rows)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)


def fill_sheet(sheet: Any, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A titled table with lines, ready to print on A4; text stays text whatever it begins with."""
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    last = get_column_letter(len(heads))
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.freeze_panes = "2:2", "A3"
    cell = sheet.cell(1, 1)
    cell.value, cell.data_type, cell.font = plain(title), "s", Font(name="方正小标宋简体", size=18)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = 36
    for n, line in enumerate([heads, *rows], 2):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(n, column)
            if isinstance(value, str):
                cell.value, cell.data_type = plain(value)[:32_000], "s"
            else:
                cell.value = value
            cell.border = box
            cell.font = Font(name="黑体" if n == 2 else "仿宋_GB2312", size=11)
            cell.alignment = Alignment(
                horizontal="left" if column == 1 and n > 2 else "center",
                vertical="center",
                wrap_text=True,
            )
    for column, head in enumerate(heads, 1):
        widest = max([len(head), *(min(40, len(str(row[column - 1]))) for row in rows)], default=8)
        sheet.column_dimensions[get_column_letter(column)].width = max(10, widest * 2)
