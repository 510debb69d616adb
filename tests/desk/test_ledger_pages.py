"""台账 at the desk: live, filtered, masked, with the same queries however long; its sheets, read back as a clerk gets them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.audit.models import Entry
from gongkai.inforequests.actions.closing import reopen
from gongkai.inforequests.records import records_for
from gongkai.statute.ledger.columns import LABELS
from gongkai.statute.ledger.rows import public_rows, rows
from gongkai.statute.ledger.xlsx import read_xlsx
from tests.cast import Cast, add_request
from tests.inforequests.cases import answer, new_case

pytestmark = pytest.mark.django_db
HELD = {"closed_on": date(2024, 6, 20), "outcome": "granted", "state": "answered"}


def fill(cast: Cast) -> None:
    """Five requests: carried into 2024, closed and open in it, of a company, and of the year after."""
    add_request(
        cast.agency, "2023-1", received_on=date(2023, 12, 20), **{**HELD, "closed_on": date(2024, 1, 9)}
    )
    add_request(cast.agency, "2024-1", applicant="赵一一", content="赵一一，电话13800138000，要名单", **HELD)
    add_request(
        cast.agency, "2024-2", channel="email", submitted_on=date(2024, 7, 1), received_on=date(2024, 7, 2)
    )
    add_request(
        cast.agency, "2024-3", requester_kind="commercial", applicant="某某公司", received_on=date(2024, 8, 1)
    )
    add_request(cast.agency, "2025-1", received_on=date(2025, 1, 3), content="与赵一一无关")


def ask(cast: Cast, query: str, who: str = "clerk") -> HTMLParser:
    answer = cast.browse(who).get(f"{reverse('desk:ledger', args=['xtxsfj'])}?{query}")
    assert answer.status_code == 200
    return HTMLParser(answer.content.decode())


def shown(found: HTMLParser) -> list[list[str]]:
    return [[td.text().strip() for td in row.css("td")] for row in found.css(".sheet-ledger tbody tr")]


def sheet(cast: Cast, copy: str, ending: str, query: str, who: str = "clerk") -> bytes:
    url = reverse("desk:ledger-file", args=["xtxsfj", copy, ending])
    answer: Any = cast.browse(who).get(f"{url}?{query}")
    assert answer.status_code == 200, answer
    return b"".join(answer)


def test_a_year_in_which_nobody_asked_reads_as_on_the_form(cast: Cast) -> None:
    found = ask(cast, "year=2024")
    assert [n.text() for n in found.css("thead th")] == list(LABELS)
    assert shown(found) == [["1", "无", *[""] * 10], ["2", *[""] * 11], ["3", *[""] * 11]]
    assert "湘潭县司法局2024年依申请公开工作台账" in found.css_first("h1").text()
    page: Any = load_workbook(io.BytesIO(sheet(cast, "own", "xlsx", "year=2024"))).active
    assert [c.value for c in page[3]] == ["1", "无", *[None] * 10]
    assert read_xlsx(sheet(cast, "public", "xlsx", "year=2024")).rows == []


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("year=2024", ["2023-1", "2024-1", "2024-2", "2024-3"]),
        ("year=2025", ["2024-2", "2024-3", "2025-1"]),
        ("year=all", ["2023-1", "2024-1", "2024-2", "2024-3", "2025-1"]),
        ("year=2024&state=open", ["2024-2", "2024-3"]),
        ("year=2024&state=answered&outcome=granted", ["2023-1", "2024-1"]),
        ("year=2024&outcome=partial", []),
        ("year=all&channel=email", ["2024-2"]),
        ("year=all&kind=commercial", ["2024-3"]),
        ("year=all&q=赵一一", ["2024-1"]),
        ("year=all&q=2024-3", ["2024-3"]),
        ("year=nonsense&kind=nonsense&state=closed", []),
    ],
)
def test_what_is_asked_is_what_is_shown_and_exported(cast: Cast, query: str, numbers: list[str]) -> None:
    fill(cast)
    assert [row[5] for row in shown(ask(cast, query))] == numbers
    if not numbers:
        url = reverse("desk:ledger-file", args=["xtxsfj", "own", "xlsx"])
        answer = cast.browse("clerk").get(f"{url}?{query}", follow=True)
        assert "没有可以导出的内容" in answer.content.decode()
        return
    assert [row.number for row in read_xlsx(sheet(cast, "own", "xlsx", query)).rows] == numbers


def test_a_name_finds_only_for_who_may_see_names(cast: Cast) -> None:
    fill(cast)
    assert [row[5] for row in shown(ask(cast, "year=all&q=某某公司"))] == ["2024-3"]
    assert shown(ask(cast, "year=all&q=某某公司", "drafter")) == []


def test_names_are_masked_until_opened_and_opening_is_written_down(cast: Cast) -> None:
    fill(cast)
    before = Entry.objects.count()
    row = shown(ask(cast, "year=2024"))[1]
    assert (row[1], row[4]) == ("赵某", "赵××，电话138****8000，要名单")
    assert Entry.objects.count() == before, "a look at the masked page is no look at personal data"
    assert shown(ask(cast, "year=2024&names=1"))[1][1] == "赵一一"
    entry = Entry.objects.latest("number")
    assert (entry.act, json.loads(entry.detail)["rows"]) == ("requests.personal", 4)
    url = reverse("desk:ledger", args=["xtxsfj"])
    assert cast.browse("drafter").get(f"{url}?names=1").status_code == 403


def test_the_sheets_are_what_the_report_is_counted_from(cast: Cast) -> None:
    """Against the rows made in one piece from the room's own records, in both forms and both copies."""
    fill(cast)
    counted = sorted(records_for(cast.agency, 2024), key=lambda r: r.number)
    for copy, wanted in (("own", rows(counted)), ("public", public_rows(counted))):
        assert read_xlsx(sheet(cast, copy, "xlsx", "year=2024")).rows == wanted
        text = sheet(cast, copy, "csv", "year=2024")
        assert text.startswith(b"\xef\xbb\xbf"), "WPS and Excel take a table without the mark for GBK"
        head, *lines = csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""))
        assert tuple(head) == LABELS
        assert [tuple(line) for line in lines] == [row.texts for row in wanted]
    whole = sheet(cast, "public", "csv", "year=all").decode()
    assert not any(word in whole for word in ("赵一一", "13800138000", "某某公司"))
    assert "与赵××无关" in whole, "the name of one requester in the request of another"


