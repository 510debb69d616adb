"""A workbook of a whole county, made with nothing but the spreadsheet library, as a clerk would fill it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

AGENCY_HEADS = ("机构代码", "全称", "网址代号", "层级", "主管部门", "邮政编码", "电话", "行政复议机关")
SECTION_HEADS = ("机构代码", "股室名称", "顺序")
PEOPLE_HEADS = ("用户名", "姓名", "手机", "电子邮箱", "机构代码", "股室", "岗位")
Rows = Sequence[Sequence[Any]]


def workbook(**sheets: tuple[Sequence[str], Rows]) -> bytes:
    """The bytes of a workbook with these sheets: heads and rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (heads, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(heads))
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def county(agencies: int = 40, people: int = 300) -> dict[str, list[list[Any]]]:
    """The rows of a county: a government, departments below it with two sections each, people spread over them."""
    organs: list[list[Any]] = [
        ["X000", "某某县人民政府", "mmx", "人民政府", "", "411200", "0731-55550000", "某某市人民政府"]
    ]
    organs += [
        [
            f"X{n:03d}",
            f"某某县第{n}局",
            f"mmx-{n}",
            "政府部门",
            "X000",
            411200,
            f"0731-5555{n:04d}",
            "某某县人民政府",
        ]
        for n in range(1, agencies)
    ]
    sections = [[row[0], name, order] for row in organs for order, name in ((1, "办公室"), (2, "法治股"))]
    kinds = (
        ("经办员", ""),
        ("公开机构负责人", ""),
        ("股室起草人", "法治股"),
        ("股室负责人", "法治股"),
        ("分管领导", ""),
        ("主要负责人", ""),
        ("保密审查员", ""),
        ("政策审查员", ""),
    )
    staff = [
        [
            f"user{n:03d}",
            f"人员{n}",
            13800000000 + n,
            f"u{n}@example.gov.cn",
            organs[n % agencies][0],
            kinds[n // agencies % len(kinds)][1],
            kinds[n // agencies % len(kinds)][0],
        ]
        for n in range(people)
    ]
    return {"机关": organs, "股室": sections, "人员与岗位": staff}


def packed(rows: dict[str, list[list[Any]]]) -> bytes:
    """The workbook of such rows."""
    heads = {"机关": AGENCY_HEADS, "股室": SECTION_HEADS, "人员与岗位": PEOPLE_HEADS}
    return workbook(**{name: (heads[name], filled) for name, filled in rows.items()})
