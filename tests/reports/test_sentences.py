"""What composers write: every number is its fact, parts make up wholes, no nonsense over zeros, and the report's own
checks find nothing in it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.reports.composers import COMPOSERS, outline
from gongkai.reports.prose import MARK, Fact, YearFacts, filled, keys_in, plain
from gongkai.reports.sentences_requests import GROUPS, LEAVES
from gongkai.statute.report.checks import check
from gongkai.statute.report.checks.notions import GROUPS as ROWS_OF_CHECKS
from gongkai.statute.report.editions import edition
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import AnnualReport
from tests.reports.random_facts import with_prose, years

_OPENS, _CLOSES = "（“《", "）”》"


patient = settings(suppress_health_check=[HealthCheck.too_slow])
"""The first year drawn takes a while: the whole form is gone through."""


def written(known: YearFacts) -> dict[str, str]:
    """All that the composers write of a year, with marks."""
    found = {slug: composer.write(known) for slug, composer in COMPOSERS.items()}
    return {slug: text for slug, text in found.items() if text}


@patient
@given(years())
def test_every_number_is_its_fact(year: tuple[YearFacts, AnnualReport]) -> None:
    known, _ = year
    for slug, text in written(known).items():
        printed = plain(filled(text, known.facts))
        # The second way: the numbers of the printed sentence, read back, are the facts' values in the marks' order.
        numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"^\d{4}年", "", printed))
        assert numbers == [number_text(known.facts[key].value) for key in keys_in(text)], slug
        assert "{" not in printed
        assert all(known.facts[key].value for key in keys_in(text)), f"{slug} counts nothing: {printed}"


@patient
@given(years())
def test_no_sentence_is_broken(year: tuple[YearFacts, AnnualReport]) -> None:
    known, _ = year
    for slug, text in written(known).items():
        printed = plain(filled(text, known.facts))
        assert printed.endswith("。"), slug
        assert not re.search(r"[，；：、。]{2}|^[，；：、。]|(?<!\d)0(?:件|条|次|个|份|元)|None", printed), (
            printed
        )
        assert [c for c in printed if c in _OPENS] == [
            _OPENS[_CLOSES.index(c)] for c in printed if c in _CLOSES
        ], printed


@patient
@given(years())
def test_parts_make_up_their_wholes(year: tuple[YearFacts, AnnualReport]) -> None:
    known, _ = year
    text = written(known)
    value = {key: fact.value for key, fact in known.facts.items()}
    listed = [value[key] for key in keys_in(text.get("items", "")) if key != "items"]
    assert sum(listed) == value["items"]
    outcomes = [value[key] for key in keys_in(text.get("outcomes", ""))]
    assert not outcomes or sum(outcomes) == value["t3.result_total.total"]
    for sentence in filter(None, text.get("reasons", "").split("。")):
        whole, *parts = [value[key] for key in keys_in(sentence)]
        assert not parts or sum(parts) == whole, sentence
    channels = [value[key] for key in keys_in(text.get("handling", "")) if "channel" in key]
    assert not channels or sum(channels) == value["t3.new.total"]


@patient
@given(years())
def test_the_checks_find_nothing_in_it(year: tuple[YearFacts, AnnualReport]) -> None:
    known, report = year
    lines: dict[str, list[str]] = {}
    for slug, text in written(known).items():
        section = COMPOSERS[slug].section
        if COMPOSERS[slug].subheading and slug in ("items", "requests", "review", "platform", "inspection"):
            lines.setdefault(section, []).append(f"（一）{COMPOSERS[slug].subheading}")
        lines.setdefault(section, []).append(plain(filled(text, known.facts)))
    found = check(with_prose(report, lines))
    assert [f.message for f in found if f.code.startswith("N-")] == []


ZERO = {
    "documents": "全年没有制发、废止行政规范性文件，也没有现行有效的行政规范性文件。",
    "decisions": "全年没有作出行政许可、行政处罚、行政强制决定。",
    "requests": "全年没有收到政府信息公开申请，也没有上年结转的申请。没有因政府信息公开工作被申请行政复议或者被提起行政诉讼。",
    "fee": "信息处理费：本年度未收取信息处理费。",
}


def test_a_year_in_which_nothing_happened() -> None:
    facts = {key: Fact(key, 0, "") for key in edition("2021").cell_ids} | {"items": Fact("items", 0, "")}
    facts |= {"processing_fee": Fact("processing_fee", Decimal(0), "")}
    assert written(YearFacts(2024, "我局", (), facts)) == ZERO


def test_a_year_of_which_nothing_is_known() -> None:
    """No figure was counted or entered: nothing is said, and above all no zero."""
    assert written(YearFacts(2024, "我局", (), {})) == {}


FULL = {
    "items": 66, "items.a": 48, "items.b": 18,
    "t2.normative_documents.made": 2, "t2.normative_documents.repealed": 0, "t2.normative_documents.valid": 5,
    "t2.licences": 0, "t2.penalties": 2,
    "t3.new.total": 7, "t3.carried_in.total": 1, "t3.result_total.total": 6, "t3.carried_out.total": 2,
    "t3.granted.total": 3, "t3.partial.total": 0, "group.denied": 2, "group.unable": 1, "group.reject": 0,
    "group.other": 0, "t3.denied_third_party.total": 1, "t3.denied_process.total": 1,
    "t3.unable_not_held.total": 1,
    "t4.reconsideration.total": 1, "t4.litigation_direct.total": 0,
    "t4.litigation_after_reconsideration.total": 1,
    "handling.channel_online": 5, "handling.channel_in_person": 2, "handling.extended": 1,
    "handling.clarified": 0, "handling.consulted": 2, "handling.days": Decimal("13.5"),
    "review.held": 70, "review.items": 66, "review.sent_back": 4, "review.withdrawn": 0, "review.redacted": 3,
    "columns.kept": 9, "columns.updated": 7,
    "inspection.rounds": 4, "inspection.found": 3, "inspection.mended": 3,
    "training.sessions": 2, "training.people": 40,
    "processing_fee": 0, "fee.notices": 1, "fee.asked": 200, "fee.lapsed": 1,
}  # fmt: skip
LABELS = {
    "items.a": "政务公开", "items.b": "财政信息",
    "handling.channel_online": "申请渠道：网络（件）", "handling.channel_in_person": "申请渠道：当面提交（件）",
}  # fmt: skip
READS = {
    "items": "2024年，我局主动公开政府信息66条，其中政务公开48条、财政信息18条。",
    "documents": "全年制发行政规范性文件2件，年末现行有效5件。",
    "decisions": "全年作出行政处罚决定2件，没有作出行政许可决定。",
    "requests": "全年新收政府信息公开申请7件，上年结转1件；办结6件，结转下年度继续办理2件。"
    "因政府信息公开工作被申请行政复议1件，复议后被提起行政诉讼1件。",
    "outcomes": "办结的申请按办理结果分，予以公开3件，不予公开2件，无法提供1件。",
    "reasons": "不予公开的2件，理由是：保护第三方合法权益1件，属于四类过程性信息1件。"
    "无法提供的1件，原因都是本机关不掌握相关政府信息。",
    "handling": "新收的申请按申请渠道分，网络5件，当面提交2件。办理过程中延长答复期限1件，征求第三方意见2件。"
    "从收到申请到答复平均13.5天。",
    "review": "全年对拟公开的信息进行公开前审查70次，审查通过66条，退回修改4次。公开前对3份文件中不能公开的内容作了遮盖。",
    "platform": "公开平台共设栏目9个，年内有更新的7个。",
    "inspection": "全年开展政府信息公开自查4次，发现问题3个，都已整改。",
    "training": "全年组织政府信息公开培训2次，参加40人次。",
    "fee": "信息处理费：本年度发出收费通知1件，通知金额200元，没有实际收取信息处理费，逾期未缴费不再处理1件。",
}


def test_a_year_with_everything_reads_right() -> None:
    facts = {key: Fact(key, value, LABELS.get(key, key)) for key, value in FULL.items()}
    for row in LEAVES:
        facts.setdefault(f"t3.{row}.total", Fact(f"t3.{row}.total", 0, row))
    known = YearFacts(2024, "我局", ("items.a", "items.b"), facts)
    assert {slug: plain(filled(text, facts)) for slug, text in written(known).items()} == READS


def test_the_kinds_of_outcome_are_those_of_the_form_and_of_the_checks() -> None:
    assert {group: rows for group, (_, rows) in GROUPS.items()} == ROWS_OF_CHECKS
    assert {row for _, rows in GROUPS.values() for row in rows} == set(edition("2021").leaves)


@pytest.mark.parametrize("government", [False, True])
def test_the_outline_asks_for_every_matter_of_the_format(government: bool) -> None:
    """2.2: five matters in part one, problems and improvements in part five, the fee in part six."""
    heads = [composer.subheading for composer in outline("overview", government=government)]
    assert list(dict.fromkeys(heads)) == [
        "主动公开方面", "依申请公开方面", "政府信息管理方面", "平台建设方面", "监督保障方面",
    ]  # fmt: skip
    assert ("assessment" in [c.slug for c in outline("overview", government=government)]) == government
    assert [c.slug for c in outline("problems", government=government)] == ["problems", "measures"]
    assert "fee" in [c.slug for c in outline("other", government=government)]


def test_every_composer_has_words() -> None:
    for slug, composer in COMPOSERS.items():
        assert composer.slug == slug
        assert composer.section in {heading.key for heading in edition("2021").headings}
        assert composer.name
        assert len(slug) <= 20
        empty = composer.write(YearFacts(2024, "我局", (), {}))
        assert MARK.sub("", empty) == empty
