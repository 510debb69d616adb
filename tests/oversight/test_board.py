# ruff: noqa: S311 - drawn at random, not for keeping secrets
"""The board's figures against a second count, one by one; the queries do not grow; nothing of a person is in any page;
what stands elsewhere is not there."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency, Kind
from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.models import InfoRequest
from gongkai.oversight.board.agency import REQUEST_STATES, cases_of, reports_below
from gongkai.oversight.board.asked import NARROWED, ORDERS, Asked, chosen, said_first
from gongkai.oversight.board.below import agency_below, all_below
from gongkai.oversight.board.counting import CONCLUSIONS, lines_of, register_conclusion, report_year
from gongkai.oversight.models import Finding, ReportLook
from gongkai.oversight.scheduling import look_at_reports
from gongkai.remedies.models import Remedy
from gongkai.statute.states import CLOSED, RUNNING, STATES
from tests.cast import Cast, add_person, add_request

NAME, ASKED = "欧阳某独", "某独有的申请内容"
OPEN = [slug for slug in STATES if slug not in CLOSED and slug != "unregistered"]


def county_of(cast: Cast, count: int) -> list[Agency]:
    """So many more agencies under the cast's county, half of them under an office between."""
    between = Agency.objects.create(
        slug="between", name="测试片区办公室", code="BETWEEN", supervisor=cast.county
    )
    return [
        between,
        *Agency.objects.bulk_create(
            Agency(
                slug=f"below-{n}",
                name=f"测试县第{n}局",
                code=f"B{n}",
                supervisor=cast.county if n % 2 else between,
            )
            for n in range(count)
        ),
    ]


def scatter(agencies: list[Agency], count: int, draw: random.Random, day: date) -> None:
    """Requests of every state around the day."""
    rows = []
    for _n in range(count):
        state = draw.choice([*OPEN, *sorted(CLOSED)])
        came = day - timedelta(days=draw.randrange(400))
        closed = came + timedelta(days=draw.randrange(40)) if state in CLOSED else None
        due = None if state == "unconfirmed" else day + timedelta(days=draw.randrange(-15, 15))
        rows.append(
            InfoRequest(
                agency=draw.choice(agencies),
                number=f"数〔{came.year}〕{draw.random()}号",
                requester_kind="natural",
                applicant=NAME,
                content=ASKED,
                channel="in_person",
                received_on=None if state == "unconfirmed" else came,
                state=state,
                due_on=due,
                closed_on=closed,
                outcome="granted" if closed else "",
            )
        )
    InfoRequest.objects.bulk_create(rows)


def second_count(agency: Agency, day: date) -> tuple[object, ...]:
    """Every request looked at by itself, days walked one by one."""
    found = [0, 0, 0, 0, 0, 0]
    oldest = None
    days = calendar()
    for one in InfoRequest.objects.filter(agency=agency):
        if one.closed_on is not None:
            found[5] += one.closed_on.year == day.year
            continue
        found[0] += 1
        found[4] += one.received_on is None
        if one.due_on is None or one.state not in RUNNING:
            continue
        if one.due_on < day:
            found[1] += 1
            oldest = min(oldest or one.due_on, one.due_on)
            continue
        walked, left = day, 0
        while walked < one.due_on:
            walked += timedelta(days=1)
            left += days.is_workday(walked)
        # A day off behind the last working day still counts to the next one.
        found[2] += left <= 3 and (left < 3 or days.is_workday(one.due_on))
        found[3] += left <= 7 and (left < 7 or days.is_workday(one.due_on))
    return (*found, oldest)


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_a_second_count(cast: Cast, seed: int) -> None:
    day = date(2026, 3, 18) + timedelta(days=seed * 9)
    agencies = county_of(cast, 7)
    scatter([*agencies, cast.agency, cast.other], 300, random.Random(seed), day)
    lines = lines_of(cast.county, day)
    assert {line.agency.pk for line in lines} == {one.pk for one in [*agencies, cast.agency, cast.other]}
    for line in lines:
        told = (
            line.open,
            line.overdue,
            line.in_three,
            line.in_seven,
            line.unconfirmed,
            line.closed,
            line.oldest,
        )
        assert told == second_count(line.agency, day), line.agency
        for state, value in zip(
            ("open", "overdue", "three", "seven", "unconfirmed", "closed"), told, strict=False
        ):
            assert cases_of(line.agency, state, day).count() == value
    assert sum(line.overdue for line in lines) > 5
    assert set(REQUEST_STATES) == {"open", "overdue", "three", "seven", "unconfirmed", "closed"}


