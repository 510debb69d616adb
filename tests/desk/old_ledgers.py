"""Old ledgers to import, and the way from the file to the cases."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from gongkai.ledger.actions.begin import begin, choose
from gongkai.ledger.actions.reading import answer, read
from gongkai.ledger.actions.writing import confirm, write
from gongkai.ledger.checking import LATER
from gongkai.ledger.models import LedgerImport
from tests.cast import Cast

HEADS = ["序号", "受理编号", "申请日期", "申请人姓名", "申请事项", "申请方式", "办结日期", "答复结果"]
GOOD = ["1", "2021-7", "2021年5月6日", "甲某乙", "宅基地审批材料", "现场", "2021.5.20", "予以公开"]
UNCLEAR = ["2", "2021-8", "2021-06-07", "某某商贸有限公司", "招标文件", "邮寄", "2021-07-01", "不予公开"]
OPEN = ["3", "2021-9", "2021-12-20", "丙某", "年度预算", "网上申请", "", ""]


def xlsx(*lines: Iterable[Any], title: str = "") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    if title:
        sheet.append([title])
    for line in lines:
        sheet.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def offered(content: bytes, name: str = "2021年台账.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def url(*args: object) -> str:
    return reverse(f"desk:ledger-import{'-one' if args else ''}", args=["xtxsfj", *args])


def press(cast: Cast, ledger: LedgerImport, do: str, **more: str) -> str:
    answered = cast.browse("clerk").post(url(ledger.pk), {"do": do, **more}, follow=True)
    assert answered.status_code == 200
    ledger.refresh_from_db()
    return str(answered.content.decode())


def sent(cast: Cast, content: bytes, name: str = "2021年台账.xlsx") -> LedgerImport:
    page = cast.browse("clerk").post(url(), {"file": offered(content, name)})
    assert page.status_code == 302, page.content.decode()
    return LedgerImport.objects.earliest("-pk")


def columns(ledger: LedgerImport) -> dict[str, str]:
    return {f"column_{place}": slug for place, slug in ledger.columns.items()}


def brought_in(
    cast: Cast, content: bytes, answers: dict[str, str] | None = None, name: str = "a.xlsx"
) -> LedgerImport:
    """The whole way by the acts themselves."""
    by = cast.actor("clerk")
    ledger = begin(cast.agency, offered(content, name), by=by)
    choose(ledger, ledger.columns, by=by)
    ledger.refresh_from_db()
    read(ledger, by=by)
    if ledger.step == LedgerImport.Step.QUESTIONS:
        given = {q["key"]: (answers or {}).get(q["key"], LATER) for q in ledger.questions}
        answer(ledger, given, by=by)
    if ledger.counted["good"]:
        confirm(ledger, only_good=True, by=by)
        write(ledger, by=by)
    return ledger
