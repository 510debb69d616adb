"""导入旧台账, the end: the good rows become cases, all in one transaction."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.past_cases import take_back, take_over
from gongkai.inforequests.queries import InfoRequest
from gongkai.inforequests.searching import index_requests

from ..checking import Checked
from ..models import LedgerImport, LedgerLine
from .begin import CannotImport, Step, locked
from .reading import LOT, check

_INDEXED = 100
_MEANWHILE = "导入的时候有人登记了同样的编号，这次没有写入。请看过下面的检查结果，再导入一次。"


def confirm(ledger: LedgerImport, *, only_good: bool, by: Actor) -> None:
    """Have the rows written: all of them, or only the good ones where the person says so. Raises `CannotImport` where
    rows are wrong and nobody said so, or where nothing is left to be imported."""
    with acting(by, "ledger.import", ledger, step="确认", only_good=only_good):
        now = locked(ledger, Step.READY)
        check(now, by.day)
        if not now.counted["good"]:
            raise CannotImport("没有可以导入的行。")
        if now.counted["wrong"] and not only_good:
            raise CannotImport("还有要改的行。请改好表格重新上传，或者选择只导入没有问题的行。")
        now.step, now.only_good, now.problem, now.person = Step.WRITING, only_good, "", by.somebody
        now.save()
    ledger.refresh_from_db()


def write(ledger: LedgerImport, *, by: Actor) -> None:
    """Make cases of the good rows, all or none of them; what is interrupted has written nothing and is begun anew. The
    rows' words are let go once they are cases; rows that were wrong stay to be read."""
    try:
        with acting(by, "ledger.import", ledger, step="导入") as doing:
            now = locked(ledger, Step.WRITING)
            check(now, by.day)
            if now.counted["wrong"] and not now.only_good:
                now.step, now.problem = Step.READY, _MEANWHILE
            else:
                now.imported = _write(now, by)
                now.step, now.ended_at, now.sample = Step.DONE, timezone.now(), []
                doing.detail |= {"count": now.imported, "file": now.file.digest}
            now.save()
    except IntegrityError:
        with acting(by, "ledger.import", ledger, step="退回"):
            now = locked(ledger, Step.WRITING)
            now.step, now.problem = Step.READY, _MEANWHILE
            check(now, by.day)
            now.save()
    ledger.refresh_from_db()
    if ledger.step == Step.DONE:
        _index(ledger)


def undo(ledger: LedgerImport, *, by: Actor) -> None:
    """Take all cases of an import out again, while nobody has gone on with any of them; the file stays. Raises
    `CannotImport` once somebody has."""
    try:
        with acting(by, "ledger.import", ledger, step="撤销") as doing:
            now = locked(ledger, Step.DONE)
            doing.detail["count"] = take_back(InfoRequest.objects.filter(ledger_lines__ledger=now))
            now.lines.all().delete()
            now.step, now.ended_at = Step.UNDONE, timezone.now()
            now.save()
    except CannotDo as error:
        raise CannotImport(str(error)) from error
    ledger.refresh_from_db()


def _write(ledger: LedgerImport, by: Actor) -> int:
    source, count, last = f"来自《{ledger.file.name}》", 0, 0
    good = ledger.lines.filter(wrong=False, standing__isnull=True).order_by("row")
    while lot := list(good.filter(row__gt=last)[:LOT]):
        cases = [Checked(line.texts, ledger.answers, by.day).case for line in lot]
        whole = [case for case in cases if case is not None]
        if len(whole) != len(lot):
            raise CannotImport(_MEANWHILE)
        made = [case for part in take_over(ledger.agency, whole, by=by, source=source) for case in part]
        # Made anew without their words: much quicker than to change five hundred rows each in its own way.
        LedgerLine.objects.filter(pk__in=[line.pk for line in lot]).delete()
        LedgerLine.objects.bulk_create(
            LedgerLine(ledger=ledger, row=line.row, number=line.number, request=request)
            for line, request in zip(lot, made, strict=True)
        )
        count, last = count + len(lot), lot[-1].row
    return count


def _index(ledger: LedgerImport) -> None:
    """Let the new cases be found, in small transactions; hourly the platform looks after what is missing."""
    last = 0
    mine = InfoRequest.objects.filter(ledger_lines__ledger=ledger).select_related("agency").order_by("pk")
    while lot := list(mine.filter(pk__gt=last)[:_INDEXED]):
        index_requests(lot)
        last = lot[-1].pk