def test_what_was_answered_in_a_reported_year_stands_there_alone(cast: Cast) -> None:
    """A court undoes in 2025 an answer of 2024 (条例 50: the report on 2024 stays true): in the ledger of 2024 it stands
    as it was answered then, in that of 2025 it does not stand, however it is answered anew; as table three counts."""
    case = new_case(cast, date(2024, 11, 1))
    answer(cast, case, "granted_provided", date(2024, 11, 20))
    reopen(case, by=cast.actor("clerk", date(2025, 3, 3)), on=date(2025, 3, 3), ordered_by="某法院判决")
    for _ in range(2):
        (row,) = shown(ask(cast, "year=2024"))
        assert (row[5], row[7], row[8], row[11]) == (case.number, "2024-11-20", "已答复", "予以公开")
        assert shown(ask(cast, "year=2025"))[0][1] == "无"
        assert [len(list(records_for(cast.agency, year))) for year in (2024, 2025)] == [1, 0]
        for query, found in (
            ("state=closed", 1), ("state=open", 0), ("state=answered", 1), ("state=handling", 0),
            ("outcome=granted", 1), ("outcome=partial", 0),
        ):  # fmt: skip
            assert len(shown(ask(cast, f"year=2024&{query}"))) == found, query
        if not case.closed_on:
            (now,) = shown(ask(cast, "year=all"))
            assert (now[7], now[8], now[11]) == ("", "办理中", "")
            answer(cast, case, "partial", date(2025, 3, 20))


def test_a_text_that_looks_like_a_formula_stays_a_text(cast: Cast) -> None:
    add_request(cast.agency, "=1+1", content="=HYPERLINK(1)")
    page: Any = load_workbook(io.BytesIO(sheet(cast, "own", "xlsx", "year=2024"))).active
    assert (page["E3"].value, page["E3"].data_type) == ("=HYPERLINK(1)", "s")
    assert "'=HYPERLINK(1)" in sheet(cast, "own", "csv", "year=2024").decode()


def test_an_export_is_written_down_with_what_it_was_of(cast: Cast) -> None:
    fill(cast)
    sheet(cast, "own", "csv", "year=2024&state=open&q=2024-2")
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.object_id) == ("ledger.export", str(cast.agency.pk))
    assert json.loads(entry.detail) == {"year": 2024, "form": "csv", "count": 1, "part": True}
    page = cast.browse("clerk").get(reverse("desk:ledger-export", args=["xtxsfj"]), {"year": "2024"})
    assert "不写姓名和名称" in page.content.decode()
    page = cast.browse("drafter").get(reverse("desk:ledger-export", args=["xtxsfj"]), {"year": "2024"})
    assert "下载内部用台账" not in page.content.decode()


def test_the_same_queries_however_long(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    client, url = cast.browse("clerk"), f"{reverse('desk:ledger', args=['xtxsfj'])}?year=2024"
    add_request(cast.agency, "2024-0")
    before = queries(lambda: client.get(url))
    for n in range(1, 45):
        add_request(cast.agency, f"2024-{n}")
    assert queries(lambda: client.get(url)) == before <= 14
    assert len(shown(ask(cast, "year=2024"))) == 30
    assert next(row[0] for row in shown(ask(cast, "year=2024&page=2"))) == "31"
    assert len(shown(ask(cast, "year=2024&print=1"))) == 45


def test_an_unconfirmed_request_stands_in_the_year_it_was_sent(cast: Cast) -> None:
    add_request(cast.agency, "2024-9", received_on=None, submitted_on=date(2024, 12, 30), state="unconfirmed")
    assert [row[5] for row in shown(ask(cast, "year=2024"))] == ["2024-9"]
    assert shown(ask(cast, "year=2023"))[0][1] == "无"
