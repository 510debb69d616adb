"""台账: rows against a second count, the carry of documents, the report's choice, sheets there and twice, drafts."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.drafting import edit
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.register_import import begin, confirm, give_up, undo
from gongkai.disclosure.actions.register_keeping import keep, keep_no_more, mark_column, mark_item
from gongkai.disclosure.actions.registering import NotRight, cancel, correct, draft_from, enter
from gongkai.disclosure.models import DocumentMark, RegisterEntry, RegisterKept
from gongkai.disclosure.registers.checking import checked
from gongkai.disclosure.registers.counting import year_of_registers
from gongkai.disclosure.registers.kinds import REGISTERS
from gongkai.disclosure.registers.listing import Asked, done_before, due_of, figures_of, listed, to_publish
from gongkai.disclosure.registers.sheet import UnreadableLedger, template
from gongkai.reports.actions.prepare import CannotPrepare, enter_figure
from gongkai.reports.composition import compose
from gongkai.reports.origins import kind_of, origin_of
from tests.cast import Cast
from tests.disclosure.office import column, new_draft, published, reviewed

PENALTY = {
    "number": "测罚〔2025〕1号",
    "day": "2025-03-05",
    "title": "未按规定公示收费标准",
    "subject": "赵某甲",
    "natural": "自然人",
    "publish": "是",
}


def penalty(cast: Cast, n: int = 1, **more: str) -> RegisterEntry:
    return enter(
        cast.agency,
        "penalties",
        {**PENALTY, "number": f"测罚〔2025〕{n}号", **more},
        by=cast.actor("clerk"),
    )


def sheet(kind: str, rows: Sequence[Iterable[Any]], name: str = "台账.xlsx") -> SimpleUploadedFile:
    """The template, filled in."""
    book = load_workbook(io.BytesIO(template(REGISTERS[kind])))
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def _random_entry(dice: random.Random, cast: Cast, n: int) -> RegisterEntry:
    kind = dice.choice(list(REGISTERS))
    day = date(2020, 1, 1) + timedelta(days=dice.randrange(6 * 365))
    entry = RegisterEntry(
        agency=dice.choice((cast.agency, cast.agency, cast.other)),
        kind=kind,
        day=day,
        number=dice.choice(("", f"测〔{day.year}〕{n}号")),
        title=f"测试{n}",
        entered_by="测试",
        entered_at=timezone.now(),
        cancelled=dice.choice(("", "", "", "重复")),
    )
    if REGISTERS[kind].issued and dice.random() < 0.4:
        entry.ended_on = day + timedelta(days=dice.randrange(900))
    if kind == "fees_10k_yuan":
        entry.amount = Decimal(dice.randrange(10**7)) / 100
    return entry


def _naive(rows: list[RegisterEntry], kind: str, year: int) -> dict[str, Any]:
    """The second way: every row asked by its year as it is written, sums in whole cents."""
    mine = [r for r in rows if r.kind == kind and not r.cancelled]
    if kind == "fees_10k_yuan":
        cents = sum(int(str(r.amount).replace(".", "")) for r in mine if str(r.day)[:4] == str(year))
        return {f"t2.{kind}": cents}
    made = sum(str(r.day).startswith(str(year)) for r in mine)
    if not REGISTERS[kind].issued:
        return {f"t2.{kind}": made}
    gone = sum(r.ended_on is not None and str(r.ended_on).startswith(str(year)) for r in mine)
    stands = 0
    for r in mine:
        stands += str(r.day)[:4] <= str(year) and not (r.ended_on and str(r.ended_on)[:4] <= str(year))
    return {f"t2.{kind}.made": made, f"t2.{kind}.repealed": gone, f"t2.{kind}.valid": stands}


def test_a_random_register_equals_a_second_count(cast: Cast) -> None:
    dice = random.Random(20250305)  # noqa: S311 - a seed, no secret
    entries = [_random_entry(dice, cast, n) for n in range(600)]
    for entry in entries:
        entry.amount = None if entry.amount is None else entry.amount.quantize(Decimal("0.01"))
    RegisterEntry.objects.bulk_create(entries)
    for kind in REGISTERS:
        keep(cast.agency, kind, since=2021, by=cast.actor("clerk"))
    mine = [entry for entry in entries if entry.agency == cast.agency]
    before: dict[str, int] = {}
    for year in range(2021, 2026):
        cells = figures_of(year_of_registers(cast.agency, year), year)
        for kind in REGISTERS:
            for cell, n in _naive(mine, kind, year).items():
                value = cells[cell].counted
                assert (value * 1_000_000 if kind == "fees_10k_yuan" else value) == n, (year, cell)
            if REGISTERS[kind].issued:
                made, gone, valid = (
                    int(cells[f"t2.{kind}.{c}"].counted) for c in ("made", "repealed", "valid")
                )
                assert kind not in before or valid == before[kind] + made - gone
                before[kind] = valid
        # Each figure opens to as many rows as it counts.
        for kind in ("licences", "penalties", "coercion"):
            assert listed(cast.agency, Asked(kind, year)).count() == cells[f"t2.{kind}"].value
        for part in ("made", "repealed", "valid"):
            asked = Asked("normative_documents", year, part)
            assert listed(cast.agency, asked).count() == cells[f"t2.normative_documents.{part}"].value


def test_documents_known_by_number_only_are_carried(cast: Cast) -> None:
    clerk, kind = cast.actor("clerk"), "normative_documents"
    keep(cast.agency, kind, since=2024, opening=10, by=clerk)

    def cells(year: int) -> list[int]:
        found = figures_of(year_of_registers(cast.agency, year), year)
        return [int(found[f"t2.{kind}.{c}"].counted) for c in ("made", "repealed", "valid")]

    assert cells(2024) == [0, 0, 10]
    enter(cast.agency, kind, {"title": "新的", "day": "2024-05-06"}, by=clerk)
    assert (cells(2024), cells(2025)) == ([1, 0, 11], [0, 0, 11])
    # One of the ten is repealed: it is listed for that, and is not counted twice.
    enter(cast.agency, kind, {"title": "旧的", "day": "2015-05-06", "ended_on": "2025-02-01"}, by=clerk)
    assert (cells(2024), cells(2025)) == ([1, 0, 11], [0, 1, 10])
    keep(cast.agency, kind, since=2024, opening=0, by=clerk)
    found = year_of_registers(cast.agency, 2024)
    assert found.short == {kind}, "more are listed than were said to be in force"
    said = origin_of(compose(cast.work), cast.work, f"t2.{kind}.valid").said
    assert "上年末现行有效1件，加上2024年制发1件，减去2024年废止、失效0件" in said
    assert "请核对" in said


def test_items_are_documents_by_their_column_or_their_own_mark(cast: Cast) -> None:
    clerk, kind = cast.actor("clerk"), "normative_documents"
    keep(cast.agency, kind, since=2024, by=clerk)
    first, _ = published(cast, document_number="测〔2026〕1号", formed_on=date(2024, 5, 1))
    above, _ = published(cast, origin="from_organ", responsible="测试县人民政府", formed_on=date(2024, 5, 2))
    draft = new_draft(cast, formed_on=date(2024, 5, 3))

    def documents() -> list[str]:
        return [d.number for d in year_of_registers(cast.agency, 2024).documents or ()]

    assert documents() == []
    column_items = 9
    mark_column(column(cast), kind, by=clerk)
    assert len(documents()) == column_items + 1, "neither the paper from above nor the draft"
    enter(cast.agency, kind, {"title": "同一份", "number": "测〔2026〕1号", "day": "2024-05-01"}, by=clerk)
    assert documents().count("测〔2026〕1号") == 1, "listed and published is one document"
    mark_item(first, "", by=clerk)
    mark_item(above, kind, by=clerk)
    assert len(documents()) == column_items + 2
    edit_valid = {"validity": "repealed", "validity_on": date(2024, 12, 31)}
    type(above).objects.filter(pk=above.pk).update(**edit_valid)
    cells = figures_of(year_of_registers(cast.agency, 2024), 2024)
    assert cells[f"t2.{kind}.repealed"].value == 1
    mark_item(first, None, by=clerk)
    mark_column(column(cast), "", by=clerk)
    assert DocumentMark.objects.count() == 1
    with pytest.raises(CannotDo):
        mark_item(draft, "penalties", by=clerk)


def test_the_report_takes_the_register_else_what_was_entered(cast: Cast) -> None:
    clerk, cell = cast.actor("clerk"), "t2.penalties"
    made = compose(cast.work)
    assert (made.report.value(cell), kind_of(made, cell)) == (2, "entered"), "the sample's two stay entered"
    for n in (1, 2, 3):
        penalty(cast, n, day=f"2024-0{n}-05")
    assert compose(cast.work).report.value(cell) == 2, "rows alone do not say that the register is whole"
    keep(cast.agency, "penalties", since=2025, by=clerk)
    assert compose(cast.work).report.value(cell) == 2, "before the year from which it is whole"
    keep(cast.agency, "penalties", since=2024, by=clerk)
    made = compose(cast.work)
    assert (made.report.value(cell), kind_of(made, cell)) == (3, "registers")
    origin = origin_of(made, cast.work, cell)
    assert origin.behind is not None
    assert [line.texts[2] for line in origin.behind.all_lines()] == ["2024-01-05", "2024-02-05", "2024-03-05"]
    assert origin.set_aside is not None
    assert kind_of(made, "t2.licences") == "entered", "another register is another question"
    wants = {"cell": cell, "value": 2, "source": "执法台账", "at": timezone.now(), "by": clerk}
    with pytest.raises(CannotPrepare, match="写明与台账不同的理由"):
        enter_figure(cast.work, **wants)
    enter_figure(cast.work, **wants, reason="一件在年内被撤销")
    made = compose(cast.work)
    assert (made.report.value(cell), kind_of(made, cell)) == (2, "entered")
    assert "按台账统计为3，人工改填为2" in origin_of(made, cast.work, cell).said
    keep_no_more(cast.agency, "penalties", by=clerk)
    assert not RegisterKept.objects.exists()


def test_charges_are_exact(cast: Cast) -> None:
    clerk, kind = cast.actor("clerk"), "fees_10k_yuan"
    keep(cast.agency, kind, since=2025, by=clerk)
    for amount in ("0.01", "1,200.10", "333333.33元"):
        enter(cast.agency, kind, {"title": "公证费", "day": "2025-01-02", "amount": amount}, by=clerk)
    made = compose(cast.draft)
    assert made.report.value("t2.fees_10k_yuan") == Decimal("33.453344")
    behind = origin_of(made, cast.draft, "t2.fees_10k_yuan").behind
    assert behind is not None
    assert [line.texts[3] for line in behind.all_lines()] == ["0.01", "1200.10", "333333.33"]
    for wrong in ("1.001", "-1", "一千", "NaN", "1" * 20):
        with pytest.raises(NotRight) as refused:
            enter(cast.agency, kind, {"title": "公证费", "day": "2025-01-02", "amount": wrong}, by=clerk)
        assert set(refused.value.problems) == {"amount"}


def test_rows_are_checked_in_words() -> None:
    today = date(2026, 11, 30)
    wrong = {
        "number": "",
        "day": "去年",
        "title": "案由" * 101,
        "subject": "13812345678",
        "publish": "也许",
    }
    found = checked(REGISTERS["penalties"], wrong, today).problems
    assert set(found) == set(wrong)
    assert (
        "还没有到" in checked(REGISTERS["penalties"], PENALTY | {"day": "2027-01-01"}, today).problems["day"]
    )
    document = {"title": "办法", "day": "2025-03-05", "ended_on": "2025-03-04"}
    assert set(checked(REGISTERS["normative_documents"], document, today).problems) == {"ended_on"}
    usual = checked(REGISTERS["licences"], {k: v for k, v in PENALTY.items() if k != "publish"}, today)
    assert (usual.values["publish"], usual.problems) == ("yes", {})
    unsaid = checked(REGISTERS["penalties"], PENALTY | {"natural": "", "publish": ""}, today)
    assert (unsaid.values["natural"], unsaid.values["publish"]) == (True, "no")


def test_who_may_and_what_stays(cast: Cast) -> None:
    entry = penalty(cast)
    assert entry.named == "赵某"
    for who in ("drafter", "section_head", "reviewer", "leader", "head", "neighbour", "sysadmin", "nobody"):
        with pytest.raises(NotAllowed):
            enter(cast.agency, "penalties", PENALTY, by=cast.actor(who))
    with pytest.raises(NotRight, match="已有这个文号"):
        penalty(cast)
    correct(entry, {**PENALTY, "title": "另一个案由"}, by=cast.actor("ogi_head"))
    assert Entry.objects.filter(act="disclosure.registers").latest("pk").detail.count('"title"') == 1
    cancel(entry, why="重复登记", by=cast.actor("clerk"))
    with pytest.raises(CannotDo, match="已经作废"):
        correct(entry, PENALTY, by=cast.actor("clerk"))
    assert not listed(cast.agency, Asked("penalties")).exists()
    assert penalty(cast).number == entry.number, "the number is free again"
    for broken in ({"amount": 1}, {"ended_on": date(2025, 3, 6)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.filter(pk=entry.pk).update(**broken)


def test_a_sheet_is_imported_and_no_row_twice(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    rows: list[list[str]] = [
        [f"测罚〔2025〕{n}号", "2025年3月5日", "测试案由", "钱某乙", "自然人", "警告", "", "否"]
        for n in (1, 2, 3)
    ]
    penalty(cast, 1, title="测试案由")
    bad = [["测罚〔2025〕2号", "2025-03-05", "测试案由"], ["测罚〔2025〕9号", "", "测试案由"]]
    made = begin(cast.agency, "penalties", sheet("penalties", rows + bad), by=clerk)
    assert {k: made.counted[k] for k in ("good", "there", "wrong")} == {"good": 2, "there": 1, "wrong": 2}
    assert [row for row, _ in made.problems] == [5, 6]
    assert "和第3行重复" in made.problems[0][1][0][1]
    assert "钱某乙" not in str(made.sample) + str(made.problems), "subjects are kept once"
    with pytest.raises(CannotDo, match="还有要改的行"):
        confirm(made, only_good=False, by=clerk)
    assert RegisterEntry.objects.count() == 1, "nothing was written"
    confirm(made, only_good=True, by=clerk)
    assert (made.imported, RegisterEntry.objects.count()) == (2, 3)
    again = begin(cast.agency, "penalties", sheet("penalties", rows), by=clerk)
    assert again.counted["there"] == 3
    with pytest.raises(CannotDo, match="没有可以导入的行"):
        confirm(again, only_good=False, by=clerk)
    give_up(again, by=clerk)
    undo(made, by=clerk)
    assert RegisterEntry.objects.count() == 1
    with pytest.raises(NotAllowed):
        begin(cast.agency, "penalties", sheet("penalties", rows), by=cast.actor("head"))


def test_rows_without_a_number_may_be_alike_and_are_counted_once(cast: Cast) -> None:
    clerk, kind = cast.actor("clerk"), "fees_10k_yuan"
    row = ["2025-03-05", "公证费", "200.00"]
    upload = sheet(kind, [row] * 3)
    content = upload.read()
    made = begin(cast.agency, kind, SimpleUploadedFile("甲.xlsx", content), by=clerk)
    confirm(made, only_good=False, by=clerk)
    assert made.imported == 3, "three payments of one fee on one day"
    again = begin(cast.agency, kind, SimpleUploadedFile("乙.xlsx", content), by=clerk)
    assert again.counted == {"good": 0, "there": 3, "wrong": 0, "years": []}
    assert done_before(again) == made
    more = begin(cast.agency, kind, sheet(kind, [row] * 5), by=clerk)
    assert (more.counted["there"], more.counted["good"]) == (3, 2)


def test_what_is_no_register_is_refused_in_words(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    book, out = Workbook(), io.BytesIO()
    book.worksheets[0].append(["姓名", "电话"])
    book.save(out)
    with pytest.raises(UnreadableLedger, match="决定书文号、决定日期、案由"):
        begin(cast.agency, "penalties", SimpleUploadedFile("甲.xlsx", out.getvalue()), by=clerk)
    with pytest.raises(CannotDo, match=r"另存为 \.xlsx"):
        begin(cast.agency, "penalties", SimpleUploadedFile("甲.xls", b"x"), by=clerk)


def test_what_is_owed_is_drafted_masked_and_goes_through_the_gate(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    entry = penalty(cast, title="赵某甲未按规定公示收费标准")
    penalty(cast, 2, publish="否")
    penalty(cast, 3, public_on="2025-03-06")
    end = due_of(entry)
    # 5 March 2025 is a Wednesday: seven working days end on Friday of the week after.
    assert end is not None
    assert end.last_day == date(2025, 3, 14)
    assert list(to_publish(cast.agency)) == [entry]
    item = draft_from(entry, column(cast), by=clerk)
    whole = f"{item.title}{item.summary}{item.text}"
    assert "赵某甲" not in whole
    assert "赵某" in whole
    assert (item.due_on, item.document_number) == (date(2025, 3, 14), entry.number)
    assert list(to_publish(cast.agency)) == [entry], "a draft is not public"
    with pytest.raises(CannotDo, match="已经起草过"):
        draft_from(entry, column(cast), by=clerk)
    edit(item, by=clerk, summary="行政处罚决定")
    reviewed(cast, item)
    publish(item, by=clerk, at=timezone.now())
    assert not to_publish(cast.agency).exists()
    with pytest.raises(CannotDo, match="不用公开"):
        draft_from(RegisterEntry.objects.get(number="测罚〔2025〕2号"), column(cast), by=clerk)