def test_tomorrow_more_is_overdue_without_anything_being_refreshed(cast: Cast) -> None:
    day = timezone.localdate()
    add_request(cast.agency, "数1号", due_on=day)
    today = {line.agency.pk: line.overdue for line in lines_of(cast.county, day)}
    tomorrow = {line.agency.pk: line.overdue for line in lines_of(cast.county, day + timedelta(days=1))}
    assert tomorrow[cast.agency.pk] == today[cast.agency.pk] + 1


def test_the_queries_do_not_grow(cast: Cast) -> None:
    client, url = cast.browse("supervisor"), reverse("desk:county", args=["county-office"])
    client.get(url)
    counts = []
    for more in (0, 3, 60):
        scatter(
            county_of(cast, more) if more == 3 else list(Agency.objects.all()),
            more,
            random.Random(1),
            timezone.localdate(),
        )
        if more == 60:
            Agency.objects.bulk_create(
                Agency(slug=f"m{n}", name=f"多{n}局", code=f"M{n}", supervisor=cast.county) for n in range(60)
            )
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        counts.append(len(caught))
    assert max(counts) <= 20, counts
    assert counts[1] == counts[2], counts


def test_remedies_findings_and_the_rest(cast: Cast) -> None:
    day = timezone.localdate()
    for n, (track, result, at) in enumerate(
        (
            ("reconsideration", "corrected", day),
            ("reconsideration", "corrected", day.replace(year=day.year - 1)),
            ("reconsideration", "upheld", day),
            ("litigation_direct", "corrected", day),
            ("litigation_direct", "", None),
        )
    ):
        Remedy.objects.create(
            agency=cast.agency, track=track, organ="测试机关", number=f"{n}号", about="测试",
            accepted_on=day.replace(year=day.year - 1), decided_on=at, result=result,
        )  # fmt: skip
    Remedy.objects.create(
        agency=cast.agency, track="reconsideration", organ="测试机关", number="9号", about="测试",
        accepted_on=day, cancelled="登记错了",
    )  # fmt: skip
    now = timezone.now()
    for n, (rule, gravity, state) in enumerate(
        (
            ("columns_many", 1, "open"),
            ("column_stale", 2, "open"),
            ("column_soon", 4, "open"),
            ("lapsed", 3, "closed"),
        )
    ):
        Finding.objects.create(
            agency=cast.agency, rule=rule, key=str(n), gravity=gravity, what="测试", found_at=now, seen_at=now,
            due_on=day, state=state, closed_at=now if state == "closed" else None,
        )  # fmt: skip
    line = next(one for one in lines_of(cast.county, day) if one.agency == cast.agency)
    assert (line.pending, line.lost_reviews, line.lost_suits, line.lost) == (1, 1, 1, 2)
    assert (line.findings, line.vetoes, line.stale) == (2, 1, 1)
    words = " ".join(one.words for one in said_first(lines_of(cast.county, day), report_year(day), day))
    for said in ("单项否决", "行政复议被纠正", "行政诉讼被纠正", "超期没有更新"):
        assert said in words


def test_the_report_of_the_year_as_it_stands(cast: Cast) -> None:
    def told() -> tuple[str, int]:
        line = next(one for one in lines_of(cast.county, date(2025, 3, 1)) if one.agency == cast.agency)
        return line.report, line.report_wrong

    assert told() == ("published", 0)
    assert look_at_reports(timezone.now()) != ""
    assert look_at_reports(timezone.now()) == ""
    look = ReportLook.objects.get(version__report=cast.work)
    assert look.wrong == []
    ReportLook.objects.filter(pk=look.pk).update(wrong=["第三表对不上。"])
    assert told() == ("published", 1)
    assert reports_below(cast.agency)[-1].wrong == ("第三表对不上。",)
    register_conclusion("test", lambda agencies, year: dict.fromkeys(agencies, "cleared"))
    try:
        assert told() == ("cleared", 1)
    finally:
        del CONCLUSIONS["test"]


