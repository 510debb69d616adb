"""导入旧台账: from the file to cases that count, step by step, as the clerk does it; there and back; twice; interrupted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.files import store
from gongkai.files.queries import Sealed
from gongkai.inforequests.actions.closing import archive, withdraw
from gongkai.inforequests.actions.past_cases import PastCase
from gongkai.inforequests.models import InfoRequest, Register, RegisterNumber
from gongkai.inforequests.records import records_for
from gongkai.ledger.actions import reading, writing
from gongkai.ledger.actions.begin import begin, choose
from gongkai.ledger.actions.reading import answer, read
from gongkai.ledger.actions.writing import confirm, write
from gongkai.ledger.checking import Checked
from gongkai.ledger.models import LedgerImport
from gongkai.ledger.working import go_on
from gongkai.reports.queries import made_of
from gongkai.statute.channels import CHANNELS
from gongkai.statute.ledger.meaning import channel_of, kind_of, outcome_of, state_of
from gongkai.statute.outcomes import OUTCOMES
from gongkai.statute.requesters import KINDS
from tests.cast import Cast
from tests.desk.old_ledgers import (
    GOOD,
    HEADS,
    OPEN,
    UNCLEAR,
    brought_in,
    columns,
    offered,
    press,
    sent,
    url,
    xlsx,
)
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db


def test_from_the_file_to_cases_that_count(cast: Cast) -> None:
    ledger = sent(cast, xlsx(HEADS, GOOD, UNCLEAR, OPEN, title="青石镇2021年度依申请公开台账"))
    assert ledger.columns == {
        "1": "number",
        "2": "submitted_on",
        "3": "applicant",
        "4": "content",
        "5": "channel",
        "6": "closed_on",
        "7": "result",
    }
    page = press(cast, ledger, "columns", **{**columns(ledger), "column_4": ""})
    assert "请指出哪一列是申请内容" in page
    assert ledger.step == "columns"
    page = press(cast, ledger, "columns", **columns(ledger))
    assert [q["key"] for q in ledger.questions] == [
        "group:natural",
        "channel:邮寄",
        "group:commercial",
        "result:不予公开",
    ]
    assert "办理结果写的是“不予公开”（1 件）" in page
    page = press(cast, ledger, "answers", answer_0="natural")
    assert "请选择：申请渠道写的是“邮寄”" in page
    assert not InfoRequest.objects.exists(), "nothing is written before the last button"
    given = {
        "answer_0": "natural",
        "answer_1": "signed_mail",
        "answer_2": "commercial",
        "answer_3": "denied_process",
    }
    page = press(cast, ledger, "answers", **given)
    assert "3 件" in page
    press(cast, ledger, "import", rows="all")
    assert (ledger.step, ledger.imported) == ("done", 3)
    assert not ledger.lines.exclude(texts={}).exists(), "names do not lie about twice"
    first, second, third = InfoRequest.objects.order_by("pk")
    assert (first.number, first.received_on, first.closed_on) == (
        "2021-7",
        date(2021, 5, 6),
        date(2021, 5, 20),
    )
    assert (first.channel, first.state, first.outcome) == ("in_person", "answered", "granted")
    assert (second.requester_kind, second.channel, second.outcome) == (
        "commercial",
        "signed_mail",
        "denied_process",
    )
    assert second.events.get().data["printed"]["result"] == "不予公开", "the words of the paper are kept"
    assert (third.state, third.due_on) == ("handling", date(2022, 1, 18))
    assert {r.number for r in records_for(cast.agency, 2022)} == {"2021-9"}, "carried into the next year"
    entry = Entry.objects.filter(act="ledger.import").latest("number")
    assert "甲某乙" not in str(vars(entry))
    assert ledger.file.agency == cast.agency
    case = cast.browse("clerk").get(reverse("desk:request", args=["xtxsfj", first.pk])).content.decode()
    assert "从旧台账导入" in case
    archive(first, by=cast.actor("clerk"), on=timezone.localdate())


def test_they_count_in_table_three_of_their_year(cast: Cast) -> None:
    before = made_of(cast.agency, 2024).report.cells
    lines = [
        ["1", "甲1", "2024-02-01", "甲某", "材料一", "现场", "2024-02-20", "予以公开"],
        ["2", "甲2", "2024-03-01", "乙某", "材料二", "现场", "2024-03-20", "部分公开"],
        ["3", "甲3", "2024-12-30", "丙某", "材料三", "现场", "", ""],
        ["4", "甲4", "2023-12-30", "丁某", "材料四", "现场", "2024-01-08", "信息不存在"],
    ]
    assert {before[f"t3.{row}.natural"].value for row in ("new", "granted", "partial", "carried_out")} == {0}
    by = cast.actor("clerk")
    ledger = begin(cast.agency, offered(xlsx(HEADS, *lines)), by=by)
    choose(ledger, ledger.columns, by=by)
    ledger.refresh_from_db()
    read(ledger, by=by)
    answer(ledger, {"group:natural": "natural"}, by=by)
    assert "2024年的年报已经发布" in cast.browse("clerk").get(url(ledger.pk)).content.decode()
    confirm(ledger, only_good=False, by=by)
    write(ledger, by=by)
    cells = made_of(cast.agency, 2024).report.cells
    rows = ("new", "carried_in", "granted", "partial", "unable_not_held", "result_total", "carried_out")
    assert [cells[f"t3.{row}.natural"].value for row in rows] == [3, 1, 1, 1, 1, 3, 1]


def test_wrong_rows_are_told_in_words_and_nothing_is_written_unasked(cast: Cast) -> None:
    ledger = sent(
        cast,
        xlsx(
            HEADS,
            GOOD,
            ["2", "2021-7", "2021-05-06", "乙某", "别的材料", "现场", "", ""],
            ["3", "", "不详", "", "", "现场", "2021-05-06", ""],
            ["4", "2021-9", "2021-05-06", "丁某", "材料", "现场", "2021-05-01", "予以公开"],
            ["5", "2021-10", "2099-05-06", "戊某", "材料", "现场", "", "予以公开"],
        ),
    )
    press(cast, ledger, "columns", **columns(ledger))
    page = press(
        cast, ledger, "answers", **{f"answer_{n}": "natural" for n, _ in enumerate(ledger.questions)}
    )
    told = {line.row: {column for column, _ in line.problems} for line in ledger.lines.filter(wrong=True)}
    assert told == {
        3: {"number"},
        4: {"applicant", "content", "number", "submitted_on", "result"},
        5: {"closed_on"},
        6: {"submitted_on", "state"},
    }
    assert "与第2行重复" in page
    assert "“不详”不是日期，请写成 2024-03-05 的样子" in page
    page = press(cast, ledger, "import", rows="all")
    assert "还有要改的行" in page
    assert not InfoRequest.objects.exists()
    page = press(cast, ledger, "import", rows="good")
    assert [r.number for r in InfoRequest.objects.all()] == ["2021-7"]
    assert "下面的行没有导入" in page


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    content = xlsx(HEADS, GOOD, UNCLEAR)
    known = {"group:natural": "natural", "group:commercial": "commercial", "channel:邮寄": "signed_mail"}
    brought_in(cast, content, {**known, "result:不予公开": "denied_process"})
    assert InfoRequest.objects.count() == 2
    ledger = brought_in(cast, content, {**known, "result:不予公开": "denied_process"})
    assert (ledger.counted["there"], ledger.counted["good"], InfoRequest.objects.count()) == (2, 0, 2)
    page = cast.browse("clerk").get(url(ledger.pk)).content.decode()
    assert "同一份文件已经在" in page
    other = [*GOOD[:4], "完全不同的内容", *GOOD[5:]]
    ledger = brought_in(cast, xlsx(HEADS, other), known)
    assert "平台上已有这个编号" in ledger.lines.get().problems[0][1]


def test_printed_numbers_leave_the_register_without_a_gap(cast: Cast) -> None:
    """An old ledger of this year in the platform's own form: the register passes over what is printed, and says whose."""
    day = timezone.localdate()
    first = new_case(cast, day)
    form = first.number.replace("第1号", "第{}号")
    printed = [["", form.format(n), str(day), "甲某", f"材料{n}", "现场", "", ""] for n in (2, 3, 5)]
    brought_in(cast, xlsx(HEADS, *printed), {"group:natural": "natural"})
    assert [new_case(cast, day).number for _ in range(2)] == [form.format(4), form.format(6)]
    register = Register.objects.get(agency=cast.agency, year=day.year)
    kept = list(RegisterNumber.objects.filter(register=register).order_by("serial"))
    assert [n.serial for n in kept] == [1, 2, 3, 4, 5, 6] == list(range(1, register.last + 1))
    assert all(n.request is not None and n.request.number == n.number for n in kept)


