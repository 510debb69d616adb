"""The way of a report: by whom, in which order, what stops it; what is frozen; handing in and archive."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.agencies.models import Kind, Seat
from gongkai.agencies.rights import NotAllowed
from gongkai.outbox.models import Message
from gongkai.reports.actions.base import CannotPrepare
from gongkai.reports.actions.entering import CannotEnter, Given, enter_figures, withdraw_figure
from gongkai.reports.actions.publish import publish
from gongkai.reports.actions.signing import CannotSign, hand_in, recall, send_back, sign
from gongkai.reports.actions.steps import explain
from gongkai.reports.actions.submitting import CannotSubmit, archive, note_receipt, reopen, submit
from gongkai.reports.comparing import compare_sheet
from gongkai.reports.findings import answered
from gongkai.reports.models import ReportSheet
from gongkai.reports.queries import made_of, public_version, state_of
from gongkai.reports.signing import NobodyToSign, plan
from tests.cast import Cast, add_item, add_request

AT = datetime(2025, 1, 20, 1, 0, tzinfo=UTC)
DAY = date(2025, 1, 20)


def corrected(cast: Cast, who: str = "clerk") -> ReportSheet:
    """A correction handed in: one request more."""
    add_request(cast.agency, "2024-51")
    found = answered(cast.work, state_of(cast.work).findings)
    explain(cast.work, {one.key: "属实。" for one in found if one.owed}, by=cast.actor("clerk"), at=AT)
    return hand_in(cast.work, by=cast.actor(who, DAY), at=AT, note="漏计1件申请。")


def test_the_head_of_the_office_and_then_a_leader(cast: Cast) -> None:
    sheet = corrected(cast)
    assert sheet.stages == ["report.review", "report.sign"]
    with pytest.raises(NotAllowed):
        sign(sheet, by=cast.actor("leader", DAY), at=AT)
    sheet = sign(sheet, by=cast.actor("ogi_head", DAY), at=AT)
    assert sheet.result == "open"
    sheet = sign(sheet, by=cast.actor("head", DAY), at=AT)
    assert sheet.result == "signed"
    assert [(one.stage, one.person, one.digest) for one in sheet.signatures.all()] == [
        (1, cast.ogi_head, sheet.digest),
        (2, cast.head, sheet.digest),
    ]
    with pytest.raises(CannotSign, match="签批完"):
        sign(sheet, by=cast.actor("head", DAY), at=AT)


def test_each_is_told_when_it_is_their_turn(cast: Cast) -> None:
    sheet = corrected(cast)
    told = Message.objects.filter(channel="desk", url__endswith=f"/sheets/{sheet.serial}/")
    assert set(told.values_list("person_id", flat=True)) == {cast.ogi_head.pk}
    sign(sheet, by=cast.actor("ogi_head", DAY), at=AT)
    assert {cast.leader.pk, cast.head.pk} <= set(told.values_list("person_id", flat=True))


def test_an_office_of_two_still_works(cast: Cast) -> None:
    Seat.objects.filter(agency=cast.agency, kind__in=(Kind.OGI_HEAD, Kind.LEADER)).update(ended_on=DAY)
    sheet = corrected(cast)
    assert sheet.stages == ["report.sign"]
    assert sign(sheet, by=cast.actor("head", DAY), at=AT).result == "signed"


def test_alone_nobody_brings_it_out(cast: Cast) -> None:
    Seat.objects.filter(agency=cast.agency, kind__in=(Kind.LEADER, Kind.HEAD)).update(ended_on=DAY)
    with pytest.raises(NobodyToSign, match="没有能签批的人"):
        plan(cast.work, cast.clerk.pk, DAY)
    with pytest.raises(CannotSign, match="没有能签批的人"):
        corrected(cast)


def test_who_hands_it_in_signs_nothing(cast: Cast) -> None:
    sheet = corrected(cast, "ogi_head")
    assert sheet.stages == ["report.sign"]
    Seat.objects.filter(person=cast.head).update(person=cast.ogi_head)
    with pytest.raises(CannotSign, match="您送签的"):
        sign(sheet, by=cast.actor("ogi_head", DAY), at=AT)


def test_who_entered_a_figure_does_not_review_it(cast: Cast) -> None:
    given = [Given("t2.penalties", 3, "行政处罚案件台账")]
    enter_figures(cast.work, given, by=cast.actor("ogi_head", DAY), at=AT)
    assert plan(cast.work, cast.clerk.pk, DAY) == ["report.sign"]


def test_sent_back_with_the_reason_and_handed_in_anew(cast: Cast) -> None:
    sheet = corrected(cast)
    with pytest.raises(CannotSign, match="理由"):
        send_back(sheet, by=cast.actor("ogi_head", DAY), at=AT, words=" ")
    sheet = send_back(sheet, by=cast.actor("ogi_head", DAY), at=AT, words="第五部分没有写整改")
    assert (sheet.result, sheet.closed_words) == ("sent_back", "第五部分没有写整改")
    again = hand_in(cast.work, by=cast.actor("clerk", DAY), at=AT, note="漏计1件申请。")
    assert again.serial == sheet.serial + 1
    assert recall(again, by=cast.actor("clerk", DAY), at=AT).result == "recalled"


def test_nothing_is_changed_while_it_is_signed(cast: Cast) -> None:
    sheet = corrected(cast)
    with pytest.raises(CannotPrepare, match="正在签批"):
        enter_figures(cast.work, [Given("t2.penalties", 3, "台账")], by=cast.actor("clerk"), at=AT)
    recall(sheet, by=cast.actor("clerk", DAY), at=AT)
    assert enter_figures(cast.work, [Given("t2.penalties", 3, "台账")], by=cast.actor("clerk"), at=AT) == 1


def test_the_signed_report_stands_and_the_change_is_shown(cast: Cast) -> None:
    sheet = corrected(cast)
    for who in ("ogi_head", "leader"):
        sheet = sign(sheet, by=cast.actor(who, DAY), at=AT)
    add_request(cast.agency, "2024-52")
    against = {one.key: one for one in compare_sheet(sheet)}
    assert against["records"].difference is not None
    changed = {cell.cell: cell.change for cell in against["records"].difference.cells}
    assert changed["t3.new.total"] == changed["t3.carried_out.natural"] == "+1"
    before = against["version"].difference
    assert before is not None
    assert {cell.cell: cell.change for cell in before.cells}["t3.new.natural"] == "+1"
    version = publish(cast.work, by=cast.actor("clerk", DAY), at=AT)
    assert version.snapshot == sheet.snapshot
    assert made_of(cast.agency, 2024).report.value("t3.new.total") == 2
    assert public_version(cast.agency, 2024) == version


def test_a_sentence_lapses_when_the_finding_says_something_else(cast: Cast) -> None:
    add_request(cast.agency, "2024-53")
    clerk = cast.actor("clerk")
    cells = ("t3.new.natural", "t3.carried_out.natural")
    enter_figures(cast.work, [Given(c, 3, "手工", "漏登2件") for c in cells], by=clerk, at=AT)
    first = {
        one.key for one in answered(cast.work, state_of(cast.work).findings) if one.finding.code == "W-01"
    }
    explain(cast.work, dict.fromkeys(first, "已经核对。"), by=clerk, at=AT)
    enter_figures(cast.work, [Given(c, 4, "手工", "漏登3件") for c in cells], by=clerk, at=AT)
    now = [one for one in answered(cast.work, state_of(cast.work).findings) if one.finding.code == "W-01"]
    assert not {one.key for one in now} & first
    assert all(one.answer is None and one.lapsed is not None for one in now)


def test_a_figure_against_the_count_wants_a_reason_and_can_be_taken_back(cast: Cast) -> None:
    add_request(cast.agency, "2024-54")
    clerk = cast.actor("clerk")
    wrong = [
        Given("t3.new.natural", 3, "手工"),
        Given("t3.new.company", 0, "手工", "测试"),
        Given("t2.penalties", 1, ""),
        Given("t2.licences", -1, "台账"),
    ]
    with pytest.raises(CannotEnter) as refused:
        enter_figures(cast.work, wrong, by=clerk, at=AT)
    assert set(refused.value.wrong) >= {
        ("t3.new.natural", "reason"),
        ("t2.penalties", "source"),
        ("t2.licences", "value"),
    }
    assert made_of(cast.agency, 2024).report.value("t2.penalties") == 2, "all or none"
    enter_figures(cast.work, [Given("t3.new.natural", 3, "手工", "漏登")], by=clerk, at=AT)
    assert made_of(cast.agency, 2024).report.value("t3.new.total") == 3
    withdraw_figure(cast.work, "t3.new.natural", by=clerk)
    assert made_of(cast.agency, 2024).report.value("t3.new.total") == 1


def test_handed_in_with_a_receipt_and_closed(cast: Cast) -> None:
    clerk = cast.actor("clerk", DAY)
    with pytest.raises(CannotSubmit, match="还没有登记报送"):
        archive(cast.work, by=clerk, at=AT)
    with pytest.raises(CannotSubmit, match="今天以后"):
        submit(cast.work, organ="县政府办", on=date(2025, 2, 1), way="公文交换", by=clerk, at=AT)
    row = submit(cast.work, organ="县政府办", on=DAY, way="公文交换", by=clerk, at=AT)
    row = note_receipt(row, received_by="县政府办", received_on=DAY, number="收字1号", by=clerk)
    with pytest.raises(CannotSubmit, match="已经登记"):
        note_receipt(row, received_by="某", received_on=DAY, number="", by=clerk)
    archive(cast.work, by=clerk, at=AT)
    with pytest.raises(CannotPrepare, match="归档"):
        enter_figures(cast.work, [Given("t2.penalties", 3, "台账")], by=clerk, at=AT)
    with pytest.raises(CannotSign, match="归档"):
        hand_in(cast.work, by=clerk, at=AT, note="更正。")
    reopen(cast.work, reason="主管部门要求更正", by=clerk)
    assert enter_figures(cast.work, [Given("t2.penalties", 3, "台账")], by=clerk, at=AT) == 1


def test_a_draft_is_not_handed_in_to_the_office_above(cast: Cast) -> None:
    with pytest.raises(CannotSubmit, match="没有发布"):
        submit(cast.draft, organ="县政府办", on=DAY, way="公文交换", by=cast.actor("clerk", DAY), at=AT)


def test_remedies_registered_later_do_not_break_the_zeros_entered_before(cast: Cast) -> None:
    from gongkai.remedies.models import Remedy

    assert made_of(cast.agency, 2024).report.value("t4.reconsideration.pending") == 0
    request = add_request(cast.agency, "2024-55")
    Remedy.objects.create(
        agency=cast.agency,
        request=request,
        track="reconsideration",
        organ="某机关（测试）",
        number="测复1号",
        accepted_on=date(2024, 9, 1),
    )
    made = made_of(cast.agency, 2024)
    assert made.report.value("t4.reconsideration.pending") == 1
    assert "t4.reconsideration.pending" in made.set_aside


def test_an_item_more_is_shown_against_what_is_public(cast: Cast) -> None:
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 41)
    text = cast.browse("clerk").get("/desk/xtxsfj/reports/2024/publication/").content.decode()
    assert "公众看到的仍是第1版" in text
    assert "政府信息67条" in text


def test_a_missing_receipt_is_asked_for(cast: Cast) -> None:
    from datetime import timedelta

    from gongkai.desk.owed_reports import RECEIPT_AFTER
    from gongkai.desk.todo import Desk, at_desk

    def told(day: date) -> list[str]:
        lists = at_desk(Desk(cast.actor("clerk", day), cast.agency, day))
        every = [*lists.today, *lists.week, *lists.later]
        return [one.todo.title for one in every if "回执" in one.todo.title]

    row = submit(
        cast.work, organ="县人民政府办公室", on=DAY, way="公文交换", by=cast.actor("clerk", DAY), at=AT
    )
    assert told(DAY) == []
    assert told(DAY + RECEIPT_AFTER) == ["2024年年报报送县人民政府办公室以后，还没有登记回执。"]
    late = DAY + timedelta(days=9)
    note_receipt(row, received_by="县办", received_on=late, number="", by=cast.actor("clerk", late))
    assert told(late) == []
