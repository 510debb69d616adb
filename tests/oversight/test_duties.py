"""Duties of the year: days, who is in charge, what the records tell, tasks at hand, local duties, files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.agencies.actions.seats import end_seat
from gongkai.agencies.models import Agency, Seat
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.disclosure.models import Item, Transfer
from gongkai.outbox.models import Message
from gongkai.oversight.actions.duties import (
    CannotArrange,
    Wanted,
    add_local,
    end_local,
    put_in_charge,
    set_ahead,
    tick,
    untick,
)
from gongkai.oversight.duties.files import file_of
from gongkai.oversight.duties.tasks import round_of_duties
from gongkai.oversight.duties.year import Due, due_of, duties_by_agency, duties_of
from gongkai.oversight.models import DutyTick, Finding, GuideCheck, InspectionSheet
from gongkai.statute.duties import CALENDAR, working_aim
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.models import Task
from tests.cast import Cast

YEAR = 2026
LOCAL = Wanted("报送半年总结", "按通知的格式", "县政府办公室2026年通知", 6, 20, "clerk")


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def the(agency: Agency, key: str, year: int = YEAR, part: int = 0) -> Due:
    found = due_of(agency, key, year, part)
    assert found is not None
    return found


def told_of(agency: Agency, key: str, year: int = YEAR, part: int = 0) -> str:
    known = the(agency, key, year, part).known
    return known.words if known else ""


def seat_of(cast: Cast, who: str) -> Seat:
    return Seat.objects.get(person=cast.people[who])


def varied(wanted: Wanted, **other: Any) -> Wanted:
    return Wanted(**{**{name: getattr(wanted, name) for name in wanted.__dataclass_fields__}, **other})


def test_days_are_working_days_and_never_later() -> None:
    days = WorkCalendar.official()
    for year in range(2020, 2040):
        for duty in CALENDAR.values():
            for government in (False, True):
                for _, day in duty.due(year, government=government):
                    aim = working_aim(day, days)
                    assert aim <= day
                    assert days.is_workday(aim)
                    assert days.between(aim, day) == 0
                    assert days.between(working_aim(day, days, 5), aim) == 5
    assert working_aim(date(2027, 1, 31), days) == date(2027, 1, 29)
    with pytest.raises(ValueError, match="负数"):
        working_aim(date(2027, 1, 31), days, -1)


def test_the_year_of_the_bureau(cast: Cast) -> None:
    found = duties_of(cast.agency, YEAR)
    assert [due.aim for due in found] == sorted(due.aim for due in found)
    assert len(found) == 10
    report = the(cast.agency, "report")
    assert (report.day, report.aim, report.by_law) == (date(2026, 1, 31), date(2026, 1, 30), True)
    assert the(cast.county, "report").day == date(2026, 3, 31)
    assert report.seat == seat_of(cast, "clerk")
    assert the(cast.agency, "inspection", part=2).seat == seat_of(cast, "ogi_head")
    assert "第四十九条" in report.basis
    assert "可以改早" in the(cast.agency, "training").basis
    assert due_of(cast.agency, "inspection", YEAR, 5) is None


def test_what_the_records_tell(cast: Cast) -> None:
    assert "已发布" in told_of(cast.agency, "report", 2025)
    assert the(cast.agency, "report").known is None
    assert the(cast.agency, "report").state(date(2026, 2, 1)) == "late"
    assert the(cast.agency, "evaluation").state(date(2026, 1, 1)) == "idle"
    assert the(cast.agency, "transfer_archive", 2025).known is None
    assert the(cast.agency, "transfer_archive", YEAR).state(date(2026, 1, 1)) == "idle"
    Transfer.objects.create(
        agency=cast.agency,
        year=2024,
        to="archive",
        receiver="县档案馆",
        handed_on=date(2025, 3, 3),
        count=1,
        last=1,
        person="甲",
        at=timezone.now(),
    )
    assert told_of(cast.agency, "transfer_archive", 2025) == "2025年3月3日移交"
    assert the(cast.agency, "transfer_library", 2025).known is None
    now = noon(date(2026, 3, 20))
    InspectionSheet.objects.create(
        agency=cast.agency, year=YEAR, quarter=1, content={}, settled_by="甲", settled_at=now
    )
    assert the(cast.agency, "inspection", part=1).known is not None
    assert the(cast.agency, "inspection", part=2).known is None
    assert the(cast.other, "inspection", part=1).known is None
    GuideCheck.objects.create(agency=cast.agency, on=date(2026, 5, 1), by="甲", at=now)
    assert told_of(cast.agency, "guide") == "5月1日核对"


def test_an_item_kept_back_is_owed_until_it_is_looked_at(cast: Cast) -> None:
    Item.objects.filter(pk=cast.hidden.pk).update(state="kept", evaluate_on=date(2026, 11, 3))
    assert the(cast.agency, "evaluation").known is None
    assert the(cast.agency, "evaluation", 2025).state(date(2025, 1, 1)) == "idle"


def test_a_tick_by_hand_and_back(cast: Cast) -> None:
    due = the(cast.agency, "transfer_archive", 2025)
    with pytest.raises(NotAllowed):
        tick(due, by=cast.actor("drafter"), note="做了")
    with pytest.raises(CannotArrange, match="办理情况"):
        tick(due, by=cast.actor("clerk"), note=" ")
    tick(due, by=cast.actor("clerk"), note="纸质移交")
    again = the(cast.agency, "transfer_archive", 2025)
    assert again.known is not None
    assert again.known.by_hand
    with pytest.raises(CannotArrange, match="已经登记过"):
        tick(again, by=cast.actor("clerk"), note="纸质移交")
    assert Entry.objects.filter(act="duty.tick", result="done").count() == 1
    with pytest.raises(NotAllowed):
        untick(again, by=cast.actor("neighbour"))
    assert untick(again, by=cast.actor("head"))
    assert not untick(again, by=cast.actor("head"))
    assert not DutyTick.objects.exists()
    with pytest.raises(CannotArrange, match="记录里已经查到"):
        tick(the(cast.agency, "report", 2025), by=cast.actor("clerk"), note="报了")


def test_who_is_in_charge_may_tick(cast: Cast) -> None:
    seat = seat_of(cast, "drafter")
    put_in_charge(cast.agency, "guide", seat, by=cast.actor("head"))
    due = the(cast.agency, "guide")
    assert due.seat == seat
    tick(due, by=cast.actor("drafter"), note="打过电话")
    assert untick(the(cast.agency, "guide"), by=cast.actor("drafter"))
    with pytest.raises(CannotArrange, match="本机关的岗位"):
        put_in_charge(cast.agency, "guide", seat_of(cast, "neighbour"), by=cast.actor("head"))
    with pytest.raises(NotAllowed):
        put_in_charge(cast.agency, "guide", seat, by=cast.actor("clerk"))
    end_seat(seat, by=cast.actor("secadmin"), to=seat_of(cast, "leader"))
    assert the(cast.agency, "guide").seat == seat_of(cast, "leader")
    put_in_charge(cast.agency, "guide", None, by=cast.actor("head"))
    assert the(cast.agency, "guide").seat == seat_of(cast, "clerk")


def test_what_is_at_hand_becomes_a_task_once_and_is_closed_by_the_records(cast: Cast) -> None:
    day = date(2026, 6, 15)
    round_of_duties(noon(day))
    tasks = {task.key.split(":")[2]: task for task in Task.objects.filter(agency=cast.agency)}
    assert set(tasks) == {"guide", "inspection"}
    assert tasks["guide"].due_on == date(2026, 6, 30)
    assert tasks["guide"].seat == seat_of(cast, "clerk")
    told = Message.objects.filter(agency_id=cast.agency.pk, subject__contains="年度工作")
    assert told.count() == 2
    assert round_of_duties(noon(day)) == ""
    assert told.count() == 2
    GuideCheck.objects.create(agency=cast.agency, on=day, by="甲", at=timezone.now())
    assert "办结" in round_of_duties(noon(day))
    tasks["guide"].refresh_from_db()
    assert tasks["guide"].done_at is not None
    tick(the(cast.agency, "inspection", part=2), by=cast.actor("ogi_head"), note="纸质自查表")
    tasks["inspection"].refresh_from_db()
    assert "纸质自查表" in tasks["inspection"].result


def test_what_others_tell_becomes_no_task(cast: Cast) -> None:
    round_of_duties(noon(date(2026, 1, 20)))
    assert not Task.objects.filter(key__contains=":report:").exists()
    day = date(2026, 6, 15)
    Finding.objects.create(
        agency=cast.agency,
        rule="guide_unchecked",
        key="guide",
        gravity=3,
        what="没有核对",
        found_at=noon(day),
        seen_at=noon(day),
        due_on=day,
    )
    round_of_duties(noon(day))
    assert not Task.objects.filter(agency=cast.agency, key__contains=":guide:").exists()
    assert Task.objects.filter(agency=cast.other, key__contains=":guide:").exists()


def test_what_is_long_past_becomes_no_task(cast: Cast) -> None:
    round_of_duties(noon(date(2026, 5, 20)))
    assert not Task.objects.filter(agency=cast.agency, key__startswith="duty:").exists()
    round_of_duties(noon(date(2026, 4, 10)))
    late = Task.objects.get(agency=cast.agency, key__contains=":inspection:")
    assert late.due_on == date(2026, 4, 10)


def test_a_duty_of_the_county_holds_below_and_is_the_countys(cast: Cast) -> None:
    row = add_local(cast.county, varied(LOCAL, below=True), by=cast.actor("supervisor", date(2026, 1, 5)))
    own = the(cast.agency, row.key)
    assert own.aim == date(2026, 6, 18)
    assert own.basis == "测试县人民政府：县政府办公室2026年通知"
    assert own.seat == seat_of(cast, "clerk")
    with pytest.raises(NotAllowed):
        end_local(row, by=cast.actor("head"))
    round_of_duties(noon(date(2026, 6, 10)))
    task = Task.objects.get(agency=cast.agency, key=own.task_key)
    put_in_charge(cast.agency, row.key, seat_of(cast, "ogi_head"), by=cast.actor("head"))
    round_of_duties(noon(date(2026, 6, 10)))
    task.refresh_from_db()
    assert task.seat == seat_of(cast, "ogi_head")
    end_local(row, by=cast.actor("supervisor"))
    assert due_of(cast.agency, row.key, timezone.localdate().year, 0) is None
    type(row).objects.filter(pk=row.pk).update(ended_at=noon(date(2026, 6, 11)))
    round_of_duties(noon(date(2026, 6, 11)))
    task.refresh_from_db()
    assert task.withdrawn


def test_a_duty_of_the_agency_alone(cast: Cast) -> None:
    row = add_local(cast.agency, LOCAL, by=cast.actor("head", date(2026, 1, 5)))
    assert due_of(cast.agency, row.key, YEAR, 0) is not None
    assert due_of(cast.agency, row.key, YEAR - 1, 0) is None
    assert due_of(cast.other, row.key, YEAR, 0) is None
    late = add_local(cast.agency, LOCAL, by=cast.actor("head", date(2026, 7, 1)))
    assert due_of(cast.agency, late.key, YEAR, 0) is None
    assert due_of(cast.agency, late.key, YEAR + 1, 0) is not None
    with pytest.raises(CannotArrange, match="已经过了"):
        add_local(cast.agency, varied(LOCAL, year=YEAR), by=cast.actor("head", date(2026, 7, 1)))
    once = add_local(
        cast.agency, Wanted("只一次", "", "依据", 2, 29, "head", year=2028), by=cast.actor("head")
    )
    assert the(cast.agency, once.key, 2028).day == date(2028, 2, 29)
    assert due_of(cast.agency, once.key, 2029, 0) is None
    for wrong in (
        {"title": " "},
        {"basis": ""},
        {"month": 2, "day": 30},
        {"month": 13},
        {"kind": "audit_admin"},
        {"year": 2020},
    ):
        with pytest.raises(CannotArrange):
            add_local(cast.agency, varied(LOCAL, **wrong), by=cast.actor("head"))
    with pytest.raises(NotAllowed):
        add_local(cast.agency, LOCAL, by=cast.actor("clerk"))


def test_an_earlier_day_of_the_county_and_the_nearest_one_first(cast: Cast) -> None:
    set_ahead(cast.county, "report", by=cast.actor("supervisor"), ahead=5, reason="1月23日前报送")
    assert the(cast.agency, "report").aim == date(2026, 1, 23)
    assert "1月23日前报送" in the(cast.agency, "report").earlier
    set_ahead(cast.agency, "report", by=cast.actor("head"), ahead=10, reason="本机关更早")
    assert the(cast.agency, "report").aim == date(2026, 1, 16)
    assert the(cast.other, "report").aim == date(2026, 1, 23)
    for ahead, reason in ((-1, "x"), (61, "x"), (3, " ")):
        with pytest.raises(CannotArrange):
            set_ahead(cast.agency, "report", by=cast.actor("head"), ahead=ahead, reason=reason)
    with pytest.raises(CannotArrange):
        set_ahead(cast.agency, "nothing", by=cast.actor("head"), ahead=1, reason="x")


def test_many_agencies_take_no_more_queries(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    few = queries(lambda: duties_by_agency([cast.agency], YEAR))
    many = [
        Agency.objects.create(slug=f"many-{n}", name=f"某局{n}", code=f"M{n}", supervisor=cast.county)
        for n in range(30)
    ]
    assert queries(lambda: duties_by_agency([cast.agency, *many], YEAR)) == few <= 16


def test_the_pages_and_files(cast: Cast) -> None:
    client, slug = cast.browse("ogi_head"), cast.agency.slug
    page = client.get(reverse("desk:duties", args=[slug]), {"year": YEAR}).content.decode()
    assert "2026年1月" in page
    assert "法定最后一天" in page
    for year in ("1998", "２０２６", "2x26"):
        assert client.get(reverse("desk:duties", args=[slug]), {"year": year}).status_code == 404
    url = reverse("desk:duty", args=[slug, YEAR, "training", 0])
    assert "第四十八条" in client.get(url).content.decode()
    assert "请用一句话写明办理情况" in client.post(url, {"note": ""}).content.decode()
    assert client.post(url, {"note": "参加培训"}).status_code == 302
    assert "参加培训" in client.get(url).content.decode()
    new = reverse("desk:duty-new", args=[slug])
    given = {"title": "=1+1", "month": 12, "day": 31, "every": "yes", "kind": "clerk", "basis": "通知"}
    assert client.post(new, given).status_code == 302
    arrange = reverse("desk:duty-arrange", args=[slug, YEAR, "report", 0])
    assert "请写明为什么提前" in client.post(arrange, {"ahead": 3, "seat": ""}).content.decode()
    seat = seat_of(cast, "leader").pk
    assert client.post(arrange, {"ahead": 3, "reason": "县里要求", "seat": seat}).status_code == 302
    assert the(cast.agency, "report").seat == seat_of(cast, "leader")
    assert "县里要求" in client.get(reverse("desk:duty", args=[slug, YEAR, "report", 0])).content.decode()
    book = client.get(reverse("desk:duties-file", args=[slug, "xlsx"]), {"year": timezone.localdate().year})
    sheet: Any = load_workbook(io.BytesIO(book.content)).active
    assert "=1+1" in [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_calendar_file_is_whole(cast: Cast) -> None:
    dues = duties_of(cast.agency, YEAR)
    text = file_of(cast.agency, YEAR, dues, date(2026, 1, 1), "ics")
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert text.count(b"BEGIN:VEVENT") == text.count(b"END:VEVENT") == len(dues)
    unfolded = text.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20260130" in unfolded
    assert "SUMMARY:编制、提交、公布上一年度政府信息公开工作年度报告" in unfolded
