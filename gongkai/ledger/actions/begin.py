"""导入旧台账, the beginning: the file is kept, its columns are matched, or the whole is given up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting, require
from gongkai.files.actions.adding import add_file, examine
from gongkai.files.models import StoredFile
from gongkai.files.queries import content_of

from ..heads import FIELDS, Look, faults, look
from ..models import LedgerImport

Step = LedgerImport.Step
ENDINGS = ("xlsx", "csv")
_OPEN = (Step.COLUMNS, Step.READING, Step.QUESTIONS, Step.READY)


class CannotImport(ValueError):
    """The step cannot be taken; the message says in Chinese what to do instead."""


def begin(agency: Agency, upload: UploadedFile[Any], *, by: Actor, confirmed: bool = False) -> LedgerImport:
    """Keep an old ledger as a private file, and look which column is which; the clerk's act. Nothing else is written.

    Raises `NotTaken` as every upload does, `UnreadableLedger` for a file that is no table.
    """
    require(by, "ledger.import", agency)
    if (upload.name or "").rpartition(".")[2].lower() not in ENDINGS:
        raise CannotImport("请选择 .xlsx 或者 .csv 文件；旧版 .xls 请先用 WPS 或者 Excel 另存为 .xlsx。")
    judged = examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    upload.seek(0)
    seen = look(upload)
    with acting(by, "ledger.import", agency, step="上传") as doing:
        file = add_file(by=by, agency=agency, upload=judged)
        ledger = LedgerImport(agency=agency, file=file, person=by.somebody, begun_at=timezone.now())
        _remember(ledger, seen)
        ledger.save()
        StoredFile.objects.filter(pk=file.pk).update(
            owner_kind=LedgerImport._meta.label_lower, owner_id=str(ledger.pk)
        )
        doing.target = ledger
    return ledger


def _remember(ledger: LedgerImport, seen: Look) -> None:
    ledger.sheets, ledger.sheet, ledger.head_row = seen.sheets[:50], seen.sheet[:100], seen.head_row
    ledger.heads, ledger.sample, ledger.columns = seen.heads, seen.sample, seen.columns


@contextmanager
def content_on_disk(ledger: LedgerImport) -> Iterator[IO[bytes]]:
    """The kept file, deciphered, until the block ends."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        for piece in content_of(ledger.file):
            file.write(piece)
        file.seek(0)
        yield file


def locked(ledger: LedgerImport, *steps: str) -> LedgerImport:
    """The import as it stands now, locked; raises `CannotImport` when it has gone on meanwhile."""
    found = LedgerImport.objects.select_for_update(no_key=True, of=("self",)).select_related("file", "agency")
    now = found.get(pk=ledger.pk)
    if now.step not in steps:
        raise CannotImport("这次导入已经走到别的一步，请看页面上现在的内容。")
    return now


def change_sheet(ledger: LedgerImport, sheet: str, *, by: Actor) -> None:
    """Look into another sheet of the file."""
    if sheet not in ledger.sheets:
        raise CannotImport("请选择文件里有的工作表。")
    with content_on_disk(ledger) as file:
        seen = look(file, sheet)
    with acting(by, "ledger.import", ledger, step="换工作表"):
        now = locked(ledger, Step.COLUMNS)
        _remember(now, seen)
        now.save()


def choose(ledger: LedgerImport, columns: Mapping[str, str], *, by: Actor) -> None:
    """Say which column is which; the rows are read next. Raises `CannotImport` where one that is needed is missing."""
    chosen = {place: slug for place, slug in columns.items() if slug in FIELDS}
    if wrong := faults(chosen):
        raise CannotImport("".join(wrong))
    with acting(by, "ledger.import", ledger, step="对照栏目"):
        now = locked(ledger, Step.COLUMNS)
        now.columns, now.step, now.done, now.problem = chosen, Step.READING, 0, ""
        now.lines.all().delete()
        now.save()


def again(ledger: LedgerImport, *, by: Actor) -> None:
    """Back to the columns: what was read so far is let go."""
    with acting(by, "ledger.import", ledger, step="重新对照栏目"):
        now = locked(ledger, Step.QUESTIONS, Step.READY)
        now.step, now.answers, now.questions, now.counted = Step.COLUMNS, {}, [], {}
        now.lines.all().delete()
        now.save()


def give_up(ledger: LedgerImport, *, by: Actor) -> None:
    """Give the import up: the rows go, the file stays until somebody deletes it."""
    with acting(by, "ledger.import", ledger, step="放弃"):
        now = locked(ledger, *_OPEN)
        now.step, now.ended_at, now.sample = Step.DROPPED, timezone.now(), []
        now.lines.all().delete()
        now.save()
