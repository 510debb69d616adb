"""The year's ledger: the twelve columns of annex 3 from the requests of the year, 无 when there was none."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from gongkai.statute.records import RequestRecord

from .models import ReportYear

COLUMNS = (
    "序号",
    "申请人",
    "申请渠道",
    "申请时间",
    "申请内容",
    "依申请公开编号",
    "申请单位",
    "答复时间",
    "处理状态",
    "信息获取方式",
    "发布状态",
    "办理结果",
)


def ledger_name(work: ReportYear) -> str:
    """The file name of the year's ledger."""
    return f"{ledger_title(work)}.xlsx"


def ledger_title(work: ReportYear) -> str:
    """The title printed over the ledger."""
    return f"{work.agency.name}{work.year}年依申请公开工作台账"


def ledger_rows(requests: Sequence[RequestRecord]) -> list[list[str]]:
    """The rows of the ledger, twelve texts each; one row with 无 when there was no request."""
    if not requests:
        return [["1", "无", *[""] * 10]]
    return [
        [
            str(n),
            r.applicant,
            r.channel,
            str(r.submitted_on or ""),
            r.content,
            r.number,
            r.agency,
            str(r.closed_on or ""),
            r.state,
            r.obtain,
            r.publication,
            r.result,
        ]
        for n, r in enumerate(requests, start=1)
    ]


def ledger_xlsx(work: ReportYear, requests: Sequence[RequestRecord]) -> bytes:
    """The ledger as .xlsx."""
    book = Workbook()
    sheet = book.active
    sheet.append([ledger_title(work)])
    sheet.append(COLUMNS)
    for row in ledger_rows(requests):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
