"""What the tick does for old ledgers: reads and writes the long ones, and goes on with what was interrupted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.tasks.jobs import register

from .actions.begin import CannotImport
from .actions.reading import read
from .actions.writing import write
from .models import LedgerImport

SMALL = 60 * 1024
"""Bytes of a file that is read and written while the person waits; a longer one is left to the worker."""
FEW = 500
"""Rows that are written while the person waits."""


def go_on(now: datetime) -> str:
    """Read and write what waits for it; the person who began it is written down as whose act it is. One that fails
    holds up no other, and is tried again with the next tick."""
    waiting = LedgerImport.objects.filter(step__in=(LedgerImport.Step.READING, LedgerImport.Step.WRITING))
    done, failed = 0, list[Exception]()
    for ledger in waiting.select_related("agency", "file", "person").order_by("pk"):
        by = Actor.system(timezone.localtime(now).date(), f"导入旧台账（{ledger.person.name}确认）")
        try:
            (read if ledger.step == LedgerImport.Step.READING else write)(ledger, by=by)
        except CannotImport:
            continue  # Somebody went on with it, or gave it up, while it was read.
        except Exception as error:  # Said below, once the others had their turn.
            failed.append(error)
            continue
        done += 1
    if failed:
        raise failed[0]
    return f"处理了 {done} 份旧台账" if done else ""


def register_work() -> None:
    """Say so to the tick."""
    register("ledger-imports", label="导入旧台账", every=timedelta(minutes=1), run=go_on)
