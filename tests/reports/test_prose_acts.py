"""The words of a report written by a clerk: laid out, answered, changed, moved, found right, flagged when figures change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.reports.actions import prose as acts
from gongkai.reports.actions.prepare import enter_figure, open_year, write_prose
from gongkai.reports.composition import compose
from gongkai.reports.last_prose import local_subheadings, problems_of
from gongkai.reports.models import ProseBlock, ReportYear
from gongkai.reports.prose_state import BlockState, prose_state
from gongkai.statute.report.model import AnnualReport, Paragraph, Section
from tests.cast import SYSTEM, Cast, add_item, add_request

pytestmark = pytest.mark.django_db


def state_of(work: ReportYear, composer: str) -> BlockState:
    return next(b for b in prose_state(work).blocks if b.laid.row.composer == composer)


def row_of(work: ReportYear, composer: str) -> ProseBlock:
    return work.prose.get(composer=composer)


@pytest.fixture
def draft(cast: Cast) -> ReportYear:
    acts.lay_out(cast.draft, by=cast.actor("clerk"))
    return cast.draft


def test_the_first_draft_holds_what_the_format_asks_and_last_year_calls_for(
    draft: ReportYear, cast: Cast
) -> None:
    state = prose_state(draft)
    assert [part.key for part in state.parts if part.blocks] == ["overview", "problems", "other"]
    about = [b.laid.row.about for b in state.blocks if b.laid.row.about]
    assert len(about) == 2
    assert about[0].startswith("一是承办人员身兼多项工作")
    assert "下一步" not in "".join(about)
    local = [b.laid.row.subheading for b in state.blocks if b.laid.row.composer == "local"]
    assert local == ["政务公开方面"]
    assert state_of(draft, "requests").kind == "composed"
    # None was published here: whether none was published at all, the clerk says.
    assert state_of(draft, "items").kind == "question"
    assert state_of(draft, "problems").kind == "question"
    assert not state.done
    assert f"{state.questions}个问题还没有回答" in state.words
    assert acts.lay_out(draft, by=cast.actor("clerk")) == 0


def test_the_sample_of_last_year_is_left_as_it_is(cast: Cast) -> None:
    before = [(s.key, s.text) for s in compose(cast.work).report.sections]
    assert acts.lay_out(cast.work, by=cast.actor("ogi_head")) == 0
    assert [(s.key, s.text) for s in compose(cast.work).report.sections] == before


@pytest.mark.parametrize("who", ["drafter", "reviewer", "head", "neighbour"])
def test_who_may_not_write(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        acts.lay_out(cast.draft, by=cast.actor(who))
    assert not cast.draft.prose.exists()


def test_an_answer_becomes_a_paragraph_and_nothing_is_an_answer(draft: ReportYear, cast: Cast) -> None:
    clerk = cast.actor("clerk")
    asked = prose_state(draft).questions
    acts.edit_block(row_of(draft, "problems"), subheading="", typed="财政信息更新\n  不够及时。", by=clerk)
    acts.answer_nothing(row_of(draft, "other_matters"), by=clerk)
    acts.answer_nothing(row_of(draft, "fee"), by=clerk)
    assert prose_state(draft).questions == asked - 3
    report = compose(draft).report
    texts = {section.key: section.text for section in report.sections}
    assert texts["problems"] == "财政信息更新不够及时。"
    assert texts["other"] == "信息处理费：本年度未收取信息处理费。"
    acts.restore(row_of(draft, "fee"), by=clerk)
    assert state_of(draft, "fee").kind == "question"


def test_a_composed_sentence_changed_by_hand_keeps_its_figures(draft: ReportYear, cast: Cast) -> None:
    clerk, row = cast.actor("clerk"), row_of(draft, "items")
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 41, at=datetime(2025, 5, 6, tzinfo=UTC))
    acts.edit_block(row, subheading="主动公开方面", typed="全年公开【主动公开政府信息：1】条。", by=clerk)
    row.refresh_from_db()
    assert row.text == "全年公开{items}条。"
    assert state_of(draft, "items").kind == "edited"
    assert not state_of(draft, "items").flagged
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 42, at=datetime(2025, 5, 7, tzinfo=UTC))
    state = state_of(draft, "items")
    assert state.laid.printed == "全年公开2条。"
    assert state.changed[0] == "主动公开政府信息：确认时是1，现在是2"
    assert state.flagged
    acts.find_right(row, by=clerk)
    assert not state_of(draft, "items").flagged
    acts.restore(row, by=clerk)
    assert state_of(draft, "items").kind == "composed"


def test_saving_a_composed_sentence_as_it_is_leaves_it_composed(draft: ReportYear, cast: Cast) -> None:
    row = row_of(draft, "requests")
    composed = next(b.composed for b in compose(draft).blocks if b.row.pk == row.pk)
    acts.edit_block(row, subheading=row.subheading, typed=composed, by=cast.actor("clerk"))
    row.refresh_from_db()
    assert row.text == ""


def test_a_composed_sentence_found_right_is_flagged_when_it_changes(draft: ReportYear, cast: Cast) -> None:
    row = row_of(draft, "requests")
    acts.find_right(row, by=cast.actor("clerk"))
    assert not state_of(draft, "requests").flagged
    add_request(cast.agency, "2025-1", received_on=date(2025, 3, 3))
    state = state_of(draft, "requests")
    assert "新收政府信息公开申请1件" in state.laid.printed
    assert "确认时这一段是“全年没有收到政府信息公开申请" in state.changed[0]


def test_an_edited_sentence_is_flagged_when_the_year_tells_another_story(
    draft: ReportYear, cast: Cast
) -> None:
    row = row_of(draft, "requests")
    acts.edit_block(row, subheading="", typed="全年没有收到申请。", by=cast.actor("clerk"))
    assert not state_of(draft, "requests").flagged
    add_request(cast.agency, "2025-1", received_on=date(2025, 3, 3))
    assert state_of(draft, "requests").changed == ("按现在的数据，自动生成的句子换了说法，请对照",)


@pytest.mark.parametrize(
    ("typed", "text", "key", "against"),
    [
        ("作出行政处罚决定2件。", "2", "t2.penalties", ""),
        ("作出行政处罚决定3件。", "3", "t2.penalties", "处理决定数量2"),
        ("其中人事信息5条。", "5", "items.rsxx", ""),
        ("其中人事信息6条。", "6", "items.rsxx", "人事信息5"),
        ("发布各类信息66条。", "66", "items", ""),
        ("全年收到政府信息公开申请4件。", "4", None, "本年新收0、本年新收加上年结转0、办理结果总计0"),
    ],
)
def test_digits_that_are_or_should_be_figures_are_seen(
    cast: Cast, typed: str, text: str, key: str | None, against: str
) -> None:
    acts.add_block(cast.work, "overview", typed=typed, by=cast.actor("clerk"))
    (bare,) = prose_state(cast.work).blocks[-1 - _after("overview", cast)].bare
    assert (bare.text, bare.fact.key if bare.fact else None, bare.against) == (text, key, against) or (
        key is None and bare.against == against
    )


def _after(section: str, cast: Cast) -> int:
    keys = [b.laid.row.section for b in prose_state(cast.work).blocks]
    return len(keys) - 1 - max(n for n, key in enumerate(keys) if key == section)


def test_years_days_numbers_of_documents_are_no_figures(cast: Cast) -> None:
    typed = "2024年5月12日，按湘政办〔2024〕66号第66条，第2次会议。"
    acts.add_block(cast.work, "other", typed=typed, by=cast.actor("clerk"))
    assert prose_state(cast.work).blocks[-1].bare == ()


def test_digits_become_a_figure_with_one_press(cast: Cast) -> None:
    row = acts.add_block(cast.work, "overview", typed="人事信息6条。", by=cast.actor("clerk"))
    (bare,) = next(b for b in prose_state(cast.work).blocks if b.laid.row.pk == row.pk).bare
    acts.to_figure(row, start=bare.start, end=bare.end, key="items.rsxx", by=cast.actor("clerk"))
    row.refresh_from_db()
    assert row.text == "人事信息{items.rsxx}条。"
    assert prose_state(cast.work).flagged == 0
    with pytest.raises(acts.CannotPrepare, match="刚才被改过"):
        acts.to_figure(row, start=0, end=2, key="items.rsxx", by=cast.actor("clerk"))


def test_paragraphs_are_moved_and_deleted(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    write_prose(
        cast.draft, "other", [{"subheading": "甲", "text": "一"}, {"text": "二"}, {"text": "三"}], by=clerk
    )

    def texts() -> list[str]:
        return list(cast.draft.prose.filter(section="other").values_list("text", flat=True))

    third = cast.draft.prose.get(text="三")
    assert acts.move(third, up=True, by=clerk)
    assert texts() == ["一", "三", "二"]
    assert not acts.move(cast.draft.prose.get(text="二"), up=False, by=clerk)
    acts.delete_block(cast.draft.prose.get(text="一"), by=clerk)
    assert texts() == ["三", "二"]
    assert cast.draft.prose.get(text="三").subheading == "甲"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"typed": " \n "}, "请写这一段"),
        ({"typed": "{items}"}, "花括号"),
        ({"composer": "fee"}, "重新选"),
        ({"composer": "items"}, "已经在年报里"),
        ({"typed": "长" * 5001}, "最多5000字"),
    ],
)
def test_what_cannot_be_added(cast: Cast, given: dict[str, str], said: str) -> None:
    with pytest.raises(acts.CannotPrepare, match=said):
        acts.add_block(cast.work, "overview", **given, by=cast.actor("clerk"))
    with pytest.raises(acts.CannotPrepare):
        acts.add_block(cast.work, "nothing", typed="文", by=cast.actor("clerk"))


def test_problems_are_read_point_by_point_without_what_comes_next() -> None:
    lines = ["（一）存在的问题", "主要表现在：一是人员少；二是更新慢。", "平台旧。", "下一步，加强培训。"]
    report = AnnualReport(sections=[Section("problems", "", 5, [Paragraph(line) for line in lines])])
    assert problems_of(report) == ["一是人员少", "二是更新慢", "平台旧"]
    report = AnnualReport(
        sections=[
            Section("overview", "", 1, [Paragraph("（一）主动公开方面"), Paragraph("（二）新媒体方面")])
        ]
    )
    assert local_subheadings(report, ("主动公开方面",)) == ["新媒体方面"]
    assert problems_of(report) == []


def test_a_first_year_has_no_problems_of_last_year(cast: Cast) -> None:
    work = open_year(cast.agency, 2023, by=SYSTEM)
    acts.lay_out(work, by=cast.actor("clerk"))
    assert not work.prose.filter(composer="last_problem").exists()
    enter_figure(
        work,
        cell="t2.penalties",
        value=1,
        source="台账",
        by=cast.actor("clerk"),
        at=datetime(2024, 1, 9, tzinfo=UTC),
    )
    assert state_of(work, "decisions").laid.printed == "全年作出行政处罚决定1件。"