def test_a_long_ledger_is_left_to_the_worker_and_goes_on_after_a_restart(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.desk.ledger.importing.SMALL", 0)
    monkeypatch.setattr("gongkai.desk.ledger.importing.FEW", 0)
    monkeypatch.setattr(reading, "LOT", 2)
    lines = [
        ["", f"2021-{n}", "2021-05-06", "甲某", f"材料{n}", "现场", "2021-05-20", "予以公开"]
        for n in range(7)
    ]
    ledger = sent(cast, xlsx(HEADS, *lines))
    page = press(cast, ledger, "columns", **columns(ledger))
    assert "由后台读取" in page

    def dies(*args: object) -> None:
        raise KeyboardInterrupt

    kept, real = [], reading._keep
    monkeypatch.setattr(reading, "_keep", lambda *args: dies() if len(kept) > 1 else kept.append(real(*args)))
    with pytest.raises(KeyboardInterrupt):
        go_on(timezone.now())
    ledger.refresh_from_db()
    assert (ledger.step, ledger.done, ledger.lines.count()) == ("reading", 5, 4)
    monkeypatch.setattr(reading, "_keep", real)
    go_on(timezone.now())
    ledger.refresh_from_db()
    assert (ledger.step, [line.row for line in ledger.lines.all()]) == ("questions", list(range(2, 9)))
    press(cast, ledger, "answers", answer_0="natural")
    page = press(cast, ledger, "import", rows="all")
    assert "由后台一次写入" in page
    with monkeypatch.context() as broken:
        broken.setattr(writing, "_write", dies)
        with pytest.raises(KeyboardInterrupt):
            go_on(timezone.now())
    ledger.refresh_from_db()
    assert (ledger.step, InfoRequest.objects.count()) == ("writing", 0)
    go_on(timezone.now())
    ledger.refresh_from_db()
    assert (ledger.step, InfoRequest.objects.count()) == ("done", 7)
    assert go_on(timezone.now()) == ""


def test_an_import_by_mistake_is_undone_while_nobody_went_on_with_it(cast: Cast) -> None:
    known = {"group:natural": "natural"}
    ledger = brought_in(cast, xlsx(HEADS, GOOD, OPEN), known)
    case = InfoRequest.objects.get(number="2021-9")
    withdraw(case, by=cast.actor("clerk"), on=timezone.localdate(), how="书面")
    page = press(cast, ledger, "undo")
    assert "会删除 2 件申请，不能恢复" in page
    assert InfoRequest.objects.count() == 2
    page = press(cast, ledger, "undo", sure="1")
    assert "已经接着办了" in page
    assert InfoRequest.objects.count() == 2
    other = brought_in(cast, xlsx(HEADS, [*GOOD[:1], "2021-99", *GOOD[2:]]), known)
    page = press(cast, other, "undo", sure="1")
    assert (other.step, set(InfoRequest.objects.values_list("number", flat=True))) == (
        "undone",
        {"2021-7", "2021-9"},
    )
    assert Entry.objects.latest("number").act == "ledger.import"
    again = brought_in(cast, xlsx(HEADS, [*GOOD[:1], "2021-99", *GOOD[2:]]), known)
    assert again.imported == 1


def test_one_that_fails_holds_up_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.desk.ledger.importing.SMALL", 0)
    broken, sound = sent(cast, xlsx(HEADS, GOOD)), sent(cast, xlsx(HEADS, OPEN))
    for ledger in (broken, sound):
        press(cast, ledger, "columns", **columns(ledger))
    store.wipe(broken.file.pk)
    with pytest.raises(Sealed):
        go_on(timezone.now())
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.step, sound.step) == ("reading", "questions")


