"""Personal data and secrecy marks: built numbers are always found, ordinary words and figures are not."""

from __future__ import annotations

import os
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.statute.privacy import Certainty, Hit, Kind, find_personal_data, luhn, mask

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "150")), deadline=None)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def _mod_11_2(body: str) -> str:
    """ISO 7064 MOD 11-2 as the standard defines it, digit by digit; the software uses a table of weights."""
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    check = (12 - rest) % 11
    return "X" if check == 10 else str(check)


def _luhn_digit(body: str) -> str:
    """The digit that makes the Luhn sum end in 0, by trial on paper-and-pencil sums."""
    odd = sum(int(d) for d in body[-2::-2])
    even = sum(sum(map(int, str(2 * int(d)))) for d in body[::-2])
    return str(-(odd + even) % 10)


@st.composite
def ids(draw: st.DrawFn) -> str:
    region = draw(st.integers(110000, 659999))
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + _mod_11_2(body)


CUTS = ([18], [6, 8, 4], [6, 4, 4, 4], [4, 4, 4, 4, 2], [3, 3, 4, 4, 4], [6, 12], [6, 8, 3, 1], [1] * 18)


@st.composite
def typed_ids(draw: st.DrawFn) -> str:
    """An ID number as people type it: grouped, with blanks or hyphens, small x, full-width."""
    number, parts = draw(ids()), []
    for size in draw(st.sampled_from(CUTS)):
        parts.append(number[:size])
        number = number[size:]
    typed = draw(st.sampled_from(["-", " ", "  ", "－", "\u3000"])).join(parts)
    if draw(st.booleans()):
        typed = typed.translate(FULL_WIDTH)
    return typed.lower() if draw(st.booleans()) else typed


SURROUNDINGS = st.text(alphabet="申请人身份证号码：，。（）女男 汉\n年", max_size=12)


def _of(kind: Kind, hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.kind is kind]


@EXAMPLES
@given(SURROUNDINGS, typed_ids(), SURROUNDINGS)
def test_a_valid_id_number_is_always_found_where_it_stands(before: str, number: str, after: str) -> None:
    text = before + number + after
    hits = _of(Kind.ID_NUMBER, find_personal_data(text))
    assert [(h.start, h.end, h.certainty) for h in hits] == [
        (len(before), len(before) + len(number), Certainty.CERTAIN)
    ]
    assert hits[0].text == number
    assert hits[0].blocks


@EXAMPLES
@given(ids(), st.integers(0, 17), st.integers(1, 9), st.sampled_from([[18], [6, 8, 4], [4, 4, 4, 4, 2]]))
def test_one_wrong_digit_is_never_certain(number: str, place: int, shift: int, cuts: list[int]) -> None:
    old = 10 if number[place] == "X" else int(number[place])
    wrong = number[:place] + str((old + shift) % 10) + number[place + 1 :]
    assume(wrong != number)
    parts, rest = [], wrong
    for size in cuts:
        parts.append(rest[:size])
        rest = rest[size:]
    hits = find_personal_data(f"号码{'-'.join(parts)}。")
    assert all(hit.certainty is not Certainty.CERTAIN for hit in hits)


def test_a_mistyped_id_number_is_still_hinted_at_and_masked() -> None:
    (hit,) = find_personal_data("身份证430321199001011230。")
    assert hit.kind is Kind.ID_NUMBER
    assert hit.certainty is Certainty.WEAK
    assert not hit.blocks
    assert mask("身份证430321199001011230。") == "身份证430*************30。"


def test_an_old_id_number_is_a_weak_hit() -> None:
    (hit,) = find_personal_data("证号430321900101123，")
    assert (hit.kind, hit.certainty) == (Kind.ID_NUMBER, Certainty.WEAK)
    assert find_personal_data("证号430321901301123，") == []


@EXAMPLES
@given(ids(), st.integers(0, 30), st.integers(3, 15))
def test_an_id_number_that_ran_into_other_figures_is_likely(number: str, ahead: int, cut: int) -> None:
    text = f"{'7' * ahead}{number}" if ahead else f"{number[:cut]}\n{number[cut:]}"
    # By chance the longer row may pass for a bank card; publishing waits either way.
    assert any(hit.blocks for hit in find_personal_data(text) if hit.end > ahead)
    assert number not in mask(text).replace("\n", "")


