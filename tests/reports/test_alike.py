"""内容雷同: what somebody wrote set against last year's report and those of siblings, public ones alone."""

from __future__ import annotations

import pytest

from gongkai.reports.actions import prose as acts
from gongkai.reports.actions.prepare import open_year
from gongkai.reports.alike import set_against, sources_of
from gongkai.reports.prose_state import prose_state
from tests.cast import SYSTEM, Cast

pytestmark = pytest.mark.django_db
OURS = "安排承办人员参加业务培训，固定工作交接和复核环节；按季度列出各栏目应更新的内容，到期提醒、逐项落实。"


def test_last_years_words_are_known_again_and_marked(cast: Cast) -> None:
    row = acts.add_block(cast.draft, "problems", typed=f"今年新写的一句话。{OURS}", by=cast.actor("clerk"))
    state = prose_state(cast.draft)
    whole = set_against(cast.draft, state)
    block = next(b for b in state.blocks if b.laid.row.pk == row.pk)
    assert block.alike is not None
    assert whole is not None
    assert block.alike.source == "上年（2024年）年报"
    assert 40 < block.alike.percent < 100
    assert "".join(text for text, copied in block.alike_runs if copied).startswith("安排承办人员参加业务培训")
    assert "".join(text for text, _ in block.alike_runs) == block.laid.printed
    page = cast.browse("clerk").get("/desk/xtxsfj/reports/2025/prose/").content.decode()
    assert "与上年（2024年）年报相同" in page
    assert '<mark class="copied">' in page


def test_a_siblings_public_words_count_and_its_drafts_do_not(cast: Cast) -> None:
    neighbour, text = cast.actor("neighbour"), f"{OURS}窗口人员轮换频繁，新到岗的同志对答复格式不熟悉。"
    acts.add_block(cast.draft, "problems", typed=text, by=cast.actor("clerk"))
    work = open_year(cast.other, 2025, by=SYSTEM)
    copied = acts.add_block(work, "problems", typed=text, by=neighbour)
    state = prose_state(work)
    found = set_against(work, state)
    assert found is not None
    assert found.source == "湘潭县司法局2024年年报"
    block = next(b for b in state.blocks if b.laid.row.pk == copied.pk)
    assert "窗口人员" not in "".join(words for words, same in block.alike_runs if same)
    cast.other.supervisor = None
    cast.other.save()
    work.agency.refresh_from_db()
    assert set_against(work, state) is None


def test_composed_sentences_are_not_copied(cast: Cast) -> None:
    acts.lay_out(cast.draft, by=cast.actor("clerk"))
    state = prose_state(cast.draft)
    assert set_against(cast.draft, state) is None
    assert list(sources_of(cast.draft)) == ["上年（2024年）年报"]
