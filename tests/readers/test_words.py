"""Titles, headings, labels, encodings and radicals: the words a reader goes by."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from gongkai.statute.report.blocks import Grid, GridCell, TextBlock, Unreadable
from gongkai.statute.report.editions import edition
from gongkai.statute.report.readers.assemble import assemble
from gongkai.statute.report.readers.chrome import ends_report, is_chrome, is_page_number
from gongkai.statute.report.readers.encodings import decode
from gongkai.statute.report.readers.headings import heading_line, split_embedded
from gongkai.statute.report.readers.labels import core, like_row2, like_rows3, table3_rows
from gongkai.statute.report.readers.radicals import repair
from gongkai.statute.report.readers.title import agency_in, period_in, title_at, year_in


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("青禾县司法局2024年政府信息公开工作年度报告", "青禾县司法局", 2024),
        ("2024 年青禾市科委政府信息公开工作年度报告", "青禾市科委", 2024),
        ("青禾县2020年度政府信息公开工作年度报告", "青禾县", 2020),
        ("青禾县财政局政府信息公开2023年度工作报告", "青禾县财政局", 2023),
        ("青禾县财政局政府信息公开工作年度报告（2023年）", "青禾县财政局", 2023),
        ("青禾县财政局２０２３年政府信息公开年报", "青禾县财政局", 2023),
        ("青禾县财政局二〇二三年政府信息公开工作年度报告", "青禾县财政局", 2023),
        ("关于青禾县财政局2022年度政府信息公开工作的年度报告", "青禾县财政局", 2022),
        ("标题: 青禾县人民政府办公室2021年政府信息公开工作年度报告", "青禾县人民政府办公室", 2021),
        ("《青禾县水利局2021年政府信息公开工作年度报告》", "青禾县水利局", 2021),
    ],
)
def test_titles(title: str, agency: str, year: int) -> None:
    found = title_at([(title, False)], 0)
    assert found is not None
    assert (found.agency, found.year) == (agency, year)
    assert agency_in(title) == agency


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["青禾县人民政府", "2023年政府信息公开工作年度报告"], "青禾县人民政府"),
        (["2023年青禾县教育局政府信息公开工作", "年度报告"], "青禾县教育局"),
        (["青禾县教育局", "2023年政府信息公开工作", "年度报告"], "青禾县教育局"),
    ],
)
def test_titles_over_lines(lines: list[str], agency: str) -> None:
    found = [title_at([(line, False) for line in lines], n) for n in range(len(lines))]
    assert agency in [f.agency for f in found if f]
    assert {f.year for f in found if f and f.agency} == {2023}


@pytest.mark.parametrize(
    "line",
    [
        "根据《国务院办公厅关于印发政府信息公开工作年度报告格式的通知》要求编制本报告。",
        "当前位置：首页>政务公开>政府信息公开年报",
        "上一篇：青禾县财政局2022年政府信息公开工作年度报告",
        "年度报告",
    ],
)
def test_no_titles(line: str) -> None:
    assert title_at([(line, False)], 0) is None


def test_years_and_periods() -> None:
    assert year_in("邮编223100，电话20231234567") is None
    assert period_in("统计期限为2024年1月1日至12月31日") == (date(2024, 1, 1), date(2024, 12, 31))
    assert period_in("自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止") == (
        date(2023, 1, 1),
        date(2023, 12, 31),
    )
    assert period_in("２０２２年１月１日—２０２２年１２月３１日") == (date(2022, 1, 1), date(2022, 12, 31))
    assert period_in("2023年13月1日至2023年14月31日") is None
    assert period_in("2023年3月1日至2023年3月31日") is None


@pytest.mark.parametrize(
    ("line", "key", "ordinal"),
    [
        ("一、总体情况", "overview", 1),
        ("一、 总 体 情 况", "overview", 1),
        ("第一部分 总体情况", "overview", 1),
        ("二、主动公开政府信息情况：", "proactive", 2),
        ("三、收到和处理政府信息公开申请的情况", "requests", 3),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "remedies", 4),
        ("四.政府信息公开行政复议及行政诉讼情况", "remedies", 4),
        ("五、存在的主要问题和改进措施", "problems", 5),
        ("五、政府信息公开工作存在的主要问题及下一步改进打算", "problems", 5),
        ("六、需要报告的其他事项", "other", 6),
        ("其他需要报告的事项", "other", None),
        ("6.其他需要报告的事项", "other", 6),
    ],
)
def test_headings(line: str, key: str, ordinal: int | None) -> None:
    found = heading_line(line)
    assert found is not None
    assert (found.key, found.ordinal, found.rest) == (key, ordinal, "")


@pytest.mark.parametrize(
    ("line", "key", "rest"),
    [
        ("一、总体情况 2024年，我局认真做好各项工作。", "overview", "2024年，我局认真做好各项工作。"),
        ("六、其他需要报告的事项：无", "other", "无"),
        ("六、其他需要报告的事项无。", "other", "无。"),
    ],
)
def test_headings_with_text_behind(line: str, key: str, rest: str) -> None:
    found = heading_line(line)
    assert found is not None
    assert (found.key, found.rest) == (key, rest)


@pytest.mark.parametrize(
    "line",
    [
        "我局高度重视政府信息主动公开工作，总体情况良好。",
        "二、工作机制保障",
        "一、本年新收政府信息公开申请数量",
        "一是主动公开不够及时；",
        "行政复议",
        "其他",
    ],
)
def test_no_headings(line: str) -> None:
    found = heading_line(line)
    assert found is None or found.score < 0.6


def test_headings_inside_a_paragraph_are_cut_out_but_lists_of_them_are_not() -> None:
    text = "至2024年12月31日。一、总体情况 2024年，稳步推进。二、主动公开政府信息情况 见下表。"
    assert split_embedded(text) == [
        "至2024年12月31日。",
        "一、总体情况 2024年，稳步推进。",
        "二、主动公开政府信息情况 见下表。",
    ]
    titles = "；".join(f"{'一二三四五六'[h.ordinal - 1]}、{h.title}" for h in edition("2021").headings)
    assert split_embedded(f"本报告包括：{titles}。") == [f"本报告包括：{titles}。"]


def test_every_label_is_itself_and_nothing_else() -> None:
    for row, printed in zip(table3_rows(), edition("2021").table3, strict=True):
        assert like_rows3(printed.label) == ((row.index, 1.0),)
    for form in ("2021", "2019"):
        for block in edition(form).table2:
            for line in block.rows:
                assert like_row2(line.label) == ("fees" if line.slug.startswith("fees") else line.slug)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("2.其他法律行政止公开", "denied_law_forbids"),
        ("3、危及三安全一稳定", "denied_three_security"),
        ("(一)予以公开", "granted"),
        ("一）予以公开", "granted"),
        ("（二）部分公开", "partial"),
        ("１．申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请", "other_no_correction"),
        ("5.要求行政机关确认或重 新出具\n已获取信息", "reject_confirm"),
        ("（七）总 计", "result_total"),
        ("四、结转下年度继续办理的申请数量", "carried_out"),
        ("三、本年度办理结果（四）无法提供3.补正后申请内容仍不明确", "unable_unclear"),
    ],
)
def test_labels_by_likeness(label: str, slug: str) -> None:
    assert table3_rows()[like_rows3(label)[0][0]].slug == slug


@pytest.mark.parametrize("label", ["其他主动公开文件", "行政检查", "行政裁决", "其他行政许可事项", "合计"])
def test_strange_rows_of_table_two(label: str) -> None:
    assert like_row2(label) == ""


def test_radicals() -> None:
    assert repair("⾏政许可⺠政局⻔户⻅⻓⻛⻥⻬⼾") == "行政许可民政局门户见长风鱼齐户"
    for code in [*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)]:
        mended = repair(chr(code))
        assert len(mended) == 1
        assert unicodedata.name(mended).startswith("CJK UNIFIED IDEOGRAPH")
    assert repair("abc 123") == "abc 123"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"]
)
def test_encodings(encoding: str) -> None:
    text = "<html><head></head><body>政府公告工作年度</body></html>"
    if encoding == "big5":
        text = text.replace("<head>", '<head><meta charset="big5">')
    assert decode(text.encode(encoding)) == text


def test_wrong_declaration_is_not_believed() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset={}">政府信息公开工作年度报告'
    assert "政府信息" in decode(text.format("gb2312").encode())
    assert "政府信息" in decode(text.format("utf-8").encode("gbk"))
    assert "政府信息" in decode(text.format("no-such-charset").encode("gbk"))
    assert "㙓" in decode(text.format("gb2312").replace("报告", "报告㙓").encode("gb18030"))


def test_furniture() -> None:
    for line in (
        "当前位置：首页 > 年报",
        "发布时间：2024-01-20",
        "【字体：大 中 小】",
        "- 3 -",
        "第 2 页 共 5 页",
    ):
        assert is_chrome(line) or is_page_number(line) or line.startswith("【字体")
    for line in ("本报告由县政府办公室编制。", "2024年，全县公开信息66条。", "无。", "12"):
        assert not is_chrome(line)
        assert not ends_report(line)
    for line in (
        "上一篇：无",
        "主办单位：青禾县人民政府",
        "青ICP备00000000号",
        "附件：报告.docx",
        "扫一扫在手机打开",
    ):
        assert ends_report(line)


def test_core_drops_numbers_and_spaces_only() -> None:
    assert core("（二）部分 公开") == "部分公开"
    assert core("一般事项") == "一般事项"
    assert core("第二十条第（一）项") == "第二十条第一项"


def test_blocks_without_any_report_are_refused() -> None:
    with pytest.raises(Unreadable):
        assemble([TextBlock("通知"), Grid([[GridCell("姓名"), GridCell("3")]])])
    with pytest.raises(Unreadable):
        assemble([])


def test_publisher_stands_in_for_an_agency_missing_in_the_title() -> None:
    grid = Grid([[GridCell("发布机构"), GridCell("青禾县民政局"), GridCell("发文日期"), GridCell("")]])
    lines = ["2023年政府信息公开工作年度报告", "一、总体情况", "无。", "六、其他需要报告的事项", "无。"]
    report = assemble([grid, *(TextBlock(t) for t in lines)])
    assert (report.agency, report.year) == ("青禾县民政局", 2023)
    signed = assemble([*(TextBlock(t) for t in lines), TextBlock("青禾县水利局"), TextBlock("2024年1月9日")])
    assert signed.agency == "青禾县水利局"
    assert signed.sections[-1].text == "无。"


def test_long_texts_are_no_labels_and_cost_nothing() -> None:
    text = "1.其他2.重复申请" * 40_000
    assert like_rows3(text) == ()
    assert like_row2(text) == ""
    report = assemble(
        [TextBlock("一、总体情况"), TextBlock(text), TextBlock("六、其他需要报告的事项"), TextBlock("无。")]
    )
    assert report.sections[0].text == text
