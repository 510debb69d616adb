"""Reading a yearly notice: what is accepted, and that each mistake is named with its row."""

from __future__ import annotations

import pytest

from gongkai.statute.notices import Notice, NoticeError, shipped

HEAD = "date,kind,name,notice_no\n"
GOOD = HEAD + "2027-02-05,off,春节,测试第1号\n2027-02-13,work,春节,测试第1号\n"


def problems(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(NoticeError) as caught:
        Notice.from_csv(text)
    assert str(caught.value) == "；".join(caught.value.problems)
    return caught.value.problems


def test_csv_in_the_ways_spreadsheets_write_it() -> None:
    plain = Notice.from_csv(GOOD)
    assert plain.year == 2027
    assert [(d.kind, d.name, d.notice_no) for d in plain.days] == [
        ("off", "春节", "测试第1号"),
        ("work", "春节", "测试第1号"),
    ]
    for other in (
        GOOD.encode("utf-8-sig"),
        GOOD.encode("gb18030"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD + ",,,\n",
        GOOD.replace("2027-02-05", "2027/2/5").replace("2027-02-13", "2027年2月13日"),
        GOOD.replace("date,kind,name,notice_no", "日期,类别,名称,通知文号")
        .replace("off", "放假")
        .replace("work", "上班"),
    ):
        assert Notice.from_csv(other) == plain


def test_toml_says_the_same() -> None:
    text = """
        notice_no = "测试第1号"
        [[days]]
        date = 2027-02-05
        kind = "off"
        name = "春节"
        [[days]]
        date = "2027-02-13"
        kind = "work"
        name = "春节"
    """
    assert Notice.from_toml(text) == Notice.from_csv(GOOD)


@pytest.mark.parametrize("text", ["days = 3", "days = [1]", "x = [", "", "[[days]]\nname = '春节'"])
def test_toml_that_is_no_notice(text: str) -> None:
    with pytest.raises(NoticeError):
        Notice.from_toml(text)


def test_make_up_work_only_at_a_weekend() -> None:
    assert problems(HEAD + "2026-02-16,work,春节,测试第1号\n") == (
        "第 2 行：2026年2月16日（星期一）写的是上班（work），但它不是周末；调休上班只能在星期六或星期日",
    )


def test_no_day_twice() -> None:
    twice = GOOD + "2027-02-05,off,春节,测试第1号\n"
    assert problems(twice) == ("第 4 行：2027年2月5日（星期五）已经出现过，同一天只能写一次",)


def test_one_year_with_the_december_before() -> None:
    assert Notice.from_csv(GOOD + "2026-12-31,off,元旦,测试第1号\n").year == 2027
    assert problems(GOOD + "2026-11-30,off,元旦,测试第1号\n") == (
        "2026年11月30日（星期一）不属于2027年；一份通知只管一年（元旦可以连到上一年12月）",
    )
    assert len(problems(GOOD + "2025-12-31,off,元旦,测试第1号\n")) == 1


def test_all_mistakes_are_named_at_once() -> None:
    found = problems(
        HEAD
        + "2027-02-30,off,春节,测试第1号\n2027-02-06,休息,春节,测试第1号\n2027-02-07,off,,\n1027-01-01,off,元旦,甲\n"
    )
    assert [p.split("：")[0] for p in found] == ["第 2 行", "第 3 行", "第 4 行", "第 4 行", "第 5 行"]
    assert "“2027-02-30”不是一个日子" in found[0]
    assert "“休息”不认识" in found[1]
    assert "缺少名称" in found[2]
    assert "缺少通知文号" in found[3]
    assert "年份不在" in found[4]


def test_files_that_are_no_table() -> None:
    assert "缺少这些列：notice_no（通知文号）" in problems("date,kind,name\n2027-02-05,off,春节\n")[0]
    assert "缺少这些列" in problems("")[0]
    assert "一天也没有" in problems(HEAD)[0]
    assert "文字编码" in problems(b"\xff\xfe\x00\x81")[0]
    assert "CSV" in problems(HEAD + '2027-02-05,"off,春节,测试\n')[0]


def test_a_half_imported_year_raises_doubts() -> None:
    assert "减去调休上班日却是 0 天" in Notice.from_csv(GOOD).doubts()[0]
    for notice in shipped():
        assert notice.doubts() == ()
    short = HEAD + "".join(
        f"{d.date},{d.kind},{d.name},{d.notice_no}\n" for d in shipped()[-1].days if d.name != "清明"
    )
    assert "却是 12 天" in Notice.from_csv(short).doubts()[0]
