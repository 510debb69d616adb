"""A table as WordprocessingML: one w:tc a place, gridSpan and vMerge for the spans."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from .layout import INSET_MM, WIDTH_MM, Place, Role, Table

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TWIPS = 1440 / 25.4
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HEI = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:cs="黑体"/>'
_STYLE_POINTS = 10.5
_INSET = round(INSET_MM * _TWIPS)
_LONG_HEAD = 20


def _cover(table: Table) -> list[list[Place | None]]:
    """For each row and column the place that covers it."""
    grid: list[list[Place | None]] = [[None] * len(table.widths) for _ in range(table.row_count)]
    for place in table.places:
        for row in range(place.row, place.row + place.rows):
            for column in range(place.column, place.column + place.columns):
                grid[row][column] = place
    return grid


def _look(heavy: bool, points: float) -> str:
    """What differs from the style of table text."""
    size = f'<w:sz w:val="{int(points * 2)}"/>' if points != _STYLE_POINTS else ""
    inner = (_HEI if heavy else "") + size
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _cell(table: Table, place: Place, row: int, style: str, twips: list[int]) -> str:
    width = sum(twips[place.column : place.column + place.columns])
    span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
    merge = ""
    if place.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == place.row else "<w:vMerge/>"
    left = (place.role is Role.LABEL and table.key == "t3") or len(place.text) > _LONG_HEAD
    align = '<w:jc w:val="left"/>' if left else ""
    # The short tables two and four stay on one page: each row keeps with the next.
    keep = "<w:keepNext/>" if table.key in ("t2", "t4") and row + 1 < table.row_count else ""
    bold = place.role is Role.CAPTION or (place.role is Role.HEAD and len(place.text) <= _LONG_HEAD)
    run = ""
    if row == place.row and place.text:
        look = _look(bold, table.points_of(place))
        run = f'<w:r>{look}<w:t xml:space="preserve">{escape(place.text)}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{align}</w:pPr>{run}</w:p></w:tc>'
    )


def _row(table: Table, line: list[Place | None], row: int, style: str, twips: list[int]) -> str:
    head = "<w:tblHeader/>" if row < table.head_rows else ""
    cells, column = [], 0
    while column < len(line):
        place = line[column]
        if place is None:
            place = Place("", row, column)
        cells.append(_cell(table, place, row, style, twips))
        column = place.column + place.columns
    # Table three then stands on one page.
    height = 340 if table.key == "t3" else 454
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>'
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table_xml(table: Table, style: str, width_mm: float | None = None) -> str:
    """The w:tbl of a table, paragraphs in the style with this id. `width_mm` stretches it to another width."""
    scale = (width_mm or WIDTH_MM) / sum(table.widths)
    twips = [round(w * scale * _TWIPS) for w in table.widths]
    grid = "".join(f'<w:gridCol w:w="{t}"/>' for t in twips)
    rows = "".join(_row(table, line, n, style, twips) for n, line in enumerate(_cover(table)))
    return (
        f'<w:tbl {NS}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{_INSET}" w:type="dxa"/><w:right w:w="{_INSET}" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
