"""The year's ledger (annex 3): the twelve columns, from the requests the report is counted from."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.agencies.names import name_in_year
from gongkai.statute.ledger import columns, rows
from gongkai.statute.records import RequestRecord

from .models import ReportYear

LABELS = columns.LABELS
NOTE = columns.NOTE


def ledger_title(work: ReportYear) -> str:
    """The title printed over the ledger."""
    return columns.title(name_in_year(work.agency, work.year), work.year)


def ledger_rows(requests: Sequence[RequestRecord]) -> list[rows.LedgerRow]:
    """The rows for the office's own use, with names; 无 when there was no request."""
    return rows.rows(requests)


def ledger_name(work: ReportYear, *, public: bool) -> str:
    """The file name of the year's ledger; the copy for publication says so."""
    return f"{ledger_title(work)}{'（公开用）' if public else ''}.xlsx"


def ledger_xlsx(work: ReportYear, requests: Sequence[RequestRecord], *, public: bool) -> bytes:
    """The ledger as .xlsx; the copy for publication names nobody (个人信息保护法 25)."""
    from gongkai.statute.ledger import xlsx  # noqa: PLC0415 - its library is large, and few processes need it

    shown = rows.public_rows(requests) if public else rows.rows(requests)
    return xlsx.to_xlsx(name_in_year(work.agency, work.year), work.year, shown)