@EXAMPLES
@given(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.sampled_from(["", "+86", "+86 ", "86-", "0086"]),
    st.sampled_from([(11,), (3, 4, 4), (3, 8), (7, 4)]),
    st.sampled_from([" ", "-"]),
    st.booleans(),
)
def test_a_mobile_number_is_always_found(
    number: str, prefix: str, cuts: tuple[int, ...], sign: str, full: bool
) -> None:
    parts, rest = [], number
    for size in cuts:
        parts.append(rest[:size])
        rest = rest[size:]
    typed = prefix + sign.join(parts)
    typed = typed.translate(FULL_WIDTH) if full else typed
    text = f"电话：{typed}，联系人王某"
    hits = find_personal_data(text)
    assert [h.kind for h in hits] == [Kind.MOBILE]
    assert hits[0].text == typed
    assert hits[0].blocks
    hidden = "".join(c for c in mask(text) if c.isdigit() or c == "*")
    assert hidden.translate(str.maketrans("０１２３４５６７８９", "0123456789")).endswith(
        number[:3] + "****" + number[-4:]
    )


@EXAMPLES
@given(st.from_regex(r"\A62[0-9]{13,16}\Z"), st.booleans())
def test_a_bank_card_is_found_by_its_luhn_sum(body: str, grouped: bool) -> None:
    number = body + _luhn_digit(body)
    assume(len(set(number)) >= 4)
    assert luhn(number)
    typed = " ".join(number[i : i + 4] for i in range(0, len(number), 4)) if grouped else number
    hits = _of(Kind.BANK_CARD, find_personal_data(f"开户账号{typed}（农商行）"))
    if not hits:
        # An 18-digit card may by chance also be an ID number or look like one.
        assert len(number) == 18
        return
    assert typed.endswith(hits[0].text)
    assert hits[0].blocks
    if not grouped and len(number) != 18:
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert _of(Kind.BANK_CARD, find_personal_data(f"账号{wrong}。")) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010519491231002X", "身份证110*************2X"),
        ("身份证 110105-19491231-002X。", "身份证 110***-********-**2X。"),
        ("手机13812345678", "手机138****5678"),
        ("手机+86 138-1234-5678", "手机+86 138-****-5678"),
        ("账号6222021234567890128", "账号***************0128"),
        ("邮箱zhangsan@example.cn", "邮箱z*******@example.cn"),
        ("办公电话0731-57881234", "办公电话0731-57881234"),
    ],
)
def test_masks_keep_what_the_rule_keeps(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_landline_is_masked_only_when_asked_for() -> None:
    text = "住宅电话（0731）57881234"
    (hit,) = find_personal_data(text)
    assert (hit.kind, hit.certainty, hit.blocks) == (Kind.LANDLINE, Certainty.WEAK, False)
    assert mask(text, {Kind.LANDLINE}) == "住宅电话（073*）****1234"


@EXAMPLES
@given(st.lists(st.one_of(typed_ids(), st.from_regex(r"\A1[3-9][0-9]{9}\Z"), SURROUNDINGS), max_size=6))
def test_masking_keeps_the_length_and_leaves_nothing_to_find(pieces: list[str]) -> None:
    text = "，".join(pieces)
    masked = mask(text)
    assert len(masked) == len(text)
    assert [h for h in find_personal_data(masked) if h.kind is not Kind.LANDLINE and h.blocks] == []
    assert mask(masked) == masked


ALPHABET = "0123456789０１xX -－\n@.+★秘密机绝级：（）()a年"


@EXAMPLES
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_hits_never_overlap_and_offsets_are_those_of_the_text(text: str) -> None:
    hits = find_personal_data(text)
    for hit in hits:
        assert text[hit.start : hit.end] == hit.text
        assert hit.start < hit.end
    for before, after in pairwise(hits):
        assert before.end <= after.start


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("秘密★10年\n某县司法局文件", "秘密★10年"),
        ("机密★启封前", "机密★启封前"),
        ("绝密★", "绝密★"),
        ("　机　密★长期　", "机　密★长期"),
        ("密级：秘密", "密级：秘密"),
        ("★机密\n", "★机密"),
    ],
)
def test_secrecy_marks_are_certain(text: str, found: str) -> None:
    (hit,) = find_personal_data(text)
    assert hit.kind is Kind.SECRECY_MARK
    assert hit.certainty is Certainty.CERTAIN
    assert hit.text == found
    assert hit.blocks
    assert mask(text) == text


