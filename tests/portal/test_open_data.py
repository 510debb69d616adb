"""Open data: every address answers as its schema says, with what is public and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from gongkai.config.wsgi import application
from gongkai.disclosure import harvest
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.publishing import expire, publish
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.actions.withdrawing import withdraw
from gongkai.disclosure.models import Publication
from gongkai.portal.keeping import PAGES
from gongkai.portal.open_data.pages import PATTERNS
from tests.cast import SYSTEM, Cast, add_item
from tests.disclosure.office import new_draft, passed, published

SECRET = "独角兽未公开"


def get(name: str, *args: Any, **asked: Any) -> Any:
    PAGES.forget()
    return Client().get(reverse(f"portal:{name}", args=args), asked)


def told(name: str, *args: Any, **asked: Any) -> Any:
    answer = get(name, *args, **asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def whole(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8-sig"))


def every_address(cast: Cast, number: int) -> list[str]:
    """Each address of open data, with each agency there is and the number of an item."""
    values = {
        "number": [number],
        "agency": ["xtxsfj", cast.other.slug],
        "year": [2023, 2024, 2025],
        "ending": ["csv", "jsonl"],
    }
    found = []
    for pattern in PATTERNS:
        names = list(pattern.pattern.converters)
        combos: list[dict[str, Any]] = [{}]
        for name in names:
            combos = [{**one, name: value} for one in combos for value in values[name]]
        found += [reverse(f"portal:{pattern.name}", kwargs=one) for one in combos]
    return found


def test_nothing_that_is_not_public_at_any_address(cast: Cast) -> None:
    """A draft, one under review, one that passed, a withdrawn, an expired one, one over by its time, a version to
    come, an item of an agency that has no open column."""
    clerk, moment = cast.actor("clerk"), timedelta(microseconds=1)
    hidden = [new_draft(cast, title=SECRET), passed(cast, title=SECRET)]
    under_review = new_draft(cast, title=SECRET)
    submit(under_review, by=clerk)
    gone, _ = published(cast, title=SECRET)
    withdraw(gone, cause="wrong", reason="有错", by=cast.actor("leader"), at=timezone.now())
    old = passed(cast, title=SECRET)
    made = publish(old, by=clerk, at=(at := timezone.now()), until=at + moment)
    expire(made, by=SYSTEM, now=timezone.now())
    over = passed(cast, title=SECRET)
    publish(over, by=clerk, at=(at := timezone.now()), until=at + moment)
    new_version, _ = published(cast, title="旧的标题")
    revise(new_version, note="改", by=clerk)
    edit(new_version, title=SECRET, by=clerk)
    theirs = add_item(cast.other, cast.other.columns.first(), 88)
    for item in (*hidden, under_review, gone, old, over, theirs):
        assert get("data-item", item.pk).status_code == 404
        for address in every_address(cast, item.pk):
            PAGES.forget()
            body = whole(Client().get(address))
            assert SECRET not in body, address
            assert "测试信息88" not in body, address
            assert f'"{cast.other.slug}"' not in body, address
    assert told("data-item", new_version.pk)["title"] == "旧的标题"


def test_all_that_is_public_page_after_page_and_in_one_go(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest, "AT_ONCE", 7)
    truth = [row.item_id for row in Publication.objects.filter(agency=cast.agency).order_by("-pk")]
    numbers, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = told("data-items", limit=10, **({"cursor": cursor} if cursor else {}))
        numbers += [one["number"] for one in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
    assert numbers == truth
    assert pages == -(-len(truth) // 10)
    rows = list(csv.DictReader(io.StringIO(whole(get("data-dump", "csv")))))
    assert [int(row["信息编号"]) for row in rows] == truth
    lines = [json.loads(line) for line in whole(get("data-dump", "jsonl")).splitlines()]
    assert [line["number"] for line in lines] == truth
    assert lines[0] == told("data-item", truth[0])
    columns = {one["slug"]: one["items"] for one in told("data-columns", "xtxsfj")}
    assert sum(columns.values()) == len(truth)
    assert {one["column"] for one in told("data-items", column="xzfy", limit=200)["items"]} == {"xzfy"}


def test_reports_and_statistics_say_what_the_published_report_says(cast: Cast) -> None:
    from gongkai.reports.queries import published_report

    report = published_report(cast.agency, 2024)
    assert report is not None
    cells = told("data-report", "xtxsfj", 2024)["cells"]
    assert {k: v for k, v in cells.items() if isinstance(v, int | float)} == {
        k: float(c.value) if c.value != int(c.value) else int(c.value)
        for k, c in report.cells.items()
        if c.value is not None
    }
    assert [one["year"] for one in told("data-reports", "xtxsfj")] == [2024]
    (year,) = told("data-statistics", "xtxsfj")
    for row in year["rows"]:
        for column, figure in row["figures"].items():
            assert figure == report.cells[f"t3.{row['row']}.{column}"].value
    assert get("data-report", "xtxsfj", 2025).status_code == 404


def test_formulas_do_not_leave_in_a_table(cast: Cast) -> None:
    published(cast, title="=1+1")
    assert "'=1+1" in whole(get("data-dump", "csv"))


def test_conditional_requests_and_other_sites(cast: Cast) -> None:
    for name, args in (
        ("data-items", ()),
        ("data-agencies", ()),
        ("data-dump", ("jsonl",)),
        ("data-openapi", ()),
    ):
        address = reverse(f"portal:{name}", args=args)
        first = Client().get(address)
        assert first.headers["Access-Control-Allow-Origin"] == "*"
        assert "public" in first.headers["Cache-Control"]
        assert "Set-Cookie" not in first.headers
        again = Client().get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304, name
    item, _ = published(cast, title="又一条")
    for name, args in (("data-items", ()), ("data-dump", ("jsonl",))):
        PAGES.forget()
        after = Client().get(
            reverse(f"portal:{name}", args=args), headers={"if-none-match": first.headers["ETag"]}
        )
        assert after.status_code == 200
    asked = Client().options(reverse("portal:data-item", args=[item.pk]))
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert Client().post(address).status_code == Client().delete(address).status_code == 405
    assert Client().head(address).status_code == 200


def test_errors_are_chinese(cast: Cast) -> None:
    for answer in (
        get("data-items", limit="x"),
        get("data-items", agency="nobody"),
        get("data-item", 987654),
        get("data-dump", "exe"),
        get("data-dump", "csv", agency="nobody"),
        Client().put(reverse("portal:data-items")),
    ):
        assert 400 <= answer.status_code < 500
        assert "一" <= answer.json()["error"][0] <= "鿿", answer.content


def test_as_many_queries_for_many_as_for_few(cast: Cast, queries: Any) -> None:
    def ask() -> None:
        assert get("data-items", limit=200).status_code == 200

    few = queries(ask)
    for n in range(30):
        add_item(cast.agency, cast.agency.columns.first(), 700 + n)
    assert queries(ask) == few <= 4


def test_the_page_that_explains_it_names_every_operation(cast: Cast) -> None:
    body = get("data").content.decode()
    for path in told("data-openapi")["paths"]:
        assert f"GET {path}" in body
    assert "//cdn" not in body


@pytest.fixture
def told_openapi(cast: Cast) -> Iterator[dict[str, Any]]:
    """The schema. The end of a request would close the connection of the test's transaction: as with Django's own
    client, not here."""
    found = told("data-openapi")
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield found
    for end in ends:
        end.connect(close_old_connections)


def test_the_schema_holds_whatever_is_asked(told_openapi: dict[str, Any]) -> None:
    """Each operation with drawn parameters, right and wrong, through WSGI: documented answers in documented shapes."""
    schema = schemathesis.openapi.from_dict(told_openapi)
    schema.app = application
    asked = []
    quick = settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    for operation in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                cases = operation.ok().as_strategy(generation_mode=mode)
                quick(given(case=cases)(lambda case: asked.append(case.call_and_validate().status_code)))()
            except Unsatisfiable:
                # Nothing wrong can be asked where nothing can be asked.
                assert not operation.ok().query
                assert not operation.ok().path_parameters
    assert {200, 404, 422} <= set(asked)
