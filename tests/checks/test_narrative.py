"""Prose against tables, sentence by sentence. `busy`: 34 new (32+2), 2 carried in; 9 granted, 2 denied, 10 unable,
14 otherwise; 35 done, 1 carried out; one reconsideration upheld; 13 normative documents made, 55 valid; 2 penalties."""

from __future__ import annotations

import pytest

from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport, CellKind
from tests.checks.builders import blank_form, busy, codes, errors, fill_row, on_requests, put, say

SILENT = [
    "全年收到政府信息公开申请34件，上年结转政府信息公开申请2件。",
    "2024 年 全年 收到政府信息公开申请 34 件。",
    "全年收到政府信息公开申请36件（含上年结转2件），办结35件，结转下年度1件。",
    "共办理政府信息公开申请35件。",
    "收到申请34件，较上年增加5件，同比增长12.3%。",
    "收到政府信息公开申请34件，比2023年减少3件。",
    "与去年相比，收到申请34件，比去年的40件少6件。",
    "去年收到政府信息公开申请40件，今年收到政府信息公开申请34件。",
    "其中，通过网站收到申请20件，通过信函收到申请14件。",
    "区政府办公室收到政府信息公开申请5件。",
    "本级收到政府信息公开申请3件，全县共收到政府信息公开申请34件。",
    "收到关于土地征收的政府信息公开申请20件。",
    "近40件政府信息公开申请得到规范办理。",
    "收到政府信息公开申请30余件。",
    "申请中，9件予以公开，2件不予公开，10件无法提供。",
    "申请办理结果：予以公开9件、部分公开0件、不予公开2件、无法提供10件、不予处理0件、其他处理14件。",
    "受理的申请中因信息属于内部事务信息不予公开1件。",
    "申请中予以公开及部分公开9件，占25.7%；无法提供10件，占28.5%。",
    "制作答复书35份，开展依申请公开业务培训3次，接听咨询电话120次。",
    "发出补正告知书8件，征求第三方意见5件。",
    "办理行政许可申请500件，法律援助申请120件，行政复议申请45件。",
    "收到行政复议申请45件，其中涉及政府信息公开的3件。",
    "未收到涉及商业秘密的政府信息公开申请。",
    "未收到更正政府信息申请。",
    "未发生因政府信息公开被纠错的行政复议案件。",
    "2023年未收到政府信息公开申请。",
    "未发生因政府信息公开工作提起的行政诉讼。",
    "依申请公开工作中无逾期答复、无被行政诉讼败诉的情形。",
    "公开行政复议信息18条，发布行政复议决定书12件。",
    "依托政府信息公开平台公开行政复议案件45件。",
    "因政府信息公开工作被申请行政复议1件，结果维持1件，提起行政诉讼0件。",
    "有1件涉及政府信息公开工作的行政复议，该行政复议件未被复议审查机关纠错。涉及的行政诉讼数为0件。",
    "信息公开类行政复议一件，均获维持。",
    "全年制发行政规范性文件13件，现行有效55件。",
    "合法性审查规范性文件45件，备案审查规范性文件20件。",
    "发布规范性文件解读96篇。",
    "公示行政处罚信息11条，作出行政处罚决定2件。",
    "到期的政府信息公开申请均已按时办结。",
    "收到的申请中自然人申请32件，法人申请2件。",
    "根据《中华人民共和国政府信息公开条例》第二十七条，条例第十三条规定受理申请。",
    "高效办成一件事，落实一事一申请。",
    "全区各部门、各街道共收到依申请公开34件。其中，通过网络申请30件，占88.24%；通过信函申请4件，占11.76%。",
    "完成依申请公开答复35件，包括上年结转申请2件。其中，予以公开答复9件，占25.71%；部分公开0。",
    "新收到依申请公开政府信息34件，答复依申请公开政府信息35件，结转下年度继续办理1件。",
    "全区共收到依申请公开件34件，上年度结转办理件2件，共办结35件，结转到2025年办理1件。",
    "共受理依申请公开事项36件，结转上年后新收到依申请公开事项34件，较上一年度增加42件。",
    "已答复35件，其中“予以公开”9件，占已答复件数的25.7%。",
    "依申请公开共收到群众网上申请30件，快递4件，合计34件，上年结转2件，1件正在办理中。",
    "收到要求公开政府信息的申请34件，其中1件属内部事务信息，6件申请人主动撤件。",
    "行政复议144件，120件做了复议决定，行政诉讼97件，27件法院做出判决。",
    "主动公开行政规范性文件42件（含新制定5件，修改4件，废止4件）。",
    "主动公开行政规范性文件1件，行政许可文件1513件，行政处罚文件4件。",
    "共计行政处罚3起，均已公示。",
    "信息公开工作无超期以及被撤销、败诉案件，未收到投诉举报。",
    "受理热线84个，办结率为100%，收到248条网民留言，办结留言230条。",
    "未收到行政许可申请。",
    "全年共收到申请34件，其中自然人32件。",
    "今年新收34件，上年结转2件。",
    "收到法律援助申请5件。收到行政许可申请5件。",
    "办理法律援助申请34件，其中新收5件。",
    "公开新收录政策5件，新收集公开意见5件。",
    "2023年新收5件。",
    "上半年新收5件。",
]
SPOKEN = [
    ("全年收到政府信息公开申请43件。", "N-01"),
    ("2024年，共收到政府信息公开申请12件，较上年增加5件。", "N-01"),
    ("其中，通过网站收到政府信息公开申请50件。", "N-01"),
    ("区政府办公室收到政府信息公开申请50件。", "N-01"),
    ("办理依申请公开十二件。", "N-01"),
    ("上年度结转政府信息公开申请5件。", "N-02"),
    ("另有7件申请按照《条例》顺延到下年度答复。", "N-02"),
    ("结转2025年继续办理申请4件。", "N-02"),
    ("按时答复政府信息公开申请20件。", "N-03"),
    ("申请中予以公开19件。", "N-04"),
    ("申请中12件予以公开。", "N-04"),
    ("申请中因不掌握等原因无法提供4件。", "N-04"),
    ("申请中不予处理三件。", "N-04"),
    ("没有收到依申请公开。没有收到政府信息公开申请。", "N-07"),
    ("全年无政府信息公开申请。", "N-07"),
    ("未收到行政许可申请；未接到信息公开申请。", "N-07"),
    ("未收到申请人提出的依申请公开申请。", "N-07"),
    ("没有收到过相关申请。", "N-07"),
    ("无依申请公开事项。", "N-07"),
    ("未收到和处理政府信息公开申请，零报告。", "N-07"),
    ("未发生涉及本局信息公开行政复议案件和行政诉讼案件。", "N-08"),
    ("系统中收到12封申请。", "N-01"),
    ("没有因政府信息公开引起的行政复议。", "N-08"),
    ("信息公开类行政复议7件，诉讼9件。", "N-09"),
    ("因政府信息公开工作被申请行政复议1件，其中结果维持0件，纠正1件。", "N-09"),
    ("2024年有2件涉及政府信息公开工作的行政复议。", "N-09"),
    ("政府信息公开申请均已办结。", "N-10"),
    ("政府信息公开申请办结率100%。", "N-10"),
    ("全年制发行政规范性文件31件。", "N-13"),
    ("现行有效行政规范性文件50件。", "N-13"),
    ("废止行政规范性文件1件。", "N-13"),
    ("作出行政处罚决定20宗。", "N-14"),
    ("收到自然人申请30件。", "N-16"),
    ("全年共收到申请5件。", "N-01"),
    ("共收到申请34件，其中自然人4件。", "N-16"),
    ("受理申请5件。", "N-01"),
    ("今年新收5件，上年结转2件。", "N-01"),
    ("今年新收36件，上年结转2件。", "N-01"),
    ("今年新收34件，上年结转1件。", "N-02"),
    ("本年度依申请公开，全年共收到5件。", "N-01"),
]


