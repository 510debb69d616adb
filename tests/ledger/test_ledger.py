"""The ledger: columns of annex 3, the empty year, .xlsx there and back, old ledgers, the public copy."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gongkai.statute.ledger.annex import annex, to_text
from gongkai.statute.ledger.columns import COLUMNS, LABELS, NOTE, column_of, title
from gongkai.statute.ledger.rows import LedgerRow, public_rows, rows
from gongkai.statute.ledger.xlsx import UnreadableLedger, read_xlsx, to_xlsx
from gongkai.statute.privacy import Kind, find_personal_data, id_check_digit
from gongkai.statute.records import RequestRecord
from gongkai.statute.requesters import KINDS

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
RECORD = RequestRecord(
    number="湘潭县司公开〔2024〕第1号",
    requester="natural",
    received_on=date(2024, 3, 6),
    closed_on=date(2024, 3, 29),
    outcome="granted",
    applicant="甲乙丙",
    channel="信函",
    submitted_on=date(2024, 3, 5),
    content="2023年法律援助案件办理数量",
    agency="湘潭县司法局",
    state="已答复",
    obtain="邮寄",
    publication="未发布",
    result="予以公开",
)


def test_the_twelve_columns() -> None:
    assert "|".join(LABELS) == (
        "序号|申请人|申请渠道|申请时间|申请内容|依申请公开编号|申请单位|答复时间|处理状态|信息获取方式|发布状态|办理结果"
    )
    assert title("湘潭县司法局", 2024) == "湘潭县司法局2024年依申请公开工作台账"
    assert sum(c.width for c in COLUMNS) == 237
    assert all(column_of(c.label) == c.slug for c in COLUMNS)
    names = [name for c in COLUMNS for name in (c.label, *c.accept)]
    assert len(names) == len(set(names))


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
def test_the_form_as_published() -> None:
    """Annex 3 of the founding report, line by line, against ours for an empty year."""
    text = (CORPUS / "xiangtan-justice-2024-txt" / "report.txt").read_text(encoding="utf-8")
    printed = re.sub(r"\s+", "", text[text.index("附件3") + 3 :])
    ours = annex("湘潭县司法局", 2024, rows([]))
    assert printed == "".join("".join(row) for row in ours)


def test_a_year_without_requests() -> None:
    found = rows([])
    assert [r.texts[:2] for r in found] == [("1", "无"), ("2", ""), ("3", "")]
    assert not any(text for r in found for text in r.texts[2:])
    assert all(r.empty for r in found)


def test_a_row_from_a_record() -> None:
    assert rows([RECORD])[0].texts == (
        "1",
        "甲乙丙",
        "信函",
        "2024-03-05",
        "2023年法律援助案件办理数量",
        "湘潭县司公开〔2024〕第1号",
        "湘潭县司法局",
        "2024-03-29",
        "已答复",
        "邮寄",
        "未发布",
        "予以公开",
    )


def test_the_sheet_looks_like_the_form() -> None:
    data = to_xlsx("湘潭县司法局", 2024, rows([]))
    sheet: Any = load_workbook(io.BytesIO(data)).active
    assert sheet["A1"].value == "湘潭县司法局2024年依申请公开工作台账"
    assert tuple(c.value for c in sheet[2]) == LABELS
    assert [c.value for c in sheet[3]] == ["1", "无", *[None] * 10]
    assert sheet["A6"].value == NOTE
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A1:L1", "A6:L6"}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert to_xlsx("湘潭县司法局", 2024, rows([])) == data


TEXTS = st.text(alphabet="申请公开信息=+-@1a ，、", max_size=12).map(lambda t: " ".join(t.split()))
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31)).map(date.isoformat)
ROWS = st.builds(
    LedgerRow,
    serial=st.just("1"),
    applicant=TEXTS,
    channel=TEXTS,
    submitted_on=DAYS,
    content=TEXTS.filter(bool),
    number=TEXTS,
    agency=TEXTS,
    closed_on=st.one_of(st.just(""), DAYS),
    state=TEXTS,
    obtain=TEXTS,
    publication=TEXTS,
    result=TEXTS,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=6))
def test_there_and_back(written: list[LedgerRow]) -> None:
    read = read_xlsx(to_xlsx("云岭县民政局", 2023, written))
    assert (read.agency, read.year) == ("云岭县民政局", 2023)
    assert read.rows == written
    assert read.places == list(range(3, 3 + len(written)))


def sheet_of(*lines: list[Any]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_old_ledger_in_its_own_order() -> None:
    read = read_xlsx(
        sheet_of(
            [None, "某某单位内部资料"],
            [None, "青石镇人民政府2021年度依申请公开台账"],
            [],
            [None, "顺序号", "受理\n编号", "申请日期", "申请人姓名", "申请事项", "答复结果", "备注"],
            [
                None,
                1,
                "2021-7",
                datetime.fromisoformat("2021-05-06"),
                "甲乙",
                "宅基地审批材料",
                "部分公开",
                "已归档",
            ],
            [None, 2, "2021-8", "2021年6月7日", "丙丁有限公司", "招标文件", "予以公开", None],
            [None, 3, None, None, None, None, None, None],
            [None, "备注：以上为全年数据", None, None, None, None, None, None],
            [None, 4, "2021-9", "2021.8.1", "不应读到", "表后的内容", None, None],
        )
    )
    assert (read.agency, read.year) == ("青石镇人民政府", 2021)
    assert [(r.serial, r.number, r.submitted_on, r.applicant, r.content, r.result) for r in read.rows] == [
        ("1", "2021-7", "2021-05-06", "甲乙", "宅基地审批材料", "部分公开"),
        ("2", "2021-8", "2021-06-07", "丙丁有限公司", "招标文件", "予以公开"),
    ]
    assert read.problems == []


def test_problems_are_told_row_by_row() -> None:
    head = list(LABELS)
    read = read_xlsx(
        sheet_of(
            head,
            ["1", "甲", "信函", "不详", "材料", "1号", "", "2024-02-30", "", "", "", ""],
            ["2", "", "当面", "2024-05-06", "", "", "", "2024-05-01", "", "", "", ""],
            head,
            ["3", "丙", "当面", "20240506", "材料", "1号", "", "", "", "", "", ""],
        )
    )
    told = {(p.row, p.column) for p in read.problems}
    assert told == {
        (2, "submitted_on"),
        (2, "closed_on"),
        (3, "applicant"),
        (3, "content"),
        (3, "number"),
        (3, "closed_on"),
        (5, "number"),
    }
    assert any("与第2行重复" in p.message for p in read.problems)
    assert read.rows[2].submitted_on == "2024-05-06"
    assert read.rows[0].submitted_on == "不详"


def test_the_ledger_may_stand_on_a_later_sheet() -> None:
    book = Workbook()
    book.active.append(["说明"])  # type: ignore[union-attr]
    sheet = book.create_sheet("2022")
    sheet.append(list(LABELS))
    sheet.append(["1", "甲", "当面", "2022-01-04", "材料", "1号", *[""] * 6])
    out = io.BytesIO()
    book.save(out)
    assert [r.applicant for r in read_xlsx(out.getvalue()).rows] == ["甲"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"0" * 100, sheet_of(["没有", "表头"]), b"x" * 1000],
)
def test_what_is_no_ledger_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableLedger, match=r"请.*。$"):
        read_xlsx(data)


def test_as_text() -> None:
    text = to_text("湘潭县司法局", 2024, rows([]))
    lines = text.splitlines()
    assert lines[0] == "湘潭县司法局2024年依申请公开工作台账"
    assert lines[1].startswith("序号  申请人  申请渠道")
    assert lines[2].startswith("1     无")
    assert lines[-1] == NOTE


# ── the public copy ──

SURNAMES = "赵钱孙李周吴郑王冯陈"
GIVEN = "一二三四五六七八九十"
NAMES = st.builds(lambda a, b: a + b, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))


@st.composite
def identities(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1940, 1, 1), date(2005, 12, 31)))
    first = f"430321{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + id_check_digit(first)


MOBILES = st.integers(3_000_000_000, 9_999_999_999).map(lambda n: f"1{n}")
MAILS = st.text("abcdef", min_size=3, max_size=8).map(lambda t: f"{t}@example.org")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, identities(), MOBILES, MAILS, st.sampled_from([k.slug for k in KINDS]), st.integers(0, 5))
def test_nothing_personal_reaches_the_public_copy(
    name: str, identity: str, mobile: str, mail: str, kind: str, place: int
) -> None:
    secret = f"本人{name}，身份证{identity}，电话{mobile}，邮箱{mail}，座机0731-85556666"
    texts = dict.fromkeys(("channel", "content", "state", "obtain", "publication", "result"), "公开")
    texts[list(texts)[place]] = secret
    record = RequestRecord("1号", "natural", date(2024, 1, 2), applicant=name, **texts)
    other = RequestRecord("2号", kind, date(2024, 1, 3), applicant="某某公司", content=f"与{name}同案")
    data = to_xlsx("云岭县民政局", 2024, public_rows([record, other]))
    shown = [
        str(c.value) for row in load_workbook(io.BytesIO(data)).active.iter_rows() for c in row if c.value
    ]
    whole = "\n".join([*shown, to_text("云岭县民政局", 2024, public_rows([record, other]))])
    for private in (name, identity, mobile, mail, "85556666", "某某公司"):
        assert private not in whole
    kinds = {hit.kind for hit in find_personal_data(whole)}
    assert not kinds & {Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD, Kind.LANDLINE}


def test_the_applicant_is_a_kind() -> None:
    records = [RequestRecord(str(n), k.slug, None, applicant="某某") for n, k in enumerate(KINDS)]
    assert [r.applicant for r in public_rows(records)] == [k.label for k in KINDS]
    assert [r.applicant for r in public_rows([])] == ["无", "", ""]