def test_only_what_stands_below(cast: Cast) -> None:
    far = Agency.objects.create(slug="far", name="别处的局", code="FAR")
    province = Agency.objects.create(slug="province", name="测试省人民政府", code="PROVINCE")
    Agency.objects.filter(pk=cast.county.pk).update(supervisor=province)
    people = {"province": add_person("above", Kind.SUPERVISOR, province)}
    assert {one.slug for one in all_below(province)} == {"county-office", "xtxsfj", "sample-office"}
    assert far not in all_below(province)
    assert agency_below(province, "xtxsfj") == cast.agency
    for office, slug in ((cast.county, "far"), (cast.county, "province"), (cast.agency, "sample-office")):
        with pytest.raises(Agency.DoesNotExist):
            agency_below(office, slug)
    cast.people |= people
    for who, status in (("province", 200), ("supervisor", 404), ("clerk", 404)):
        url = reverse("desk:county-agency", args=["province", "xtxsfj"])
        assert cast.browse(who).get(url).status_code == status
    Agency.objects.filter(pk=province.pk).update(supervisor=cast.agency)
    assert province not in all_below(province)
    Agency.objects.filter(pk=cast.other.pk).update(ended_on=timezone.localdate())
    assert cast.other not in all_below(cast.county)


def test_no_page_says_who_asked_for_what(cast: Cast) -> None:
    day = timezone.localdate()
    scatter([cast.agency], 60, random.Random(5), day)
    client, args = cast.browse("supervisor"), ["county-office", "xtxsfj"]
    pages = [reverse("desk:county", args=args[:1]), reverse("desk:county-agency", args=args)]
    pages += [f"{reverse('desk:county-cases', args=args)}?state={state}" for state in REQUEST_STATES]
    pages += [reverse(f"desk:county-{name}", args=args) for name in ("findings", "remind", "opinion")]
    pages += [reverse("desk:county-remind-all", args=args[:1]), reverse("desk:today", args=args[:1])]
    for page in pages:
        answer = client.get(page)
        text = answer.content.decode()
        assert answer.status_code == 200, page
        assert not [word for word in (NAME, ASKED, "甲某") if word in text], page
    shown = client.get(pages[2]).content.decode()
    first = cases_of(cast.agency, "overdue", day)[0]
    assert first["number"] in shown
    assert set(first) == {
        *("number", "state", "due_on", "due_provisional", "closed_on", "received_on", "section__name")
    }


def test_the_table_is_narrowed_ordered_and_searched(cast: Cast) -> None:
    day = timezone.localdate()
    agencies = county_of(cast, 4)
    add_request(agencies[2], "数1号", due_on=day - timedelta(days=3))
    lines = lines_of(cast.county, day)
    assert [one.agency for one in chosen(lines, Asked(state="overdue"), day)] == [agencies[2]]
    assert chosen(lines, Asked(), day)[0].agency == agencies[2]
    assert [one.agency.name for one in chosen(lines, Asked(words="第3局"), day)] == ["测试县第3局"]
    for order in ORDERS:
        assert len(chosen(lines, Asked(order=order), day)) == len(lines)
    for state in NARROWED:
        assert len(chosen(lines, Asked(state=state), day)) <= len(lines)
    client, url = cast.browse("supervisor"), reverse("desk:county", args=["county-office"])
    text = client.get(url, {"state": "overdue", "q": "", "order": "nonsense"}).content.decode()
    table = text[text.index("<tbody>") :]
    assert "测试县第1局" in table
    assert "测试县第2局" not in table
    assert "1 件申请超过答复期限没有答复，在 1 个机关" in text
    assert "没有符合这些条件的机关" in client.get(url, {"q": "没有这样的字"}).content.decode()


def test_a_supervisor_begins_with_the_board(cast: Cast) -> None:
    answer = cast.browse("supervisor").get(reverse("desk:home"))
    assert answer["Location"] == reverse("desk:county", args=["county-office"])
    assert cast.browse("clerk").get(reverse("desk:home"))["Location"] == reverse(
        "desk:today", args=["xtxsfj"]
    )