def test_given_up_while_the_worker_reads_leaves_no_rows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.desk.ledger.importing.SMALL", 0)
    ledger = sent(cast, xlsx(HEADS, GOOD))
    press(cast, ledger, "columns", **columns(ledger))
    real = reading._keep

    def given_up_first(*args: Any) -> None:
        monkeypatch.setattr(reading, "_keep", real)
        press(cast, ledger, "drop")
        real(*args)

    monkeypatch.setattr(reading, "_keep", given_up_first)
    assert go_on(timezone.now()) == ""
    ledger.refresh_from_db()
    assert (ledger.step, ledger.lines.count()) == ("dropped", 0)


def test_given_up_leaves_nothing(cast: Cast) -> None:
    ledger = sent(cast, xlsx(HEADS, GOOD))
    press(cast, ledger, "columns", **columns(ledger))
    assert ledger.lines.exists()
    page = press(cast, ledger, "drop")
    assert "没有写入任何申请" in page
    assert (ledger.step, ledger.lines.count(), InfoRequest.objects.count()) == ("dropped", 0, 0)
    assert "已经走到别的一步" in press(cast, ledger, "import", rows="all")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "另存为 .xlsx"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "请选择 .xlsx 或者 .csv 文件"),
        ("空.csv", "，\n".encode(), "表里没有内容"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(cast: Cast, name: str, content: bytes, said: str) -> None:
    page = cast.browse("clerk").post(url(), {"file": offered(content, name)})
    assert said in page.content.decode()
    assert not LedgerImport.objects.exists()


def test_a_table_of_wps_in_its_own_encoding(cast: Cast) -> None:
    text = "\r\n".join(",".join(line) for line in (HEADS, GOOD)).encode("gb18030")
    ledger = brought_in(cast, text, {"group:natural": "natural"}, "台账.csv")
    assert (ledger.step, InfoRequest.objects.get().content) == ("done", "宅基地审批材料")


def test_words_are_certain_or_asked() -> None:
    assert all(outcome_of(o.label) == o.slug for o in OUTCOMES)
    assert all(channel_of(c.label) == c.slug for c in CHANNELS)
    assert all(kind_of(k.label) == k.slug for k in KINDS)
    for word in ("不予公开", "告知", "无法提供", "其他处理", ""):
        assert outcome_of(word) is None, word
    assert state_of("已办结") == "closed"
    assert channel_of("邮寄") is None


def test_a_state_that_needs_papers_comes_in_as_being_handled() -> None:
    texts = {
        "number": "1",
        "applicant": "自然人",
        "content": "材料",
        "channel": "现场",
        "submitted_on": "2021-05-06",
        "state": "待签发",
    }
    case = Checked(texts, {}, date(2022, 1, 1)).case
    assert isinstance(case, PastCase)
    assert case.state == "handling"


def test_a_drafter_may_not_import(cast: Cast) -> None:
    assert cast.browse("drafter").get(url()).status_code == 403
