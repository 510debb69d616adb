"""A figure opens to its records: twenty a page, with names masked, in the same queries however many; and as a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.audit.models import Entry
from gongkai.disclosure.actions.register_keeping import keep
from gongkai.disclosure.models import RegisterEntry
from gongkai.inforequests.models import RequestEvent
from gongkai.remedies.models import Remedy
from gongkai.reports.models import EnteredFigure
from tests.cast import Cast, add_request

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 4, tzinfo=UTC)
DONE = {"closed_on": date(2024, 7, 1), "outcome": "granted", "state": "answered"}


def address(key: str, year: int = 2024) -> str:
    return reverse("desk:figure", args=["xtxsfj", year, key])


def opened(cast: Cast, key: str, query: str = "", who: str = "clerk") -> HTMLParser:
    answer = cast.browse(who).get(f"{address(key)}?{query}")
    assert answer.status_code == 200
    return HTMLParser(answer.content.decode())


def rows(found: HTMLParser) -> list[list[str]]:
    return [[cell.text().strip() for cell in row.css("th, td")] for row in found.css("tbody tr")]


def sheet(cast: Cast, key: str, ending: str, who: str = "clerk") -> bytes:
    url = reverse("desk:figure-file", args=["xtxsfj", 2024, key, ending])
    answer: Any = cast.browse(who).get(url)
    assert answer.status_code == 200
    return b"".join(answer)


def fill(cast: Cast, count: int = 23) -> None:
    """So many answered requests of natural persons, and one of a company that is open."""
    for n in range(count):
        add_request(
            cast.agency,
            f"2024-{n:02d}",
            applicant=f"赵一{n}",
            content=f"赵一{n}，电话13800138000，要名单",
            **DONE,
        )
    add_request(cast.agency, "2024-99", requester_kind="commercial", applicant="某某公司")


def test_twenty_a_page_with_names_masked(cast: Cast) -> None:
    fill(cast)
    first, last = opened(cast, "t3.granted.natural"), opened(cast, "t3.granted.natural", "page=2")
    assert [len(rows(found)) for found in (first, last)] == [20, 3]
    number, name, kind, content, received, closed, result = rows(first)[0]
    assert (number, name, kind, content) == ("2024-00", "赵某", "自然人", "赵××，电话138****8000，要名单")
    assert (received, closed) == ("2024-06-03", "2024-07-01")
    assert "予以公开" in result
    assert "赵一" not in first.css_first("main").text()
    assert first.css_first("tbody th a").attributes["href"].startswith("/desk/xtxsfj/requests/")


def test_a_total_leads_to_its_parts(cast: Cast) -> None:
    fill(cast, 2)
    found = opened(cast, "t3.result_total.natural")
    parts = {a.attributes["href"] for a in found.css("ul.rows a")}
    assert len(parts) == 21
    assert address("t3.granted.natural") in parts
    assert {a.attributes["href"] for a in opened(cast, "t3.new.total").css("ul.rows a")} == {
        address(f"t3.new.{kind}")
        for kind in ("natural", "commercial", "research", "public_interest", "legal_service", "other")
    }
    assert not opened(cast, "t3.granted.natural").css("ul.rows a")


def test_sheets_hold_every_record_and_no_name(cast: Cast) -> None:
    fill(cast)
    lines = list(csv.reader(io.StringIO(sheet(cast, "t3.new.total", "csv").decode("utf-8-sig"))))
    page: Any = load_workbook(io.BytesIO(sheet(cast, "t3.new.total", "xlsx"))).active
    cells = [[cell.value for cell in row] for row in page]
    assert lines == cells[1:]
    assert lines[0][:2] == ["编号", "申请人"]
    assert len(lines) == 1 + 24
    assert {line[1] for line in lines[1:]} == {"赵某", "某某公司"}
    assert "赵一" not in str(cells)
    entry = Entry.objects.latest("number")
    assert entry.act == "report.figure"
    assert "24" in entry.detail


def test_nothing_behind_a_figure_is_said(cast: Cast) -> None:
    url = reverse("desk:figure-file", args=["xtxsfj", 2024, "t3.new.total", "csv"])
    answer = cast.browse("clerk").get(url, follow=True)
    assert "没有可以导出的明细" in answer.content.decode()


def penalties(cast: Cast, count: int) -> None:
    keep(cast.agency, "penalties", since=2024, by=cast.actor("clerk"))
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            agency=cast.agency, kind="penalties", number=f"罚{n}", title="案由", subject="赵一一", natural=True,
            day=date(2024, 5, 6), entered_at=AT,
        )
        for n in range(count)
    )  # fmt: skip


def charged(cast: Cast, count: int) -> None:
    for n in range(count):
        case = add_request(cast.agency, f"收{n}")
        RequestEvent.objects.create(
            request=case, serial=1, act="give_fee_notice", from_state="handling", to_state="awaiting_payment",
            on=date(2024, 6, 4), at=AT, by="甲某", data={"yuan": 40, "until": "2024-07-02"},
        )  # fmt: skip


def sued(cast: Cast, count: int) -> None:
    for n in range(count):
        Remedy.objects.create(
            agency=cast.agency, request=add_request(cast.agency, f"诉{n}"), track="reconsideration", organ="某县人民政府",
            number=f"复{n}", about="答复", accepted_on=date(2024, 8, 1), decided_on=date(2024, 9, 1), result="upheld",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("write", "key", "head", "value"),
    [
        (fill, "t3.granted.total", "编号", 5),
        (penalties, "t2.penalties", "文号", 5),
        (charged, "fee.notices", "申请编号", 5),
        (sued, "t4.reconsideration.total", "案号", 5),
        (sued, "t4.reconsideration.upheld", "案号", 5),
    ],
)
def test_each_sort_of_record_opens_in_queries_that_do_not_grow(
    cast: Cast,
    django_assert_max_num_queries: Any,
    write: Callable[[Cast, int], None],
    key: str,
    head: str,
    value: int,
) -> None:
    if key.startswith("fee"):
        EnteredFigure.objects.filter(report=cast.work, cell="processing_fee").delete()
    write(cast, value)
    client = cast.browse("clerk")
    client.get(address(key))
    with django_assert_max_num_queries(40) as asked:
        found = HTMLParser(client.get(address(key)).content.decode())
    assert found.css_first(".big-figure").text() == str(value)
    assert found.css_first("thead th").text() == head
    assert len(rows(found)) == value
    assert "赵一" not in found.css_first("main").text()
    few = len(asked.captured_queries)
    more(cast, key)
    with django_assert_max_num_queries(few):
        client.get(address(key))


def more(cast: Cast, key: str) -> None:
    """Many more of the same sort."""
    for n in range(40):
        add_request(cast.agency, f"多{n}", **DONE)
    case = add_request(cast.agency, "多")
    RequestEvent.objects.bulk_create(
        RequestEvent(
            request=case, serial=n, act="give_fee_notice", from_state="handling", to_state="awaiting_payment",
            on=date(2024, 6, 4), at=AT, by="甲某", data={"yuan": 40, "until": "2024-07-02"},
        )
        for n in range(1, 40)
    )  # fmt: skip
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            agency=cast.agency,
            kind="penalties",
            number=f"多{n}",
            title="案由",
            day=date(2024, 5, 6),
            entered_at=AT,
        )
        for n in range(40)
    )
    Remedy.objects.bulk_create(
        Remedy(
            agency=cast.agency, request=case, track="reconsideration", organ="某县人民政府", number=f"多{n}", about="答复",
            accepted_on=date(2024, 8, 1), decided_on=date(2024, 9, 1), result="upheld",
        )
        for n in range(40)
    )  # fmt: skip


def test_an_entered_figure_has_no_list(cast: Cast) -> None:
    found = opened(cast, "t2.penalties")
    assert not found.css("table")
    assert "人工填报" in found.css_first("main").text()
