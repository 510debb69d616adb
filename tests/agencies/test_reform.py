"""Reform: names of then on what tells of then, work and records of an agency merged into another, its last report."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from openpyxl import load_workbook

from gongkai.agencies.actions.agencies import create_agency, edit_agency
from gongkai.agencies.actions.reform import end, merge, rename
from gongkai.agencies.checks import Unfit
from gongkai.agencies.models import Agency, Kind, Person, Seat, SeatProposal, Tenure
from gongkai.agencies.names import NamesBorne, name_in_year, name_on
from gongkai.agencies.queries import NoAgency, agency_at
from gongkai.agencies.rights import ACTS, NotAllowed, may
from gongkai.audit.models import Entry
from gongkai.reports.actions.prepare import CannotPrepare, open_year, write_prose
from gongkai.reports.actions.publish import publish
from gongkai.reports.actions.signing import CannotSign, hand_in
from gongkai.reports.models import ReportYear
from gongkai.reports.queries import made_of
from gongkai.reports.signing import plan
from gongkai.tasks.actions.tasks import do_task, give_task
from gongkai.tasks.models import Task
from tests.cast import SYSTEM, Cast, add_person

OLD, NEW = "湘潭县司法局", "湘潭县法治事务局"
BASIS = "湘潭县机构改革方案（测试）"
DAY = date(2026, 3, 2)


def refused(act: object) -> set[str]:
    """The fields a reform finds wrong; nothing may have been written by it."""
    before = Entry.objects.count(), Seat.objects.filter(ended_on__isnull=True).count()
    with pytest.raises(Unfit) as wrong:
        act()  # type: ignore[operator]
    assert (Entry.objects.count(), Seat.objects.filter(ended_on__isnull=True).count()) == before
    return set(wrong.value.wrong)


def renamed(cast: Cast) -> None:
    rename(cast.agency, name=NEW, short_name="县法治局", on=DAY, basis=BASIS, by=cast.actor("sysadmin", DAY))


def merged(cast: Cast) -> dict[str, int]:
    """The bureau is merged into its neighbour."""
    into = Seat.objects.get(agency=cast.other, kind="clerk")
    return merge(cast.agency, cast.other, on=DAY, basis=BASIS, by=cast.actor("sysadmin", DAY), work_to=into)


def test_a_report_of_2024_bears_the_name_of_then_after_a_new_name_in_2026(cast: Cast) -> None:
    renamed(cast)
    assert (cast.agency.name, cast.agency.names.get().until) == (NEW, date(2026, 3, 1))
    for client, place in (
        (Client(), "/zfxxgk/xtxsfj/reports/2024/"),
        (cast.browse("clerk"), "/desk/xtxsfj/reports/2024/preview/"),
    ):
        page = client.get(place).content.decode()
        assert f"{OLD}2024年政府信息公开工作年度报告" in page
        assert f"{NEW}2024年" not in page
    for place in ("/zfxxgk/xtxsfj/reports/2024/files/html", "/desk/xtxsfj/reports/2024/files/html"):
        answer = cast.browse("clerk").get(place if place.endswith("/") else place + "/")
        told = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert OLD in told
        assert NEW not in told
    assert made_of(cast.agency, 2024).report.agency == OLD
    work = cast.work
    work.agency.refresh_from_db()
    sheet = cast.browse("clerk").get("/desk/xtxsfj/ledger/file/public/xlsx/?year=2024")
    book = load_workbook(io.BytesIO(b"".join(sheet)))
    cells = [
        str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value
    ]
    assert any(OLD in cell for cell in cells)
    assert not any(NEW in cell for cell in cells)


def test_what_is_of_today_bears_the_new_name_and_the_address_stays(cast: Cast) -> None:
    renamed(cast)
    home = Client().get("/zfxxgk/xtxsfj/")
    assert (home.status_code, NEW in home.content.decode()) == (200, True)
    open_year(cast.agency, 2026, by=SYSTEM)
    assert made_of(Agency.objects.get(pk=cast.agency.pk), 2026).report.agency == NEW
    assert made_of(Agency.objects.get(pk=cast.agency.pk), 2025).report.agency == OLD
    entry = Entry.objects.filter(act="agency.reform").latest("number")
    assert OLD in entry.detail
    assert NEW in entry.detail


def test_the_name_on_each_day_over_three_names(cast: Cast) -> None:
    by = cast.actor("sysadmin", date(2026, 11, 1))
    rename(cast.agency, name="第二个名称局", on=date(2020, 6, 1), basis=BASIS, by=by)
    rename(cast.agency, name="第三个名称局", on=date(2024, 1, 1), basis=BASIS, by=by)
    expected = {
        date(2019, 12, 31): OLD,
        date(2020, 5, 31): OLD,
        date(2020, 6, 1): "第二个名称局",
        date(2023, 12, 31): "第二个名称局",
        date(2024, 1, 1): "第三个名称局",
        date(2030, 1, 1): "第三个名称局",
    }
    borne = NamesBorne(cast.agency)
    for day, name in expected.items():
        assert name_on(cast.agency, day) == borne.on(day) == name
    assert [name_in_year(cast.agency, year) for year in (2019, 2020, 2023, 2024)] == [
        OLD,
        "第二个名称局",
        "第二个名称局",
        "第三个名称局",
    ]


def test_what_a_new_name_must_be(cast: Cast) -> None:
    by = cast.actor("sysadmin", DAY)
    for given, field in (
        ({"name": OLD}, "name"),
        ({"name": ""}, "name"),
        ({"name": cast.other.name}, "name"),
        ({"basis": " "}, "basis"),
        ({"basis": "长" * 201}, "basis"),
        ({"on": date(2026, 3, 3)}, "on"),
    ):
        whole = {"name": NEW, "on": DAY, "basis": BASIS, **given}
        assert refused(lambda whole=whole: rename(cast.agency, by=by, **whole)) == {field}
    renamed(cast)
    again = {"name": "又一个局", "on": DAY, "basis": BASIS}
    assert refused(lambda: rename(cast.agency, by=by, **again)) == {"on"}
    for who in ("clerk", "head", "supervisor", "secadmin"):
        with pytest.raises(NotAllowed):
            rename(cast.agency, by=cast.actor(who, DAY), **again)


def test_a_merge_moves_open_work_and_ends_seats_with_their_time(cast: Cast) -> None:
    clerk = Seat.objects.get(agency=cast.agency, kind="clerk")
    target = Seat.objects.get(agency=cast.other, kind="clerk")
    task = give_task(by=SYSTEM, seat=clerk, title="答复申请")
    drafter = Seat.objects.get(agency=cast.agency, kind="drafter")
    SeatProposal.objects.create(
        person=cast.nobody,
        agency=cast.agency,
        kind="leader",
        proposed_at=datetime.now(UTC),
        proposed_by="某人",
    )
    without = lambda: merge(cast.agency, cast.other, on=DAY, basis=BASIS, by=cast.actor("sysadmin", DAY))  # noqa: E731
    assert refused(without) == {"work_to"}
    assert merged(cast) == {"交办事项": 1}
    task.refresh_from_db()
    assert (task.seat, task.agency) == (target, cast.other)
    cast.agency.refresh_from_db()
    assert (cast.agency.ended_on, cast.agency.successor) == (DAY, cast.other)
    assert not Seat.objects.filter(agency=cast.agency, ended_on__isnull=True).exists()
    tenure = Tenure.objects.filter(seat=drafter).get()
    assert tenure.until is not None
    assert tenure.until >= tenure.since
    assert cast.other.name in tenure.note
    assert not SeatProposal.objects.exists()
    assert not cast.agency.sections.filter(ended_on__isnull=True).exists()
    assert cast.browse("clerk").get("/desk/xtxsfj/").status_code == 404
    neighbour = cast.browse("neighbour")
    assert "答复申请" in neighbour.get("/desk/sample-office/tasks/").content.decode()
    do_task(task, by=cast.actor("neighbour"), result="已答复")
    assert not Task.objects.filter(done_at__isnull=True).exists()


def test_what_a_merge_must_be(cast: Cast) -> None:
    by = cast.actor("sysadmin", DAY)
    elsewhere = Seat.objects.get(agency=cast.county, kind="supervisor")
    assert refused(lambda: merge(cast.agency, cast.agency, on=DAY, basis=BASIS, by=by)) == {"into"}
    assert refused(lambda: merge(cast.agency, cast.other, on=date(2026, 3, 3), basis="", by=by)) == {
        "on",
        "basis",
    }
    wrong_seat = lambda: merge(cast.agency, cast.other, on=DAY, basis=BASIS, by=by, work_to=elsewhere)  # noqa: E731
    assert refused(wrong_seat) == {"work_to"}
    merged(cast)
    assert refused(lambda: merge(cast.agency, cast.county, on=DAY, basis=BASIS, by=by)) == {""}
    assert refused(lambda: merge(cast.other, cast.agency, on=DAY, basis=BASIS, by=by)) == {"into"}
    assert refused(lambda: end(cast.agency, on=DAY, basis=BASIS, by=by)) == {""}
    assert refused(lambda: rename(cast.agency, name=NEW, on=DAY, basis=BASIS, by=by)) == {""}


def test_the_successor_supervises_whom_the_ended_one_did_and_no_ring_is_made(cast: Cast) -> None:
    by = cast.actor("sysadmin", DAY)
    top = create_agency(by=by, name="市政府", code="CITY", slug="city", level="government")
    edit_agency(cast.county, by=by, supervisor=top)
    merge(cast.county, cast.agency, on=DAY, basis=BASIS, by=by)
    cast.agency.refresh_from_db()
    cast.other.refresh_from_db()
    assert (cast.agency.supervisor, cast.other.supervisor) == (top, cast.agency)
    assert refused(lambda: end(top, on=DAY, basis=BASIS, by=by)) == {""}


def test_public_addresses_of_a_merged_agency_go_on_working(cast: Cast) -> None:
    places = [
        "/zfxxgk/xtxsfj/",
        "/zfxxgk/xtxsfj/guide/",
        "/zfxxgk/xtxsfj/items/",
        "/zfxxgk/xtxsfj/reports/",
        "/zfxxgk/xtxsfj/reports/2024/",
        "/zfxxgk/xtxsfj/reports/2024/files/html/",
        f"/zfxxgk/xtxsfj/items/{cast.agency.items.public().first().pk}/",
    ]
    assert [Client().get(place).status_code for place in places] == [200] * len(places)
    merged(cast)
    assert [Client().get(place).status_code for place in places] == [200] * len(places)
    home = Client().get(places[0]).content.decode()
    assert f"并入{cast.other.name}" in home


def test_the_successor_reads_what_its_predecessor_had(cast: Cast) -> None:
    before = cast.browse("neighbour")
    assert before.get("/desk/xtxsfj/reports/").status_code == 404
    merged(cast)
    client = cast.browse("neighbour")
    for place in ("reports/", "reports/2024/", "requests/", "items/", "agency/", "ledger/?year=2024"):
        assert client.get(f"/desk/xtxsfj/{place}").status_code == 200, place
    assert client.get("/desk/xtxsfj/agency/edit/").status_code == 403
    assert "/desk/xtxsfj/reports/" in client.get("/desk/sample-office/agency/").content.decode()
    for who in ("nobody", "supervisor", "clerk"):
        assert cast.browse(who).get("/desk/xtxsfj/reports/").status_code == 404, who
    with pytest.raises(NoAgency):
        agency_at(cast.actor("supervisor"), "xtxsfj")
    assert agency_at(cast.actor("neighbour"), "xtxsfj") == cast.agency


def test_the_successor_writes_nothing_but_the_last_report(cast: Cast) -> None:
    merged(cast)
    cast.agency.refresh_from_db()
    add_person("their-head", Kind.HEAD, cast.other)
    add_person("their-ogi", Kind.OGI_HEAD, cast.other)
    for username in ("their-head", "their-ogi"):
        cast.people[username] = Person.objects.get(username=username)
    last = open_year(cast.agency, 2026, by=SYSTEM)
    writes = {slug for slug, act in ACTS.items() if not act.reads}
    for who in ("neighbour", "their-head", "their-ogi"):
        able = {slug for slug in writes if may(cast.actor(who), slug, cast.agency)}
        assert able <= {slug for slug, act in ACTS.items() if act.finishes}, who
        assert not may(cast.actor(who), "report.prepare", cast.work)
        assert not may(cast.actor(who), "report.sign", cast.work)
    for work in (cast.draft, last):
        write_prose(work, "overview", [{"text": "并入前的工作。"}], by=cast.actor("neighbour"))
        assert may(cast.actor("their-head"), "report.sign", work)
        assert not may(cast.actor("neighbour"), "report.sign", work)
        assert plan(work, cast.neighbour.pk, DAY) == ["report.review", "report.sign"]
    with pytest.raises(NotAllowed):
        write_prose(cast.work, "overview", [{"text": "改写往年。"}], by=cast.actor("neighbour"))
    with pytest.raises(PermissionDenied):
        publish(cast.work, by=cast.actor("neighbour"), at=datetime(2026, 4, 1, tzinfo=UTC))
    with pytest.raises(CannotSign, match="还没有结束"):
        hand_in(last, by=cast.actor("neighbour"), at=datetime(2026, 4, 1, tzinfo=UTC))
    with pytest.raises(CannotPrepare, match="没有2027年"):
        open_year(cast.agency, 2027, by=SYSTEM)
    with pytest.raises(NotAllowed):
        open_year(cast.agency, 2023, by=cast.actor("neighbour"))
    assert not ReportYear.objects.filter(agency=cast.agency, year=2023).exists()


def test_the_successor_of_the_successor_reads_too(cast: Cast) -> None:
    merged(cast)
    chief = add_person("county-clerk", Kind.CLERK, cast.county)
    target = Seat.objects.get(person=chief)
    by = cast.actor("sysadmin", DAY)
    cast.other.refresh_from_db()
    merge(cast.other, cast.county, on=DAY, basis=BASIS, by=by, work_to=target)
    cast.people["county-clerk"] = chief
    assert cast.browse("county-clerk").get("/desk/xtxsfj/reports/").status_code == 200
    assert cast.browse("neighbour").get("/desk/xtxsfj/reports/").status_code == 404


def test_an_agency_without_successor_ends(cast: Cast) -> None:
    by = cast.actor("sysadmin", DAY)
    give_task(by=SYSTEM, seat=Seat.objects.get(agency=cast.agency, kind="clerk"), title="答复申请")
    assert refused(lambda: end(cast.agency, on=DAY, basis=BASIS, by=by)) == {"work_to"}
    target = Seat.objects.get(agency=cast.other, kind="clerk")
    assert end(cast.agency, on=DAY, basis=BASIS, by=by, work_to=target) == {"交办事项": 1}
    cast.agency.refresh_from_db()
    assert (cast.agency.ended_on, cast.agency.successor) == (DAY, None)
    assert cast.browse("neighbour").get("/desk/xtxsfj/reports/").status_code == 404
    assert Client().get("/zfxxgk/xtxsfj/reports/2024/").status_code == 200
