"""Composing: figures come from records, prose from figures, and nothing is invented where nothing is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.reports.actions.prepare import CannotPrepare, enter_figure, open_year, write_prose
from gongkai.reports.composition import PROCESSING_FEE, compose
from gongkai.reports.prose import Fact, Piece, UnknownFigure, YearFacts, pieces
from gongkai.reports.sentences import fee as fee_sentence
from gongkai.statute.report.model import CellKind
from tests.cast import Cast, add_item, add_request

AT = datetime(2025, 1, 9, 2, 0, tzinfo=UTC)


def text_of(cast: Cast, section: str) -> str:
    found = compose(cast.work).report.section(section)
    assert found is not None
    return found.text


def test_a_request_goes_into_its_row_its_column_and_the_prose(cast: Cast) -> None:
    add_request(cast.agency, "2024-1", closed_on=date(2024, 6, 20), outcome="granted", state="已答复")
    add_request(cast.agency, "2024-2", requester_kind="research")
    add_request(cast.agency, "2024-3", received_on=date(2025, 1, 2))
    add_request(
        cast.agency,
        "2023-9",
        received_on=date(2023, 12, 20),
        closed_on=date(2024, 1, 9),
        outcome="partial",
        state="已答复",
    )
    add_request(cast.other, "2024-1")
    report = compose(cast.work).report
    expected = {
        "t3.new.natural": 1,
        "t3.new.research": 1,
        "t3.new.total": 2,
        "t3.carried_in.total": 1,
        "t3.granted.natural": 1,
        "t3.partial.natural": 1,
        "t3.result_total.total": 2,
        "t3.carried_out.research": 1,
        "t3.carried_out.total": 1,
    }
    assert {cell_id: report.value(cell_id) for cell_id in expected} == expected
    prose = text_of(cast, "overview")
    assert "新收政府信息公开申请2件，上年结转1件；办结2件，结转下年度继续办理1件" in prose


def test_an_item_counts_in_its_year_in_the_agencys_time(cast: Cast) -> None:
    column = cast.agency.columns.get(slug="czxx")
    # 31 December in Greenwich, 1 January in the agency's time: the next year's item.
    add_item(cast.agency, column, 11, at=datetime(2024, 12, 31, 16, 30, tzinfo=UTC))
    assert compose(cast.work).facts["items"].value == 66
    assert compose(cast.draft).facts["items"].value == 1


def test_the_enumeration_follows_the_records(cast: Cast) -> None:
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 12)
    assert "政府信息67条" in text_of(cast, "overview")
    assert "财政信息3条" in text_of(cast, "overview")


def test_an_item_that_is_not_public_does_not_count(cast: Cast) -> None:
    assert not cast.agency.items.public().filter(pk=cast.hidden.pk).exists()
    assert compose(cast.work).facts["items"].value == 66


def test_nobody_entered_it_so_it_stays_blank(cast: Cast) -> None:
    made = compose(cast.draft)
    blank = {c for c, cell in made.report.cells.items() if cell.kind is CellKind.BLANK}
    assert blank == made.missing == {c for c in made.report.cells if c.startswith(("t2.", "t4."))}
    assert made.report.value("t3.new.total") == 0


def test_remedies_nobody_entered_are_not_denied(cast: Cast) -> None:
    write_prose(cast.draft, "overview", [{"composer": "requests"}], by=cast.actor("clerk"))
    section = compose(cast.draft).report.section("overview")
    assert section is not None
    assert "没有收到政府信息公开申请" in section.text
    assert "诉讼" not in section.text


def test_a_sum_stays_blank_until_all_its_parts_are_entered(cast: Cast) -> None:
    for n, result in enumerate(("upheld", "corrected", "other", "pending")):
        assert compose(cast.draft).report.value("t4.reconsideration.total") is None
        enter_figure(
            cast.draft,
            cell=f"t4.reconsideration.{result}",
            value=n,
            source="台账",
            by=cast.actor("clerk"),
            at=AT,
        )
    assert compose(cast.draft).report.value("t4.reconsideration.total") == 0 + 1 + 2 + 3


def test_an_entered_figure_remembers_who_and_whence(cast: Cast) -> None:
    enter_figure(cast.draft, cell="t2.licences", value=7, source=" 许可台账 ", by=cast.actor("clerk"), at=AT)
    enter_figure(cast.draft, cell="t2.licences", value=8, source="许可台账", by=cast.actor("ogi_head"), at=AT)
    made = compose(cast.draft)
    assert made.report.value("t2.licences") == 8
    assert [(r.source, r.entered_by) for r in cast.draft.entered.all()] == [("许可台账", cast.ogi_head)]


@pytest.mark.parametrize(
    ("change", "said"),
    [({"cell": "t2.nothing"}, "t2.nothing"), ({"source": "  "}, "来源"), ({"value": -1}, "负数")],
)
def test_a_figure_that_cannot_be_taken(cast: Cast, change: dict[str, object], said: str) -> None:
    given: dict[str, object] = {
        "cell": "t2.licences",
        "value": 1,
        "source": "台账",
        "by": cast.clerk,
        "at": AT,
    }
    with pytest.raises(CannotPrepare, match=said):
        enter_figure(cast.draft, **{**given, **change})  # type: ignore[arg-type]


def test_no_form_before_2019(cast: Cast) -> None:
    with pytest.raises(CannotPrepare, match="2018"):
        open_year(cast.agency, 2018, by=cast.actor("clerk"))


def test_a_mark_keeps_which_figure_it_is() -> None:
    facts = {"t2.penalties": Fact("t2.penalties", 2, "行政处罚")}
    assert pieces("作出{t2.penalties}件。", facts) == [
        Piece("作出"),
        Piece("2", "t2.penalties"),
        Piece("件。"),
    ]
    with pytest.raises(UnknownFigure, match=r"t2\.penalty"):
        pieces("作出{t2.penalty}件。", facts)


@pytest.mark.parametrize(
    ("fee", "said"), [(None, ""), (0, "未收取信息处理费"), (230, "共收取信息处理费{processing_fee}元")]
)
def test_the_fee_is_told_only_when_known(fee: int | None, said: str) -> None:
    facts = {} if fee is None else {PROCESSING_FEE: Fact(PROCESSING_FEE, fee, "")}
    assert said in fee_sentence(YearFacts(2024, "我局", (), facts))
    assert bool(said) == bool(fee_sentence(YearFacts(2024, "我局", (), facts)))


def test_a_figure_that_the_records_overtook_does_not_stand(cast: Cast) -> None:
    """Entered as it was counted then, without a reason: one more request later, what is counted stands."""
    add_request(cast.agency, "2024-1")
    enter_figure(cast.work, cell="t3.new.natural", value=1, source="台账", by=cast.actor("clerk"), at=AT)
    assert compose(cast.work).tally.origin("t3.new.natural") == "entered"
    add_request(cast.agency, "2024-2")
    made = compose(cast.work)
    assert made.report.value("t3.new.natural") == 2
    assert [one.cell for one in made.set_aside.values()] == ["t3.new.natural"]
