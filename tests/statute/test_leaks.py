"""What must not go out of a text: each kind where it stands, and the ordinary words and figures that look like it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.leaks import Listed, Severity, What, find_leaks
from leaks.harmless import texts


@pytest.mark.parametrize(
    ("text", "what", "found", "blocks"),
    [
        (
            "身份证号１１０１０５１９４９１２３１００２Ｘ",
            What.ID_NUMBER,
            "１１０１０５１９４９１２３１００２Ｘ",
            True,
        ),
        ("公民身份号码 110105-19491231-002X。", What.ID_NUMBER, "110105-19491231-002X", True),
        ("原身份证号430321900101123", What.ID_NUMBER, "430321900101123", True),
        ("编外430321900101123", What.ID_NUMBER, "430321900101123", False),
        ("手机138 1234 5678", What.MOBILE, "138 1234 5678", True),
        ("举报人住宅电话0731-57881234", What.LANDLINE, "0731-57881234", True),
        ("家庭电话：57881234", What.LANDLINE, "57881234", True),
        ("账号6222021234567890128", What.BANK_CARD, "6222021234567890128", True),
        ("护照号码：E12345678", What.PAPER, "E12345678", True),
        ("港澳居民来往内地通行证H1234567801", What.PAPER, "H1234567801", True),
        ("台胞证号码：12345678", What.PAPER, "12345678", True),
        ("残疾人证号：43032119900101123X42", What.PAPER, "43032119900101123X42", True),
        ("回信请寄 someone@example.com", What.EMAIL, "someone@example.com", False),
        ("家庭住址：甲县乙镇荷塘村新屋组12号，电话不详", What.ADDRESS, "甲县乙镇荷塘村新屋组12号", True),
        ("申请人住甲县乙镇凤凰路8号3栋2单元501室", What.ADDRESS, "甲县乙镇凤凰路8号3栋2单元501室", True),
        (
            "住址：甲县凤凰路 8 号 3 栋 2 单元 501 室",
            What.ADDRESS,
            "甲县凤凰路 8 号 3 栋 2 单元 501 室",
            True,
        ),
        ("驾驶湘C·A1234小型轿车", What.PLATE, "湘C·A1234", False),
        ("新能源车粤BD12345", What.PLATE, "粤BD12345", False),
        ("留守儿童李小明，现年九岁", What.MINOR, "李小明", True),
        ("申请人：欧阳建国", What.NAME, "欧阳建国", False),
        ("当事人张三，男，汉族", What.NAME, "张三", False),
        ("秘密★10年", What.MARK, "秘密★10年", True),
        ("工作秘密★5年", What.INTERNAL, "工作秘密★5年", True),
        ("内部资料　注意保存", What.INTERNAL, "内部资料　注意保存", True),
        ("此件仅供内部使用。", What.INTERNAL, "仅供内部使用", True),
    ],
)
def test_each_kind_is_found_where_it_stands(text: str, what: What, found: str, blocks: bool) -> None:
    hits = [f for f in find_leaks(text) if f.what is what]
    assert [(f.text, f.blocks) for f in hits] == [(found, blocks)]
    assert text[hits[0].start : hits[0].end] == found
    assert hits[0].why
    assert hits[0].ref.says or hits[0].what is What.WORD


def test_the_school_class_of_a_minor_is_found_and_a_school_in_the_news_is_not() -> None:
    text = "被害人系未成年学生，就读于某镇中心小学三年级（2）班。"
    assert any(f.what is What.MINOR and "三年级（2）班" in f.text for f in find_leaks(text))
    assert find_leaks("某镇中心小学三年级（2）班获评文明班级。") == []


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0731-57881234，服务热线12345、12348、400-810-1234",
        "统一社会信用代码：91430321MA4L16JQ9B，税号430321900101123",
        "甲政办发〔2024〕12号，索引号430321/2024-00123",
        "预算金额13812345678.50元，实际支出13812345678元",
        "住所：甲县人民路8号，当事人：某某商贸有限公司",
        "地址：甲县人民路8号政务服务中心3楼301室",
        "申请人：无　联系人：王某　当事人：张××　举报人：李*",
        "申请人应当提供身份证明，当事人可以申请听证",
        "邮箱：sfj@example.gov.cn；办公邮箱：bgs@163.com",
        "罚款缴至财政专户，账号6222021234567890128",
        "国药准字H20230101，型号E12345678的设备",
        "湘ICP备12345678号，湘公网安备43032102000123号",
        "涉及工作秘密的内容，不得对外公开，由各单位处理",
        "联系人：王建国，电话0731-57881234",
        "2026年11月30日 20261130 2026-11-30 11:30:00",
    ],
)
def test_ordinary_words_and_figures_are_left_alone(text: str) -> None:
    assert find_leaks(text) == []


def test_the_head_of_a_column_says_what_the_cell_does_not() -> None:
    assert find_leaks("E12345678", before="护照号码")[0].blocks
    assert [f.text for f in find_leaks("张三", before="当事人")] == ["张三"]
    assert find_leaks("张三", before="职务") == []


def test_the_word_list_names_the_right_word_and_knows_what_is_right_already() -> None:
    words = [
        Listed("农业部", "农业农村部"),
        Listed("布署", "部署"),
        Listed("工商局", "市场监督管理局", Severity.BLOCK, "机构已经改革"),
    ]
    found = find_leaks("农业部门布署，农业部发文，县工商局承办，农业农村部答复", words)
    assert [(f.text, f.instead, f.blocks) for f in found] == [
        ("布署", "部署", False),
        ("农业部", "农业农村部", False),
        ("工商局", "市场监督管理局", True),
    ]


def test_two_hundred_harmless_texts_raise_fewer_than_five_in_a_hundred() -> None:
    alarmed = [text for text in texts(200, 77) if find_leaks(text)]
    assert len(alarmed) < 10, alarmed[:3]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="申请人张三：，。住址路号栋室学生班0123456789 ★密秘E\n（）@.京A", max_size=200))
def test_finds_never_overlap_and_offsets_are_those_of_the_text(text: str) -> None:
    found = find_leaks(text)
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.start < one.end
    for before, after in pairwise(found):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "unit",
    [
        "路",
        "号",
        "1号",
        "村1组",
        "申请人：",
        "学生",
        "住",
        "住址：",
        "小学",
        "三年级",
        "内部",
        "护照",
        "县路1号1栋",
        "，",
        "张三",
    ],
)
def test_a_long_row_of_anything_is_read_through(unit: str) -> None:
    began = time.process_time()
    find_leaks(unit * (60_000 // len(unit)))
    assert time.process_time() - began < 20
