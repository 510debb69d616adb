"""Does a document hold today? Said alike by its page, the library, the search, and by hand, before and after each day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.actions.drafting import edit, give_up_revision, revise
from gongkai.disclosure.actions.register_keeping import mark_column
from gongkai.disclosure.models import Publication
from gongkai.disclosure.queries import policies
from gongkai.disclosure.registers.counting import documents_of
from gongkai.portal.items import validity_of
from gongkai.statute.report.tally import tally
from tests.cast import Cast
from tests.disclosure.office import column, passed, published
from tests.gate.forging import publication as forged
from tests.portal.test_search import titles

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = [None, *(TODAY + timedelta(days=n) for n in (-2, -1, 0, 1, 2))]


def by_hand(
    validity: str, since: date | None, until: date | None, day: date, begins: date | None = None
) -> str:
    """Gone through day by day from long before: what has happened by then, the first that happened counting."""
    if validity != "valid" and since is None:
        return validity
    here = TODAY - timedelta(days=30)
    while here <= day:
        if until and here > until:
            return "lapsed"
        if validity != "valid" and since and here >= since:
            return validity
        here += timedelta(days=1)
    return "not_yet" if begins and day < begins else "valid"


def test_page_library_and_search_say_the_same(cast: Cast) -> None:
    add_column(cast.agency, slug="zcwj", name="政策文件", kind="policy", by=cast.actor("clerk"))
    wanted: dict[str, tuple[str, date | None, date | None]] = {}
    for n, (validity, since, until) in enumerate(product(("valid", "repealed", "lapsed"), DAYS[1:], DAYS)):
        if validity == "valid" and since != DAYS[1]:
            continue
        title = f"独角兽{n:03d}号办法"
        wanted[title] = (validity, since if validity != "valid" else None, until)
    for title, (validity, since, until) in wanted.items():
        more: dict[str, Any] = {"validity_on": since, "validity_by": "测试文件"} if since else {}
        published(cast, where="zcwj", title=title, validity=validity, lapses_on=until, **more)
    begins: dict[str, date] = {}
    for n, (day, since, until) in enumerate(product(DAYS[2:], (None, DAYS[4], DAYS[5]), (None, DAYS[5]))):
        title, validity = f"独角兽{n + 500}号办法", "repealed" if since else "valid"
        wanted[title], begins[title] = (validity, since, until), day or TODAY
        more = {"validity_on": since, "validity_by": "测试文件"} if since else {}
        published(
            cast, where="zcwj", title=title, validity=validity, lapses_on=until, in_force_on=day, **more
        )
    for day in (TODAY - timedelta(days=3), *(one for one in DAYS if one)):
        expected = {title: by_hand(*facts, day, begins.get(title)) for title, facts in wanted.items()}
        rows = Publication.objects.filter(title__in=wanted)
        assert {row.title: row.validity_on(day) for row in rows} == expected
        assert {row.title: row.holds for row in policies(cast.agency, day)} == expected
    for kind in ("valid", "not_yet", "repealed", "lapsed"):
        today = {
            title for title, facts in wanted.items() if by_hand(*facts, TODAY, begins.get(title)) == kind
        }
        found: list[str] = []
        for page in range(1, 20):
            here = titles("独角兽", validity=kind, page=str(page))
            found += [one for one in here if one not in found]
        assert set(found) == today


def test_what_is_repealed_from_a_day_to_come_says_so_and_holds(cast: Cast) -> None:
    to_come, long_ago = TODAY + timedelta(days=14), date(2024, 5, 1)
    soon, live = published(
        cast, title="将废止的", validity="repealed", validity_on=to_come, validity_by="测发1号"
    )
    text = Client().get(reverse("portal:item", args=["xtxsfj", soon.pk])).content.decode()
    words = f"{to_come.year}年{to_come.month}月{to_come.day}日"
    assert f"本文件将自{words}起废止（测发1号）。" in text
    assert 'class="not-valid"' not in text
    assert '<dd class="validity-valid">有效</dd>' in text
    assert validity_of(live, to_come).said == f"本文件自{words}起废止（测发1号）。"
    gone, live = published(
        cast, title="已废止的", validity="repealed", validity_on=long_ago, validity_by="测发2号"
    )
    assert validity_of(live, TODAY).said == "本文件自2024年5月1日起废止（测发2号）。"
    assert (
        'class="not-valid"' in Client().get(reverse("portal:item", args=["xtxsfj", gone.pk])).content.decode()
    )


def test_a_document_to_come_into_force_says_so(cast: Cast, client: Client) -> None:
    add_column(cast.agency, slug="zcwj", name="政策文件", kind="policy", by=cast.actor("clerk"))
    begins = TODAY + timedelta(days=9)
    item, live = published(
        cast, where="zcwj", title="将施行的办法", document_number="测发〔2026〕9号", in_force_on=begins
    )
    said = f"自{begins.year}年{begins.month}月{begins.day}日起施行"
    text = client.get(reverse("portal:item", args=[cast.agency.slug, item.pk])).content.decode()
    assert f'<dd class="validity-not_yet">尚未施行（自{begins.isoformat()}起施行）</dd>' in text
    assert said in text
    assert validity_of(live, begins).label == "有效"
    library = client.get(reverse("portal:policies", args=[cast.agency.slug])).content.decode()
    assert "尚未施行（1）" in library
    assert f"自{begins.isoformat()}起施行" in library
    found = client.get(reverse("portal:search"), {"q": "将施行", "validity": "not_yet"}).content.decode()
    assert f"自{begins.isoformat()}起施行" in found
    assert titles("将施行", validity="valid") == []


def test_what_was_reviewed_before_there_was_such_a_day_is_unchanged(cast: Cast) -> None:
    _, live = published(cast, title="没有施行日")
    assert "in_force_on" not in live.content
    later, _ = published(cast, title="有施行日", in_force_on=TODAY)
    assert f'"in_force_on":"{TODAY.isoformat()}"' in later.publications.get().content


def test_the_days_of_a_publication_are_those_reviewed(cast: Cast) -> None:
    item = passed(cast, in_force_on=TODAY + timedelta(days=3))
    sheet = item.sheets.get()
    made = forged(item, sheet, sheet.content)
    made.in_force_on = None
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save(force_insert=True)


def test_giving_up_a_revision_takes_the_day_back(cast: Cast) -> None:
    item, _ = published(cast, title="没有施行日")
    revise(item, note="补写施行日", by=cast.actor("clerk"))
    edit(item, by=cast.actor("clerk"), in_force_on=TODAY + timedelta(days=3))
    give_up_revision(item, by=cast.actor("clerk"))
    item.refresh_from_db()
    assert item.in_force_on is None


def test_table_two_counts_it_from_the_year_in_which_it_comes_into_force(cast: Cast) -> None:
    add_column(cast.agency, slug="zcwj", name="政策文件", kind="policy", by=cast.actor("clerk"))
    mark_column(column(cast, "zcwj"), "normative_documents", by=cast.actor("clerk"))
    published(
        cast, where="zcwj", title="年末发的", formed_on=date(2024, 12, 20), in_force_on=date(2025, 2, 1)
    )
    records = documents_of(cast.agency, ["normative_documents"])
    for year, made, valid in ((2024, 1, 0), (2025, 0, 1)):
        cells = tally((), year, remedies=None, documents=records, kinds={"normative_documents"}).cells
        assert [cells[f"t2.normative_documents.{c}"].raw for c in ("made", "valid")] == [
            str(made),
            str(valid),
        ]
