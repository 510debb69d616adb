"""What must not go out is searched in the words of a report too, before anybody can sign it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.dictionaries.models import OfficeWord
from gongkai.reports.actions.prepare import write_prose
from gongkai.reports.actions.signing import CannotSign, hand_in
from gongkai.reports.actions.steps import explain
from gongkai.reports.findings import answered
from gongkai.reports.queries import state_of
from gongkai.statute.report.findings import Level
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2025, 1, 20, 1, 0, tzinfo=UTC)
ID = "11010519491231002X"


def wrote(cast: Cast, text: str) -> list[tuple[Level, str, str]]:
    write_prose(cast.work, "other", [{"text": text}], by=cast.actor("clerk"))
    found = state_of(cast.work).findings
    return [(one.level, one.code, one.message) for one in found if one.code in ("W-03", "W-04")]


@pytest.mark.parametrize("leak", [f"申请人身份证号{ID}", "本报告机密★5年"])
def test_what_nobody_needs_stops_the_signature(cast: Cast, leak: str) -> None:
    ((level, code, said),) = wrote(cast, f"无其他事项。{leak}。")
    assert (level, code) == (Level.ERROR, "W-03")
    assert "第六部分" in said
    assert "请在“文字”里删去" in said
    assert ID not in said
    with pytest.raises(CannotSign, match="错误"):
        hand_in(cast.work, by=cast.actor("clerk"), at=AT, note="x")


def test_a_telephone_wants_a_sentence(cast: Cast) -> None:
    ((level, code, said),) = wrote(cast, "无其他事项。联系人手机13812345678。")
    assert (level, code) == (Level.WARNING, "W-04")
    assert "写一句为什么" in said
    owed = {one.key for one in answered(cast.work, state_of(cast.work).findings) if one.owed}
    explain(cast.work, dict.fromkeys(owed, "公开的值班电话。"), by=cast.actor("clerk"), at=AT)
    assert not any(one.owed for one in answered(cast.work, state_of(cast.work).findings))


def test_the_offices_own_words_are_searched(cast: Cast) -> None:
    OfficeWord.objects.create(agency=cast.agency, word="法治科", instead="法治股")
    ((level, code, said),) = wrote(cast, "由法治科负责。")
    assert (level, code) == (Level.WARNING, "W-04")
    assert "应当写“法治股”" in said


def test_the_sample_report_has_none(cast: Cast) -> None:
    assert not [one for one in state_of(cast.work).findings if one.code in ("W-03", "W-04")]
