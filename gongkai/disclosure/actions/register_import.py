"""导入台账: a sheet is kept and checked, shown, then written whole or only its good rows; taken back again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting, require
from gongkai.files.actions.adding import add_file, examine
from gongkai.files.models import StoredFile
from gongkai.files.queries import content_of

from ..models import RegisterEntry, RegisterImport
from ..registers.kinds import REGISTERS
from ..registers.sheet import LOT, Line, lines_of
from .base import CannotDo

Step = RegisterImport.Step
ENDINGS = ("xlsx", "csv")
SHOWN = 200
"""Rows to be mended that are kept to be shown."""
_SAMPLE = 5
_MEANWHILE = "导入的时候台账有了变动，这次没有写入。请看过新的检查结果，再导入一次。"


def begin(
    agency: Agency, kind: str, upload: UploadedFile[Any], *, by: Actor, confirmed: bool = False
) -> RegisterImport:
    """Keep a sheet as a private file and check every row; no entry is written. For the clerk and the OGI head.

    Raises `NotAllowed`, `NotTaken` as every upload does, `UnreadableLedger` for a file that is no such sheet.
    """
    require(by, "disclosure.registers", agency)
    if (upload.name or "").rpartition(".")[2].lower() not in ENDINGS:
        raise CannotDo("请选择 .xlsx 或者 .csv 文件；旧版 .xls 请先用 WPS 或者 Excel 另存为 .xlsx。")
    judged = examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    made = RegisterImport(agency=agency, kind=kind, person=by.somebody, begun_at=timezone.now())
    upload.seek(0)
    _check(made, upload, by)
    with acting(by, "disclosure.registers", agency, register=kind, step="上传") as doing:
        made.file = add_file(by=by, agency=agency, upload=judged)
        made.save()
        StoredFile.objects.filter(pk=made.file.pk).update(
            owner_kind=RegisterImport._meta.label_lower, owner_id=str(made.pk)
        )
        doing.target = made
    return made


def _check(made: RegisterImport, file: IO[bytes], by: Actor) -> None:
    """Put on the import what every row is; the words of its subjects are not kept a second time."""
    counted = {"good": 0, "there": 0, "wrong": 0}
    problems: list[list[Any]] = []
    sample: list[dict[str, str]] = []
    years: dict[str, int] = {}
    for line in lines_of(made.agency, REGISTERS[made.kind], file, by.day):
        state = "wrong" if line.problems else "there" if line.there else "good"
        counted[state] += 1
        if line.problems and len(problems) < SHOWN:
            problems.append([line.row, line.problems])
        if state == "good":
            year = str(line.values["day"].year)
            years[year] = years.get(year, 0) + 1
            if len(sample) < _SAMPLE:
                sample.append({k: v for k, v in line.texts.items() if k != "subject"})
    made.counted, made.problems, made.sample = (
        {**counted, "years": [list(one) for one in sorted(years.items())]},
        problems,
        sample,
    )


def confirm(made: RegisterImport, *, only_good: bool, by: Actor) -> None:
    """Write the rows, all in one transaction: every one, or the good ones where the person says so. What stands there
    already is not written again. Raises `NotAllowed`, `CannotDo`; what then stands is the new check."""
    failed = ""
    try:
        with acting(by, "disclosure.registers", made, register=made.kind, step="导入") as doing:
            now = _locked(made, Step.READY)
            before = now.counted["wrong"]
            with _on_disk(now) as file:
                _check(now, file, by)
                if now.counted["wrong"] and (not only_good or now.counted["wrong"] != before):
                    raise CannotDo("还有要改的行。请改好表格重新上传，或者选择只导入没有问题的行。")
                if not now.counted["good"]:
                    raise CannotDo("没有可以导入的行。")
                now.imported = _write(now, file, by)
            now.step, now.ended_at, now.sample = Step.DONE, timezone.now(), []
            doing.detail |= {"count": now.imported, "file": now.file.digest}
            now.save()
    except IntegrityError:
        failed = _MEANWHILE
    made.refresh_from_db()
    if failed:
        raise CannotDo(failed)


def _write(made: RegisterImport, file: IO[bytes], by: Actor) -> int:
    at, count = timezone.now(), 0
    lot: list[RegisterEntry] = []
    for line in lines_of(made.agency, REGISTERS[made.kind], file, by.day):
        if line.problems or line.there:
            continue
        lot.append(_entry(made, line, by, at))
        if len(lot) == LOT:
            count += len(RegisterEntry.objects.bulk_create(lot))
            lot = []
    return count + len(RegisterEntry.objects.bulk_create(lot))


def _entry(made: RegisterImport, line: Line, by: Actor, at: Any) -> RegisterEntry:
    return RegisterEntry(
        agency=made.agency, kind=made.kind, source=made, entered_by=by.name, entered_at=at, **line.values
    )


def give_up(made: RegisterImport, *, by: Actor) -> None:
    """Give the import up: nothing was written, the file stays until somebody deletes it."""
    with acting(by, "disclosure.registers", made, register=made.kind, step="放弃"):
        now = _locked(made, Step.READY)
        now.step, now.ended_at, now.sample = Step.DROPPED, timezone.now(), []
        now.save()
    made.refresh_from_db()


def undo(made: RegisterImport, *, by: Actor) -> None:
    """Take all entries of an import out again, while none of them has an item. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, "disclosure.registers", made, register=made.kind, step="撤销") as doing:
        now = _locked(made, Step.DONE)
        if now.entries.filter(item__isnull=False).exists():
            raise CannotDo("这次导入里已经有条目起草了公开信息，不能整批撤销。请把不要的条目逐条作废。")
        doing.detail["count"], _ = now.entries.all().delete()
        now.step, now.ended_at = Step.UNDONE, timezone.now()
        now.save()
    made.refresh_from_db()


def _locked(made: RegisterImport, step: str) -> RegisterImport:
    rows = RegisterImport.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "file", "agency"
    )
    now = rows.get(pk=made.pk)
    if now.step != step:
        raise CannotDo("这次导入已经走到别的一步，请看页面上现在的内容。")
    return now


@contextmanager
def _on_disk(made: RegisterImport) -> Iterator[IO[bytes]]:
    """The kept file, deciphered, until the block ends."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        for piece in content_of(made.file):
            file.write(piece)
        file.seek(0)
        yield file