@pytest.mark.parametrize("text", ["关于某事的通知\n机密\n各乡镇：", "（秘密）", "【绝密】", "工作秘密★5年"])
def test_bare_marks_are_likely(text: str) -> None:
    (hit,) = find_personal_data(text)
    assert hit.kind is Kind.SECRECY_MARK
    assert hit.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "1.属于国家秘密\n0\n0\n0\n0\n0\n0\n0",
        "涉及国家秘密、商业秘密、个人隐私的不予公开",
        "商业秘密★",
        "依照《中华人民共和国保守国家秘密法》进行保密审查",
        "国家秘密分为绝密、机密、秘密三级",
        "密级：无",
        "密级标识和保密期限",
        "绝密文件不得上网，机密级、秘密级同样如此",
        "2024年共发布66条，其中9+5+2+4+17+11+18=66",
        "13612 252 0 45 128 32 14069",
        "一般公共预算支出123456789012元",
        "索引号：000014349/2017-00110",
        "统一社会信用代码12620600MB0523338C",
        "2024-01-01 2024-12-31 2025-02-21",
        "00000000000 0000000000000000",
        "1111111111111111",
        "邮编411228，网站标识码4303210001",
        "国办公开办函〔2021〕30号",
        "@某人 @ 某地 a@b",
        "10 20 30 40 50 60 70 80 90",
    ],
)
def test_ordinary_words_and_figures_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == []


def test_an_amount_and_a_code_are_weak_at_most() -> None:
    for text in ("收入13812345678.50元", "文件名13812345678a9f"):
        assert [hit.blocks for hit in find_personal_data(text)] == [False]


def test_a_row_of_a_name_list_gives_each_number_once() -> None:
    row = "3 110105194912310020 13812345678 6222021234567890128".replace(
        "110105194912310020", "11010519491231002X"
    )
    kinds = [hit.kind for hit in find_personal_data(row)]
    assert kinds == [Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD]


def test_a_mobile_in_an_email_is_reported_once() -> None:
    (hit,) = find_personal_data("13812345678@163.com")
    assert hit.kind is Kind.MOBILE
    assert mask("13812345678@163.com") == "138****5678@163.com"


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "12 ",
        "1 ",
        "1234-",
        "秘 ",
        "秘密\n",
        "a@",
        "a.",
        " ",
        "1X ",
        "12\n",
        "(0731",
        "13812345678 ",
        "★",
        "密级",
    ],
)
def test_a_long_row_of_anything_is_read_through(unit: str) -> None:
    """Would not end in a test's lifetime if any pattern went back over what it has read."""
    text = unit * ((1_000_000 if unit == "7" else 250_000) // len(unit))
    hits = find_personal_data(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits[:100])


def test_every_id_number_in_a_long_list_is_found() -> None:
    bodies = [f"430321{date.fromordinal(720000 + n):%Y%m%d}{n % 1000:03d}" for n in range(5000)]
    text = "\n".join(f"{n}\t{body}{_mod_11_2(body)}" for n, body in enumerate(bodies))
    hits = _of(Kind.ID_NUMBER, find_personal_data(text))
    assert len([h for h in hits if h.certainty is Certainty.CERTAIN]) == 5000


@pytest.mark.parametrize("text", ["电话13812345678wx同号", "13812345678QQ"])
def test_a_mobile_with_a_word_behind_it_stops_publication(text: str) -> None:
    assert [hit.blocks for hit in find_personal_data(text)] == [True]
