"""What is asked about imports of old ledgers."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import LedgerImport, LedgerLine

__all__ = ["LedgerImport", "NoImport", "done_before", "import_of", "imports_of", "wrong_lines"]
NoImport = LedgerImport.DoesNotExist
"""There is no such import in this agency."""


def imports_of(agency: Agency) -> QuerySet[LedgerImport]:
    """The agency's imports, the newest first."""
    return LedgerImport.objects.filter(agency=agency).select_related("file", "person")


def import_of(agency: Agency, pk: int) -> LedgerImport:
    """One of them; raises `NoImport`."""
    return LedgerImport.objects.select_related("file", "person", "agency").get(agency=agency, pk=pk)


def done_before(ledger: LedgerImport) -> LedgerImport | None:
    """The import of the very same file that was done before; None where there was none."""
    same = imports_of(ledger.agency).filter(file__digest=ledger.file.digest, step=LedgerImport.Step.DONE)
    return same.exclude(pk=ledger.pk).first()


def wrong_lines(ledger: LedgerImport) -> QuerySet[LedgerLine]:
    """The rows that have to be mended, in the order of the file."""
    return ledger.lines.filter(wrong=True).order_by("row")