def found(text: str, report: AnnualReport | None = None) -> set[str]:
    """Narrative codes on a passage under 依申请公开方面."""
    return {c for c in codes(check(on_requests(report or busy(), text))) if c.startswith("N-")}


@pytest.mark.parametrize("text", SILENT)
def test_agreeing_or_unrelated_prose_has_no_finding(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(("text", "code"), SPOKEN)
def test_contradicting_prose_has_its_finding(text: str, code: str) -> None:
    assert found(text) == {code}


@pytest.mark.parametrize(("text", "_"), SPOKEN)
def test_prose_is_never_an_error(text: str, _: str) -> None:
    assert errors(check(on_requests(busy(), text))) == []


LISTS = [
    ("全年公开信息20条，其中政策12条，动态8条。", True),
    ("全年公开信息20条，其中政策12条，动态9条。", False),
    ("全年公开信息20条，其中政策12条，动态5条。", True),
    ("全年公开信息20条，其中政策22条。", False),
    ("全年公开信息20条：政策12条、动态5条、其他3条。", True),
    ("全年公开信息20条：政策12条、动态5条、其他2条。", False),
    ("全年公开信息20条，分别为政策12条、动态7条。", False),
    ("公开政策12条、动态5条，合计17条。", True),
    ("公开政策12条、动态5条，合计18条。", False),
    ("全年公开信息20条，其中政策12条，动态8条，开展培训30条。", True),
    ("发布信息18439条，其中：概况类69条、政务动态类8043条、目录类10327条；共维护13个专栏。", True),
    ("主动公开信息共计126条：其中，动态11条、专栏101条、双随机一公开信息2条、事项12条。", True),
    ("公开各类信息165条。其中，规范性文件0条，许可类10条，处罚类0条，其它类156条。", False),
    ("刊发稿件176篇，其中，中央级13篇、省市级128篇、战线2篇。", True),
    ("全年公开信息约20条，其中政策12条，动态9条。", True),
    ("全年收到申请34件，其中网络申请30件，信函申请4件。", True),
    ("全年收到申请34件，其中网络申请30件，信函申请6件。", False),
    ("全年公开信息二十条。政策十二条，动态五条，其他四条。", False),
    ("全年公开信息１，２００条，其中政策1,100条，动态100条。", True),
    ("发布政务公开9条、人事信息5条，合计14条。", True),
    ("发布政务公开9条、人事信息5条，合计15条。", False),
    ("发布政务公开10条、人事信息5条，合计14条。", False),
    ("发布政务公开9条，人事信息5条，共14条。", True),
    ("发布政务公开9条，人事信息5条，共计公开信息15条。", False),
    ("发布政务公开9、人事信息5，合计14条。", True),
    ("发布政务公开9、人事信息5，合计15条。", False),
    ("累计公开66条，分别为政务公开9条，人事信息5条，其他52条。", True),
    ("累计公开66条，分别为政务公开9条，人事信息5条，其他51条。", False),
    ("累计公开66条，分别为政务公开9，人事信息5，其他52。", True),
    ("累计公开66条，分别为政务公开9，人事信息5，其他51。", False),
    ("累计公开66条，政务公开、人事信息、其他分别为9、5、52。", True),
    ("累计公开66条，政务公开、人事信息、其他分别为9、5、53。", False),
    ("累计公开66条，其中政务公开9、人事信息5、其他53。", False),
    ("累计公开66条，其中政务公开9、人事信息5。", True),
    ("累计公开66条（政务公开9条，人事信息5条，其他52条）。", True),
    ("累计公开66条（政务公开9条，人事信息5条，其他53条）。", False),
    ("累计公开66条，政务公开9条，人事信息5条，其他52条。", True),
    ("累计公开66条，政务公开9条，人事信息5条，其他53条。", False),
    ("全年共举办发布会5次，政策解读3次、在线访谈4次、民生热线9次。", True),
    ("累计公开66条，其中：1、政务公开9条；2、人事信息5条。", True),
    ("公开信息12条，较去年增加5条，共17条。", True),
]


@pytest.mark.parametrize(("text", "sound"), LISTS)
def test_enumerations(text: str, sound: bool) -> None:
    assert found(text) == (set() if sound else {"N-12"})


def test_a_list_with_and_so_on_that_falls_short_by_little_is_a_note() -> None:
    text = "全年累计公开信息66条。政策9条，动态30条，执法26条等。"
    notes = check(say(blank_form(), text))
    assert "N-12" in codes(notes, Level.NOTE)
    assert codes(notes) == set()


def test_a_long_list_that_leaves_out_next_to_nothing_is_a_warning_in_spite_of_and_so_on() -> None:
    text = "全年累计公开信息{}条。政策9条，人事5条，财政2条，机构4条，动态17条，执法11条，复议18条等。"
    assert found(text.format(66)) == set()
    assert found(text.format(67)) == {"N-12"}
    assert found(text.format(65)) == {"N-12"}
    assert found(text.format(90)) == set()


@pytest.mark.parametrize(
    "text", ["共收到申请5件，其中自然人4件。", "受理申请5件。", "今年新收5件，上年结转1件。"]
)
@pytest.mark.parametrize("heading", ["（一）主动公开方面", "（三）法律援助申请办理情况"])
def test_bare_requests_are_compared_only_where_the_sub_heading_says_what_is_counted(
    text: str, heading: str
) -> None:
    bare = check(say(busy(), "（二）依申请公开方面", "按时答复。", heading, text))
    assert {c for c in codes(bare) if c.startswith("N-")} == set()
    assert "N-01" in codes(check(say(busy(), heading, "按时办理。", "（二）依申请公开方面", text)))


PROBLEMS = [
    ("2024年收到政府信息公开申请34件，人手不足。", True),
    ("2024年收到政府信息公开申请5件，人手不足。", False),
    ("今年办理依申请公开5件，经验不足。", False),
    ("全年共答复政府信息公开申请35件。", True),
    ("2023年收到政府信息公开申请5件。", True),
    ("去年受理政府信息公开申请5件，今年受理34件。", True),
    ("有5件政府信息公开申请答复不够规范，办理政府信息公开申请逾期3件。", True),
    ("收到法律援助申请5件，受理申请6件。", True),
    ("2024年未收到政府信息公开申请，业务不熟。", False),
    ("2023年未收到政府信息公开申请，业务不熟。", True),
]


@pytest.mark.parametrize(("text", "sound"), PROBLEMS)
def test_part_five_is_compared_where_it_counts_the_requests_of_the_year(text: str, sound: bool) -> None:
    spoken = {c for c in codes(check(say(busy(), text, key="problems"))) if c.startswith("N-")}
    assert bool(spoken) is not sound


def test_part_five_on_the_problems_of_the_year_before_is_left_alone() -> None:
    before = "（一）2023年问题的整改情况"
    report = say(busy(), before, "收到政府信息公开申请5件，已加派人手。", key="problems")
    assert "N-01" not in codes(check(report))
    report = say(busy(), before, "已整改。", "（二）今年的问题", "收到政府信息公开申请5件。", key="problems")
    assert "N-01" in codes(check(report))


def test_the_narrower_office_is_the_agency_itself() -> None:
    report = busy()
    report.agency = "东湖区人民政府办公室"
    assert found("区政府办公室收到政府信息公开申请5件。", report) == {"N-01"}
    report.agency = "东湖区人民政府"
    assert found("区政府办公室收到政府信息公开申请5件。", report) == set()


def test_unclear_cells_are_a_note() -> None:
    report = busy()
    for slug in ("new", "result_total"):
        put(report, f"t3.{slug}.total", "三十四")
        assert report.cells[f"t3.{slug}.total"].kind is CellKind.TEXT
    notes = check(on_requests(report, "全年收到政府信息公开申请34件。"))
    assert "N-01" in codes(notes, Level.NOTE)
    assert "N-01" not in codes(notes)


def test_all_upheld_contradicts_pending_and_corrected() -> None:
    report = busy()
    put(report, "t4.reconsideration.pending", 2)
    put(report, "t4.reconsideration.total", 3)
    assert found("因政府信息公开被申请行政复议3件，均获维持。", report) == {"N-11"}
    assert found("因政府信息公开被申请行政复议3件，未被纠错。", report) == set()
    put(report, "t4.reconsideration.corrected", 1)
    assert found("因政府信息公开被申请行政复议，未被纠错。", report) == {"N-11"}


def test_carried_in_alone_contradicts_received_none() -> None:
    report = blank_form()
    fill_row(report, "carried_in", 2)
    fill_row(report, "granted", 2)
    fill_row(report, "result_total", 2)
    assert found("全年未收到政府信息公开申请。", report) == {"N-07"}


def test_the_finding_quotes_the_prose_and_says_where() -> None:
    (finding,) = [f for f in check(on_requests(busy(), "全年收到政府信息公开申请43件。")) if f.code == "N-01"]
    assert "“全年收到政府信息公开申请43件”" in finding.message
    assert "本年新收34" in finding.message
    assert "本年新收加上年结转36" in finding.message
    assert finding.where == "第2段"
    assert "t3.new.total" in finding.cells
