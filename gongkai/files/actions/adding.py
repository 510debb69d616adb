"""Take a file, or say in words why not."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.rights import ACTS, acting, require
from gongkai.audit.trail import record

from .. import store
from ..content.examine import Verdict, ending_of
from ..content.kinds import ALLOWED, BY_ENDING
from ..content.refusals import EMPTY, Marked, NotTaken
from ..examining import examine_apart
from ..models import StoredFile
from ..names import clean_name
from ..queries import files_of_owner, owner_key
from ..scanning import Infected, ScannerSilent, scan

__all__ = ["Examined", "Marked", "NeedsConfirming", "NotTaken", "add_file", "examine"]
_CHUNK = 64 * 1024
_SILENT = "病毒扫描程序没有答复，文件没有保存。请过几分钟再试；还是不行，请告诉系统管理员。"


class NeedsConfirming(NotTaken):
    """The file could not be searched in full for secrecy marks, and nobody has said yet that there are none."""

    def __init__(self, verdict: Verdict) -> None:
        gaps = "、".join(verdict.gaps)
        parts = ([f"未能检查密级标志：{gaps}"] if gaps else []) + verdict.doubts
        self.note = "；".join(parts)[:300]
        super().__init__(
            f"{self.note}。请人工确认：打开文件看一遍，没有国家秘密的，勾选“已确认没有国家秘密”后再上传。",
            "unconfirmed",
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be taken, with what was found. Make one before a transaction, hand it to `add_file` inside."""

    name: str
    upload: UploadedFile[Any]
    verdict: Verdict
    note: str
    confirmed: bool


def examine(*, by: Actor, agency: Agency, upload: UploadedFile[Any], confirmed: bool = False) -> Examined:
    """Judge an offered file: name, size, kind, viruses, secrecy marks (保守国家秘密法第三十五条).

    For whoever may add files. `confirmed` is the person's word that what could not be searched bears no mark. Takes
    seconds and should run outside a transaction. Raises `NotAllowed`; `NotTaken` with the reason in words, its kinds
    `Marked` and `NeedsConfirming` among them. A refusal for a secrecy mark or a virus is written into the trail,
    without the name of the file, which may itself be the secret.
    """
    require(by, "file.add", agency)
    name = clean_name(upload.name or "")
    _check_name_and_size(name, upload)
    try:
        with _on_disk(upload) as file:
            verdict = examine_apart(file, name)
            _scan(file)
    except NotTaken as refused:
        if refused.reason in ("secrecy", "infected"):
            _note_refusal(by, agency, upload, refused, ending_of(name))
        raise
    note = NeedsConfirming(verdict).note if verdict.gaps or verdict.doubts else ""
    if note and not confirmed:
        raise NeedsConfirming(verdict)
    return Examined(name, upload, verdict, note, confirmed and bool(note))


def add_file(
    *,
    by: Actor,
    agency: Agency,
    upload: UploadedFile[Any] | Examined,
    owner: Any = None,
    section: Section | None = None,
    confirmed: bool = False,
    most: int | None = None,
) -> StoredFile:
    """Keep a file, enciphered, for a thing of the agency (`owner`) and perhaps of a section.

    `most` is the full number of files of the thing where the setting's is not meant. For the seats of the agency.
    Raises what `examine` raises, and `NotTaken` when the thing has its full number of
    files. When the transaction around it fails, the content stays behind without a row and is cleared away later.
    """
    judged = (
        upload
        if isinstance(upload, Examined)
        else examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    )
    file = StoredFile(
        agency=agency,
        section=section,
        name=judged.name,
        ending=ending_of(judged.name),
        content_type=BY_ENDING[ending_of(judged.name)].content_type,
        added_by=by.name,
        marks_note=judged.note,
        confirmed_by=by.name if judged.confirmed else "",
    )
    file.owner_kind, file.owner_id = owner_key(owner)
    require(by, "file.add", file)
    # Enciphered before the transaction begins, so that nobody's write waits for it.
    written = store.put(file.pk, _pieces(judged.upload))
    file.size, file.digest = written.size, written.digest
    file.cipher, file.key_id = written.cipher, written.key_id
    try:
        with acting(by, "file.add", file, size=file.size, digest=file.digest) as doing:
            _check_count(owner, most or settings.FILE_MAX_COUNT)
            file.added_at = timezone.now()
            file.save(force_insert=True)
            if judged.note:
                doing.detail["confirmed"] = judged.note
    except BaseException:
        store.wipe(file.pk)
        raise
    return file


def _check_name_and_size(name: str, upload: UploadedFile[Any]) -> None:
    ending = ending_of(name)
    if ending not in BY_ENDING:
        shown = f" .{ending} " if ending else "没有扩展名的"
        raise NotTaken(f"不能上传{shown}文件。可以上传的文件：{ALLOWED}。", "type")
    if not upload.size:
        raise NotTaken(EMPTY, "empty")
    if upload.size > settings.FILE_MAX_MB * 1024 * 1024:
        raise NotTaken(
            f"文件超过 {settings.FILE_MAX_MB} MB。请压缩里面的图片，或者分成几个文件，再上传。", "size"
        )


def _check_count(owner: Any, most: int) -> None:
    if owner is not None and files_of_owner(owner).count() >= most:
        raise NotTaken(f"最多放 {most} 个文件。请先删除不要的，或者合并成一个 PDF，再上传。", "count")


def _pieces(upload: UploadedFile[Any]) -> Iterator[bytes]:
    upload.seek(0)
    while piece := upload.read(_CHUNK):
        yield piece


@contextmanager
def _on_disk(upload: UploadedFile[Any]) -> Iterator[IO[bytes]]:
    """The upload as a real file, for the process that looks into it; one held in memory is written aside."""
    path = getattr(upload, "temporary_file_path", None)
    if path is not None:
        with Path(path()).open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as aside:
        for piece in _pieces(upload):
            aside.write(piece)
        aside.flush()
        aside.seek(0)
        yield cast(IO[bytes], aside)


def _scan(file: IO[bytes]) -> None:
    if settings.FILE_SCANNER is None:
        return
    file.seek(0)
    try:
        scan(iter(lambda: file.read(_CHUNK), b""), settings.FILE_SCANNER)
    except Infected as error:
        raise NotTaken(
            f"文件里查出病毒（{error}），没有保存。请不要打开它，告诉信息安全负责人，并请提供文件的人重新提供。",
            "infected",
        ) from error
    except ScannerSilent as error:
        raise NotTaken(_SILENT, "unscanned") from error


def _note_refusal(
    by: Actor, agency: Agency, upload: UploadedFile[Any], refused: NotTaken, ending: str
) -> None:
    digest = Hash(SM3())
    for piece in _pieces(upload):
        digest.update(piece)
    detail = {"reason": refused.reason, "ending": ending, "size": upload.size}
    if isinstance(refused, Marked):
        detail |= {"mark": refused.mark[:40], "where": refused.where}
    seat = require(by, "file.add", agency).seat
    with transaction.atomic():
        record(
            by.who(seat, agency.pk),
            "file.add",
            ACTS["file.add"].label,
            agency,
            result="refused",
            digest=digest.finalize().hex(),
            **detail,
        )
    if isinstance(refused, Marked):
        _blacken(upload)


def _blacken(upload: UploadedFile[Any]) -> None:
    """Overwrite what lies on disk of an upload that must not be here."""
    path = getattr(upload, "temporary_file_path", None)
    if path is not None and upload.size:
        with Path(path()).open("r+b") as file:
            for at in range(0, upload.size, _CHUNK):
                file.write(b"\0" * min(_CHUNK, upload.size - at))
