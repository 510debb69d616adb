"""The pages on which a report's words are written: everything works without scripts, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from gongkai.reports.actions import prose as acts
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def url(name: str, *args: object, year: int = 2025) -> str:
    return reverse(f"desk:report-{name}", args=["xtxsfj", year, *args])


def test_from_nothing_to_a_draft_with_an_answer(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    assert "还没有起草" in clerk.get(url("prose")).content.decode()
    said = clerk.post(url("prose-begin"), follow=True).content.decode()
    assert "今年主动公开了多少条政府信息？" in said
    assert "今年的主要问题是什么？" in said
    row = cast.draft.prose.get(composer="problems")
    form = clerk.get(url("prose-block", row.pk)).content.decode()
    assert "照抄去年或者别家的" in form
    said = clerk.post(url("prose-block", row.pk), {"text": "更新慢。", "subheading": ""}, follow=True)
    assert "更新慢。" in said.content.decode()
    training = cast.draft.prose.get(composer="training")
    said = clerk.post(url("prose-act", training.pk), {"do": "nothing"}, follow=True)
    assert "已回答“没有”" in said.content.decode()


def test_a_figure_is_chosen_from_the_list_without_typing_it(cast: Cast) -> None:
    clerk, row = cast.browse("clerk"), cast.work.prose.get(subheading="平台建设方面")
    page = clerk.get(url("prose-block", row.pk, year=2024)).content.decode()
    assert 'name="put" value="items.czxx"' in page
    page = clerk.post(
        url("prose-block", row.pk, year=2024),
        {"text": "网站发布财政信息□条。", "subheading": "平台建设方面", "put": "items.czxx"},
    ).content.decode()
    assert "网站发布财政信息【财政信息：2】条。" in page
    clerk.post(
        url("prose-block", row.pk, year=2024),
        {"text": "网站发布财政信息【财政信息：2】条。", "subheading": "平台建设方面"},
    )
    row.refresh_from_db()
    assert row.text == "网站发布财政信息{items.czxx}条。"
    shown = clerk.get(url("prose", year=2024)).content.decode()
    assert re.search(r'<a class="fact" href="[^"]*/figures/items.czxx/">2</a>条', shown)


@pytest.mark.parametrize("text", ["有{items}条", "有【没有这个：3】条", "字" * 6000, ""])
def test_what_cannot_be_taken_is_refused_in_words_and_stays_typed(cast: Cast, text: str) -> None:
    clerk, row = cast.browse("clerk"), cast.work.prose.get(subheading="平台建设方面")
    answer = clerk.post(url("prose-block", row.pk, year=2024), {"text": text, "subheading": "换一个"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "有需要改正的地方" in page
    assert text in page
    assert 'value="换一个"' in page
    row.refresh_from_db()
    assert row.subheading == "平台建设方面"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "nonsense"},
        {"figure": ""},
        {"figure": "9-1-x"},
        {"figure": "a-b-c"},
        {"do": "restore"},
        {"do": "nothing"},
    ],
)
def test_no_button_breaks(cast: Cast, sent: dict[str, str]) -> None:
    row = cast.work.prose.get(subheading="平台建设方面")
    answer = cast.browse("clerk").post(url("prose-act", row.pk, year=2024), sent)
    assert answer.status_code == 302
    assert cast.work.prose.get(pk=row.pk).text == row.text


def test_a_paragraph_is_added_and_deleted(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    page = clerk.get(url("prose-add", "overview", year=2024)).content.decode()
    assert "许可、处罚、强制决定的件数" in page
    assert 'value="items"' not in re.findall(r'<input type="radio"[^>]*>', page)
    clerk.post(
        url("prose-add", "overview", year=2024), {"composer": "decisions", "text": "", "subheading": ""}
    )
    row = cast.work.prose.get(composer="decisions")
    assert "全年作出行政处罚决定2件" in clerk.get(url("prose", year=2024)).content.decode()
    assert "删除这一段？" in clerk.get(url("prose-delete", row.pk, year=2024)).content.decode()
    clerk.post(url("prose-delete", row.pk, year=2024))
    assert not cast.work.prose.filter(pk=row.pk).exists()
    assert clerk.get(url("prose-add", "nowhere", year=2024)).status_code == 404


def test_typed_digits_are_told_of_and_mended(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    row = acts.add_block(cast.work, "overview", typed="人事信息6条。", by=cast.actor("clerk"))
    page = clerk.get(url("prose", year=2024)).content.decode()
    assert "这里写的 6 与记录不同：人事信息5" in page
    value = re.search(r'name="figure" value="([^"]+)"', page)
    assert value is not None
    clerk.post(url("prose-act", row.pk, year=2024), {"figure": value[1]})
    row.refresh_from_db()
    assert row.text == "人事信息{items.rsxx}条。"


def test_a_reader_sees_the_words_and_no_buttons(cast: Cast) -> None:
    page = cast.browse("reviewer").get(url("prose", year=2024)).content.decode()
    assert "人事信息" in page
    assert "删除" not in page
    assert "上移" not in page


def test_the_queries_do_not_grow_with_the_paragraphs(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    clerk = cast.browse("clerk")
    clerk.get(url("prose", year=2024))
    for n in range(12):
        acts.add_block(cast.work, "other", typed=f"第{n}段，人事信息6条。", by=cast.actor("clerk"))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        clerk.get(url("prose", year=2024))
