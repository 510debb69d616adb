"""The public search from the outside: what is public, and nothing else, at every moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.dictionaries.actions.words import put_word
from gongkai.dictionaries.models import Word
from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.columns import merge_columns
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.signing import sign
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.disclosure.models import Publication
from gongkai.disclosure.showing import PublicItems
from gongkai.files.actions.adding import add_file
from gongkai.search.models import PublicEntry, ReadText
from gongkai.search.shown import rebuild_shown
from tests.cast import Cast, add_item
from tests.disclosure.office import ROUND, column, new_draft, passed, published, reviewed


def ask(query: str = "", **more: str) -> Any:
    answer = Client().get(reverse("portal:search"), {"q": query, **more})
    assert answer.status_code == 200
    return answer


def titles(query: str = "", **more: str) -> list[str]:
    return [
        str(row.title).replace("<mark>", "").replace("</mark>", "")
        for row in ask(query, **more).context["rows"]
    ]


def test_found_from_publishing_to_withdrawing_and_never_before_or_after(cast: Cast) -> None:
    item = new_draft(cast, title="独角兽保护办法", text="<p>麒麟也要保护。</p>")
    assert titles("独角兽") == []
    reviewed(cast, item)
    assert titles("独角兽") == titles("麒麟") == []
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert titles("独角兽") == titles("麒麟") == titles("角") == ["独角兽保护办法"]
    revise(item, note="改正", by=cast.actor("clerk"))
    edit(item, title="凤凰保护办法", text="<p>只有凤凰。</p>", by=cast.actor("clerk"))
    assert (titles("凤凰"), titles("麒麟")) == ([], ["独角兽保护办法"])
    sheet = submit(item, by=cast.actor("clerk"))
    assert titles("凤凰") == []

    for who in ROUND:
        sign(sheet, by=cast.actor(who), grounds="可以公开。")
    item.refresh_from_db()
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert (titles("凤凰"), titles("独角兽"), titles("麒麟")) == (["凤凰保护办法"], [], [])
    withdraw(item, cause="wrong", reason="有错", by=cast.actor("leader"), at=timezone.now())
    assert titles("凤凰") == []
    assert not PublicEntry.objects.filter(kind="item", number=item.pk).exists()


def test_a_publication_rolled_back_is_not_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = passed(cast, title="独角兽保护办法")
    monkeypatch.setattr("gongkai.disclosure.actions.base.index_item", lambda item: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert titles("独角兽") == []


def test_over_by_its_time_before_the_tick(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = passed(cast, title="独角兽公告")
    now = timezone.now()
    publish(item, by=cast.actor("clerk"), at=now, until=now + timedelta(hours=1))
    assert titles("独角兽") == ["独角兽公告"]
    monkeypatch.setattr("gongkai.portal.search.timezone.now", lambda: now + timedelta(hours=1))
    assert titles("独角兽") == []
    assert ask("独角兽").context["page"].paginator.count == 0


def test_an_end_written_past_the_acts_shows_nothing(cast: Cast) -> None:
    """The index does not know, the page does; and the next look through it brings it in step."""
    item, made = published(cast, title="独角兽办法")
    Publication.objects.filter(pk=made.pk).update(ended_at=timezone.now(), ended="expired")
    assert titles("独角兽") == []
    rebuild_shown()
    assert not PublicEntry.objects.filter(kind="item", number=item.pk).exists()


def test_the_words_of_attachments_are_found_and_hidden_ones_are_not(cast: Cast) -> None:
    item = new_draft(cast, title="附件公告")
    clerk = cast.actor("clerk")
    file = add_file(
        by=clerk, agency=cast.agency, upload=SimpleUploadedFile("名单.txt", "独角兽名单".encode()), owner=item
    )
    attach(item, file, by=clerk)
    reviewed(cast, item)
    assert titles("独角兽") == []
    publish(item, by=clerk, at=timezone.now())
    assert titles("独角兽名单") == titles("名单") == ["附件公告"]
    assert ReadText.objects.get(key=file.pk.hex).text == "独角兽名单"


def test_reports_are_found_by_title_and_prose(cast: Cast) -> None:
    rebuild_shown()
    url = reverse("portal:report", args=["xtxsfj", 2024])
    for query in ("2024年年报", "2024年报", "2024年度报告", "2024年政府信息公开工作年度报告", "行政复议"):
        assert [row.url for row in ask(query, column="reports").context["rows"]] == [url], query
    assert url not in [row.url for row in ask("2025年年报").context["rows"]]


def test_a_report_is_shown_in_its_own_words_whatever_the_index_holds(cast: Cast) -> None:
    url = reverse("portal:report", args=["xtxsfj", 2024])

    def excerpt(query: str) -> str:
        (row,) = [row for row in ask(query).context["rows"] if row.url == url]
        return str(row.words).replace("<mark>", "").replace("</mark>", "")

    assert "2024年年报 2024年报" not in excerpt("2024年年报")
    assert "2024年年报 2024年报" in PublicEntry.objects.get(kind="report", page="2024").text
    told = Client().get(url).content.decode()
    for query in ("2024年年报", "2024年报", "行政复议"):
        words = excerpt(query).strip("…").strip()
        assert words
        assert words.split()[0][:12] in told
    PublicEntry.objects.filter(kind="report").update(title="别的标题", text="2024年年报 别的字样")
    assert "别的" not in ask("2024年年报").content.decode()


def test_what_is_not_open_is_not_found(cast: Cast) -> None:
    add_item(cast.other, column_of_other(cast), 77)
    rebuild_shown()
    assert "测试信息77" not in titles("测试信息77")
    Agency.objects.filter(pk=cast.other.pk).update(portal_open=True)
    assert titles("测试信息77") == titles("测试信息77", agency=cast.other.slug) == ["测试信息77"]
    assert titles("测试信息77", agency="xtxsfj") == []
    assert "测试信息77" in titles("测试信息77", agency="nobody")


def column_of_other(cast: Cast) -> Any:
    return cast.other.columns.first()


def test_a_merged_column_leads_on(cast: Cast) -> None:
    item, _ = published(cast, title="独角兽办法")
    target = cast.agency.columns.exclude(pk=item.column_id).filter(parent=None).first()
    assert titles("", column="zwgk", agency="xtxsfj")
    before = column(cast)
    merge_columns(before, target, by=cast.actor("clerk"))
    assert titles("独角兽", column=target.slug) == ["独角兽办法"]


def test_the_index_and_the_publications_are_in_step(cast: Cast) -> None:
    """After all that was done above and by the sample: entry for entry the same as the source."""
    published(cast, title="独角兽办法")
    rebuild_shown()
    numbers = list(PublicItems().numbers())
    assert numbers == list(
        PublicEntry.objects.filter(kind="item").order_by("number").values_list("number", flat=True)
    )
    before = list(PublicEntry.objects.order_by("pk").values_list("pk", "title", "text"))
    rebuild_shown()
    assert before == list(PublicEntry.objects.order_by("pk").values_list("pk", "title", "text"))


def test_words_that_mean_the_same_are_kept_by_the_site(cast: Cast) -> None:
    published(cast, title="独角兽办法")
    assert titles("一角马") == []
    put_word(Word(kind=Word.Kind.SYNONYM, word="一角马", note="独角兽、麒麟"), cast.actor("sysadmin"))
    assert titles("一角马") == titles("獨角獸") == ["独角兽办法"]


def test_nothing_found_helps(cast: Cast) -> None:
    published(cast, title="独角兽保护办法")
    body = ask("独角善保护").content.decode()
    assert "没有找到“独角善保护”" in body
    assert "独角兽保护</a>" in body
    assert reverse("portal:requests", args=["xtxsfj"]) in body
    assert reverse("portal:columns", args=["xtxsfj"]) in body
    narrowed = ask("独角兽", year="2019").content.decode()
    assert "不限范围" in narrowed
    assert "再按“搜索”" in ask("").content.decode()
    assert "只有标点" in ask("，。").content.decode()
    assert "<script>alert" not in ask('"><script>alert(1)</script>').content.decode()
    for wrong in (
        {"year": "x"},
        {"page": "x"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"column": "'"},
        {"q": "长" * 300},
    ):
        assert Client().get(reverse("portal:search") + "?" + urlencode(wrong)).status_code == 200


def test_twenty_a_page_with_as_many_queries_for_many_as_for_few(cast: Cast, queries: Any) -> None:
    where = cast.agency.columns.first()
    url = reverse("portal:search")
    for n in range(3):
        add_item(cast.agency, where, 500 + n)
    rebuild_shown()
    few = queries(lambda: Client().get(url, {"q": "测试信息5"}))
    for n in range(3, 45):
        add_item(cast.agency, where, 500 + n)
    rebuild_shown()
    assert queries(lambda: Client().get(url, {"q": "测试信息5"})) <= few <= 12
    pages = [titles("测试信息5", page=str(n)) for n in (1, 2, 3)]
    assert [len(one) for one in pages] == [20, 20, 5]
    assert len({title for one in pages for title in one}) == 45
    assert titles("测试信息5", page="99") == pages[2]


def test_what_the_help_says_of_the_search_is_so(cast: Cast) -> None:
    """Each sentence of the page on how to search, tried."""
    address = reverse("portal:search-help")
    assert address in ask().content.decode()
    help_page = Client().get(address).content.decode()
    for words in (
        "一个字、两个字也能搜",
        "按原样连着找",
        "用空格隔开",
        "简体、繁体",
        "文号、索引号、标题完全一致的排在最前面",
    ):
        assert words in help_page
    number = "测司发〔2024〕3号"
    published(cast, title="独角兽一", document_number=number, text="<p>部门的预算</p>")
    published(cast, title=f"转发{number}的通知", text="<p>獨角獸 部门预算 ABC</p>")
    assert titles("部门预算 独角兽") == [f"转发{number}的通知"]
    assert set(titles("预算 独角兽")) == {"独角兽一", f"转发{number}的通知"}
    assert titles("獨角獸", number="2024〕3") == titles("独角兽", number="2024〕3") == ["独角兽一"]
    assert titles("abc") == titles("ＡＢＣ") == [f"转发{number}的通知"]
    for written in (number, "测司发[2024]3号", "测司发(2024)3号"):
        assert titles(written) == ["独角兽一", f"转发{number}的通知"], written
    assert "独角兽一" in titles("", number="测司发")
