"""Reading figures in Chinese prose: numerals, the tokenizer, and prose that is hostile, long or random."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.report.checks import check
from gongkai.statute.report.checks.prose import chinese_value, clean, figures, read_prose
from gongkai.statute.report.model import AnnualReport
from tests.checks.builders import blank_form, busy, codes, say


@given(st.integers(0, 99_999))
@settings(max_examples=300)
def test_chinese_numerals_read_back(number: int) -> None:
    assert chinese_value(_spell(number)) == number


def _spell(number: int) -> str:
    """A number in Chinese, written out digit by digit as people say it."""
    if number >= 10_000:
        rest = number % 10_000
        tail = _spell(rest) if rest else ""
        return _spell(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + tail
    digits, out, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return out or "零"


@pytest.mark.parametrize("text", ["千百", "一一", "百", "万", "十十"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert chinese_value(text) is None


def test_the_tokenizer() -> None:
    text = clean(
        "２０２４ 年 收到 １，２３４ 件、３.５万元、十二宗，第十二条，《条例》三十三条，约5份，1.2万条，12.3%"
    )
    read = [(str(f.value), f.unit, f.about) for f in figures(text)]
    assert read == [
        ("1234", "件", False),
        ("3.5", "万元", False),
        ("12", "宗", False),
        ("5", "份", True),
        ("12000.0", "条", True),
        ("12.3", "%", False),
    ]


HOSTILE = [
    "一" * 200_000,
    "1" * 200_000,
    "1." * 100_000,
    "，".join(["收到政府信息公开申请3件"] * 6_000),
    "未" * 100_000 + "申请",
    "未发生" * 50_000 + "信息公开复议",
    "全部" * 100_000 + "申请办结",
    "《" * 100_000,
    "因信息公开" * 40_000 + "复议1件",
    "上年" * 100_000 + "结转1件申请",
    "较" * 100_000 + "信息公开申请1件",
    "（" * 100_000 + "信息公开申请1件",
    "2023年" * 40_000 + "收到信息公开申请3件",
    "公开9条、" * 40_000 + "合计3条",
    "全年公开信息20条，其中" + "政策12条，" * 40_000,
    "全市办公室" * 20_000 + "收到信息公开申请3件",
    "处理费" + "收取" * 50_000 + "元",
    "公开9条、合计9条、" * 10_000,
    "收到政府信息公开申请34件，占3%。" * 5_000,
    "共3条：甲1条，乙2条，" * 8_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_long_hostile_prose_is_read_in_one_pass(text: str) -> None:
    for key in ("overview", "other"):
        check(say(busy(), text, key=key))


PIECES = [
    *(
        "收到",
        "政府信息公开申请",
        "依申请公开",
        "12",
        "三十",
        "１",
        "件",
        "条",
        "元",
        "%",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
    ),
    *(
        "其中",
        "占",
        "上年",
        "结转",
        "2023年",
        "2024年",
        "较",
        "未",
        "均",
        "维持",
        "行政复议",
        "诉讼",
        "因",
        "予以公开",
    ),
    *(
        "不予公开",
        "合计",
        "等",
        "规范性文件",
        "制发",
        "行政处罚",
        "决定",
        "行政事业性收费",
        "万",
        "、",
        "《",
        "》",
        "第",
        "自然人",
    ),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=60),
    st.sampled_from(["overview", "requests", "other", "problems"]),
)
@settings(max_examples=200, deadline=None)
def test_any_prose_is_read_without_stopping(pieces: list[str], key: str) -> None:
    for report in (busy(), blank_form(2020, "2019"), AnnualReport()):
        section = report.section(key)
        if section is not None:
            say(report, "".join(pieces), key=key)
        assert all(f.message for f in check(report, busy()))


def test_many_short_paragraphs_are_read_in_one_pass() -> None:
    check(say(busy(), *["收到政府信息公开申请34件，予以公开9件，占25.7%。"] * 5_000))


def test_lines_broken_inside_a_sentence_are_joined() -> None:
    report = say(
        busy(), "（二）依申请公开", "不予公开答复 2", "件，无法提供的 10 件", "，转下一年度的申请 3 件。"
    )
    (sentence,) = [s for s in read_prose(report) if s.figures]
    assert [f.value for f in sentence.figures] == [2, 10, 3]
    assert "N-02" in codes(check(report))
