"""Remedy notices: the words of A, B and C, the organs by kind of agency, and the day on which A began."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.statute.remedies import (
    ORGAN_RULES,
    VARIANTS,
    RemedyOrgans,
    complaint_sentence,
    notice_for,
    organs_for,
    remedy_notice,
    variant_on,
    variants_for_ground,
)

COURT = "某县人民法院"
ORGANS = RemedyOrgans(("某县人民政府",), COURT)
JUSTICE = RemedyOrgans(("某县人民政府", "某市司法局"), COURT)


def test_a_says_review_first_and_then_fifteen_days() -> None:
    assert remedy_notice("A", ORGANS) == (
        "如对本告知书不服，应当先自收到本告知书之日起60日内向某县人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向某县人民法院提起行政诉讼。"
    )


def test_b_leaves_the_choice_within_60_days_or_six_months() -> None:
    assert remedy_notice("B", ORGANS) == (
        "如对本告知书不服，可以自收到本告知书之日起60日内向某县人民政府申请行政复议，"
        "或者自收到本告知书之日起6个月内向某县人民法院提起行政诉讼。"
    )


def test_c_has_no_paragraph_even_without_organs() -> None:
    assert remedy_notice("C", RemedyOrgans((), "")) == ""


@pytest.mark.parametrize("variant", ["A", "B"])
def test_the_out_of_date_wordings_do_not_occur(variant: str) -> None:
    text = remedy_notice(variant, JUSTICE)
    assert "3个月" not in text
    assert "上级主管部门" not in text
    assert "某县人民政府或者某市司法局" in text
    assert ("应当先" in text) == (variant == "A")
    assert ("6个月" in text) == (variant == "B")


@pytest.mark.parametrize(
    ("on", "slug"), [(date(2023, 12, 31), "B"), (date(2024, 1, 1), "A"), (date(2026, 5, 1), "A"), (None, "A")]
)
def test_review_first_began_on_1_january_2024(on: date | None, slug: str) -> None:
    assert variant_on("A", on).slug == slug
    assert ("应当先" in remedy_notice("A", ORGANS, on=on)) == (slug == "A")


def test_b_and_c_do_not_depend_on_the_day() -> None:
    for slug in ("B", "C"):
        assert variant_on(slug, date(2020, 1, 1)).slug == slug


def test_a_mixed_reply_has_two_sentences_a_before_b() -> None:
    text = notice_for(("B", "A"), ORGANS)
    first, second = text.rstrip("。").split("。")
    assert first.startswith("如对本告知书中不予公开的部分不服，应当先")
    assert second.startswith("如对本告知书中其余部分不服，可以")
    assert "6个月" in second
    assert "15日" in first


def test_a_mixed_reply_before_2024_has_one_sentence() -> None:
    assert notice_for(("A", "B"), ORGANS, on=date(2023, 6, 1)) == remedy_notice("B", ORGANS)


def test_a_single_variant_is_the_plain_notice() -> None:
    for slug in VARIANTS:
        assert notice_for((slug,), ORGANS) == remedy_notice(slug, ORGANS)
    assert notice_for((), ORGANS) == ""


@pytest.mark.parametrize(
    ("kind", "organs", "article"),
    [
        ("department", ("某县人民政府",), 24),
        ("justice", ("某县人民政府", "某市司法局"), 28),
        ("township", ("某县人民政府",), 24),
        ("county_government", ("某县人民政府",), 24),
        ("vertical", ("某市司法局",), 27),
    ],
)
def test_organs_by_kind_of_agency(kind: str, organs: tuple[str, ...], article: int) -> None:
    assert organs_for(kind, government="某县人民政府", superior="某市司法局") == organs
    assert ORGAN_RULES[kind].ref.article == article


def test_every_rule_says_in_words_which_organ_is_wanted() -> None:
    for rule in ORGAN_RULES.values():
        assert rule.organs
        for organ in ("government", "superior"):
            assert bool(getattr(rule, organ)) == (organ in rule.organs)


def test_a_missing_name_is_asked_for_by_what_it_is() -> None:
    with pytest.raises(ValueError, match="要填写上一级司法行政部门的名称"):
        organs_for("justice", government="某县人民政府", superior="  ")
    with pytest.raises(ValueError, match="没有“bureau”这种机关"):
        organs_for("bureau", government="某县人民政府")


@pytest.mark.parametrize(
    "organs", [RemedyOrgans((), COURT), RemedyOrgans(("",), COURT), RemedyOrgans(("某县人民政府",), " ")]
)
def test_a_notice_without_organs_is_refused(organs: RemedyOrgans) -> None:
    with pytest.raises(ValueError, match="请先在机关设置里填写"):
        remedy_notice("B", organs)


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="只有A、B、C三种"):
        remedy_notice("D", ORGANS)


def test_a_letter_may_call_itself_otherwise() -> None:
    text = notice_for(("A", "B"), ORGANS, paper="本答复书")
    assert text.count("自收到本答复书之日起") == 3
    assert "告知书" not in text
    assert "如对本答复书中不予公开的部分不服" in text


def test_names_with_braces_are_printed_as_they_are() -> None:
    assert "{x}" in remedy_notice("B", RemedyOrgans(("{x}",), COURT))


def test_the_complaint_sentence_names_the_supervisors() -> None:
    assert "某县人民政府办公室投诉、举报" in complaint_sentence(("某县人民政府办公室",))
    with pytest.raises(ValueError, match="请写明"):
        complaint_sentence(())


@pytest.mark.parametrize(
    ("ground", "variants"),
    [
        ("《条例》第十五条", ("A", "B")),
        ("《中华人民共和国政府信息公开条例》第十六条第二款", ("A", "B")),
        ("《条例》第三十六条第四项：2022年的记录不存在", ("B",)),
        ("第38条", ("B",)),
        ("第三十六条第四项、第十六条第一款", ("A", "B")),
        ("《未成年人保护法》第一百零三条", ("A", "B")),
        ("", ("A", "B")),
    ],
)
def test_what_is_withheld_tells_the_variants_of_a_partial_disclosure(
    ground: str, variants: tuple[str, ...]
) -> None:
    assert variants_for_ground(ground) == variants
