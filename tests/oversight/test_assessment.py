"""Assessment: points against a naive second count, a hundred in all, frozen, judged with evidence, objected to once."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions.adding import examine
from gongkai.inforequests.models import InfoRequest
from gongkai.oversight.actions import assessment as writing
from gongkai.oversight.actions import assessment_results as results
from gongkai.oversight.actions.assessment import CannotAssess
from gongkai.oversight.assessment_measures import MEASURES, measured, usable
from gongkai.oversight.assessment_points import DEDUCT, JUDGED, REACH, SHARE, Indicator, points_of, worked_out
from gongkai.oversight.assessment_queries import standings
from gongkai.oversight.models import AssessmentResult, AssessmentScheme, Finding
from tests.cast import Cast, add_request
from tests.oversight.messages import SENDER, come_in

pytestmark = pytest.mark.django_db
DAY = timezone.localdate
NUMBER = st.decimals(min_value=0, max_value=500, places=2)


def naive(form: str, full: int, step: Decimal, value: Decimal) -> Decimal:
    """The points once more, in fractions and without any minimum or maximum function."""
    got = Fraction(value)
    if form == SHARE:
        got = Fraction(full) * Fraction(value) / 100
    elif form == DEDUCT:
        got = Fraction(full) - Fraction(step) * Fraction(value)
    elif form == REACH:
        got = Fraction(full) * Fraction(value) / Fraction(step)
    if got < 0:
        got = Fraction(0)
    if got > full:
        got = Fraction(full)
    cents = got * 100
    whole = cents.numerator // cents.denominator
    if cents - whole >= Fraction(1, 2):
        whole += 1
    return Decimal(whole) / 100


@given(
    form=st.sampled_from([SHARE, DEDUCT, REACH, JUDGED]),
    full=st.integers(1, 100),
    step=st.decimals(min_value="0.1", max_value=100, places=1),
    value=NUMBER,
)
def test_points_are_those_of_a_naive_second_count(
    form: str, full: int, step: Decimal, value: Decimal
) -> None:
    one = Indicator(1, "甲", full, form, step=step, unit="件", rule="按标准")
    got = points_of(one, value)
    assert got == naive(form, full, step, value)
    assert 0 <= got <= full
    assert str(full) in one.says
    if form != JUDGED:
        assert worked_out(one, value)


def begin(cast: Cast, *indicators: tuple[str, int, str, str]) -> AssessmentScheme:
    by = cast.actor("supervisor")
    scheme = writing.begin(cast.county, by=by, year=DAY().year)
    for name, points, measure, step in indicators:
        writing.keep_indicator(
            scheme,
            by=by,
            name=name,
            points=points,
            measure=measure,
            step=Decimal(step) if step else None,
            rule="" if measure else "照检查记录评",
        )
    return scheme


ALL = (
    ("按期答复", 40, "requests_on_time", ""),
    ("逾期", 20, "requests_overdue", "3"),
    ("单项否决", 20, "open_vetoes", "5"),
    ("解读质量", 20, "", ""),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(points=st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_only_a_hundred_comes_into_force(cast: Cast, points: list[int]) -> None:
    with transaction.atomic():
        scheme = begin(cast, *((f"指标{n}", p, "requests_on_time", "") for n, p in enumerate(points)))
        if sum(points) == 100:
            writing.put_in_force(scheme, by=cast.actor("supervisor"))
            assert scheme.state == "in_force"
        else:
            with pytest.raises(CannotAssess, match=f"现在是 {sum(points)} 分"):
                writing.put_in_force(scheme, by=cast.actor("supervisor"))
            assert scheme.state == "draft"
        transaction.set_rollback(True)


def fill(cast: Cast) -> None:
    """Requests of this year at the bureau: three answered, one of them late; two overdue. A veto finding."""
    day = DAY()
    first = date(day.year, 1, 1)
    InfoRequest.objects.filter(agency__in=[cast.agency, cast.other]).update(due_on=None)
    for n, (due, closed) in enumerate([(20, 10), (20, 20), (20, 25), (30, None), (40, None)]):
        add_request(
            cast.agency,
            f"今{n}",
            received_on=first,
            due_on=first + timedelta(days=due),
            closed_on=first + timedelta(days=closed) if closed else None,
            outcome="granted" if closed else "",
            state="answered" if closed else "handling",
            applicant="申请人癸",
        )
    now = timezone.now()
    Finding.objects.create(
        agency=cast.agency,
        rule="secret",
        key="a",
        gravity=1,
        what="密级标志",
        found_at=now,
        seen_at=now,
        due_on=day,
    )


def judged(cast: Cast, scheme: AssessmentScheme) -> None:
    by = cast.actor("supervisor")
    for agency, points in ((cast.agency, "15.5"), (cast.other, "18")):
        upload = SimpleUploadedFile("检查记录.txt", "记录".encode())
        file = examine(by=by, agency=cast.county, upload=upload, confirmed=True)
        results.judge(
            scheme, by=by, agency=agency, serial=4, points=Decimal(points), reason="照记录", file=file
        )


def test_the_whole_way(cast: Cast) -> None:
    fill(cast)
    by, today = cast.actor("supervisor"), DAY()
    scheme = begin(cast, *ALL)
    with pytest.raises(CannotAssess, match="正在编写"):
        results.compute(scheme, by=by, cut_off=today)
    writing.put_in_force(scheme, by=by)
    with pytest.raises(CannotAssess, match="已生效"):
        writing.keep_indicator(scheme, by=by, name="再加", points=1, rule="x")
    with pytest.raises(CannotAssess, match="截止日"):
        results.compute(scheme, by=by, cut_off=today + timedelta(days=1))
    results.compute(scheme, by=by, cut_off=today)
    with pytest.raises(CannotAssess, match="还有 2 项"):
        results.ask_agencies(scheme, by=by, until=today)
    with pytest.raises(CannotAssess, match="依据"):
        results.judge(scheme, by=by, agency=cast.agency, serial=4, points=Decimal(1), reason="x", file=None)
    with pytest.raises(CannotAssess, match="0 到 20"):
        results.judge(scheme, by=by, agency=cast.agency, serial=4, points=Decimal(21), reason="x", file=None)
    with pytest.raises(CannotAssess, match="平台统计"):
        results.judge(scheme, by=by, agency=cast.agency, serial=1, points=Decimal(1), reason="x", file=None)
    judged(cast, scheme)
    own = {r.serial: r for r in scheme.results.filter(agency=cast.agency)}
    assert [own[n].points for n in (1, 2, 3, 4)] == [
        Decimal("26.67"),
        Decimal(14),
        Decimal(15),
        Decimal("15.5"),
    ]
    assert "办结的申请 3 件，按期 2 件" in own[1].words
    assert own[1].evidence[0]["words"].startswith("逾期答复：今2")
    assert len(own[2].evidence) == 2
    # Counted again nothing changes, and what was judged stays.
    results.compute(scheme, by=by, cut_off=today)
    assert scheme.results.get(agency=cast.agency, serial=4).points == Decimal("15.5")
    client = cast.browse("ogi_head")
    assert "主管部门还没有请" in client.get(reverse("desk:assessment-own", args=["xtxsfj"])).content.decode()
    results.ask_agencies(scheme, by=by, until=today)
    page = client.get(reverse("desk:assessment-own", args=["xtxsfj"])).content.decode()
    assert "71.17 分" in page
    assert cast.other.name not in page
    assert "申请人癸" not in page
    with pytest.raises(NotAllowed):
        results.object_to(scheme, by=cast.actor("clerk"), agency=cast.agency, serial=2, reason="理由")
    made = results.object_to(
        scheme, by=cast.actor("ogi_head"), agency=cast.agency, serial=2, reason="已经答复"
    )
    with pytest.raises(CannotAssess, match="每年一次"):
        results.object_to(scheme, by=cast.actor("head"), agency=cast.agency, serial=1, reason="再提")
    with pytest.raises(CannotAssess, match="过了这一天"):
        results.make_known(scheme, by=by)
    later = cast.actor("supervisor", today + timedelta(days=1))
    with pytest.raises(CannotAssess, match="没有决定"):
        results.make_known(scheme, by=later)
    with pytest.raises(CannotAssess, match="改成多少分"):
        results.decide(made, by=later, accepted=True, decision="属实")
    results.decide(made, by=later, accepted=True, decision="属实，一件已答复", points=Decimal(17))
    with pytest.raises(CannotAssess, match="决定过"):
        results.decide(made, by=later, accepted=False, decision="再来")
    changed = scheme.results.get(agency=cast.agency, serial=2)
    assert (changed.points, changed.changed_from) == (Decimal(17), Decimal(14))
    results.make_known(scheme, by=later)
    lines = standings(scheme, [cast.agency, cast.other])
    assert [(one.agency, one.place) for one in lines] == [(cast.other, 1), (cast.agency, 2)]
    assert lines[1].total == Decimal("74.17")
    assert cast.other.name in client.get(reverse("desk:assessment-own", args=["xtxsfj"])).content.decode()
    with pytest.raises(CannotAssess):
        results.compute(scheme, by=later, cut_off=today)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentResult.objects.filter(pk=changed.pk).update(points=101)


def test_every_figure_opens_to_evidence_that_names_nobody(cast: Cast) -> None:
    fill(cast)
    come_in(cast, on=DAY() - timedelta(days=60))
    agencies = [cast.agency, cast.other]
    for slug in MEASURES:
        found = measured(slug, agencies, DAY().year, DAY())
        assert set(found) == {cast.agency.pk, cast.other.pk}
        for one in found.values():
            assert one.said
            text = one.said + "".join(piece["words"] for piece in one.evidence)
            assert not any(word in text for word in (*SENDER.values(), "申请人癸", "测试申请内容"))
    late = measured("messages_on_time", agencies, DAY().year, DAY())[cast.agency.pk]
    assert late.value == 0
    assert measured("messages_on_time", agencies, DAY().year, DAY())[cast.other.pk].value == 100


def test_a_measure_asks_a_fixed_number_of_times(cast: Cast, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fill(cast)
    for slug in (one.slug for one in usable()):
        with CaptureQueriesContext(connection) as first:
            measured(slug, [cast.agency], DAY().year, DAY())
        with CaptureQueriesContext(connection) as both:
            measured(slug, [cast.agency, cast.other], DAY().year, DAY())
        assert len(first) == len(both), slug


def test_the_files_hold_the_points(cast: Cast) -> None:
    fill(cast)
    by = cast.actor("supervisor")
    scheme = begin(cast, *ALL)
    writing.put_in_force(scheme, by=by)
    results.compute(scheme, by=by, cut_off=DAY())
    judged(cast, scheme)
    client = cast.browse("supervisor")
    args = ["county-office", scheme.year]
    book = load_workbook(
        io.BytesIO(client.get(reverse("desk:assessment-export", args=[*args, "xlsx"])).content)
    )
    rows = [[c.value for c in row] for row in book["得分"].iter_rows(min_row=3)]
    assert rows[1] == [2, cast.agency.name, 26.67, 14, 15, 15.5, 71.17]
    paper = Document(io.BytesIO(client.get(reverse("desk:assessment-export", args=[*args, "docx"])).content))
    assert "考核结果" in paper.paragraphs[0].text
    assert paper.tables[0].cell(2, 2).text == "71.17"


def test_another_office_sees_nothing_of_it(cast: Cast) -> None:
    scheme = begin(cast, *ALL)
    for who in ("clerk", "head", "neighbour"):
        for name, args in (("assessment", [scheme.year]), ("assessments", [])):
            url = reverse(f"desk:{name}", args=["county-office", *args])
            assert cast.browse(who).get(url).status_code == 404
    with pytest.raises(NotAllowed):
        writing.put_in_force(scheme, by=cast.actor("head"))
    with pytest.raises(CannotAssess, match="已经有"):
        writing.begin(cast.county, by=cast.actor("supervisor"), year=scheme.year)
    again = writing.begin(cast.county, by=cast.actor("supervisor"), year=scheme.year + 1, like=scheme)
    assert again.indicators.count() == 4


def test_evidence_on_file_goes_to_the_office_and_to_the_agency_it_is_about(cast: Cast) -> None:
    by = cast.actor("supervisor")
    scheme = begin(cast, *ALL)
    writing.put_in_force(scheme, by=by)
    judged(cast, scheme)
    results.compute(scheme, by=by, cut_off=DAY())
    results.ask_agencies(scheme, by=by, until=DAY())
    from gongkai.files.queries import files_of_owner

    (own,) = files_of_owner(scheme.results.get(agency=cast.agency, serial=4))
    (theirs,) = files_of_owner(scheme.results.get(agency=cast.other, serial=4))
    client = cast.browse("head")

    def got(number: object) -> int:
        url = reverse("desk:assessment-own-file", args=["xtxsfj", scheme.year, 4, number])
        return int(client.get(url).status_code)

    assert (got(own.pk), got(theirs.pk)) == (200, 404)
    url = reverse("desk:assessment-file", args=["county-office", scheme.year, "xtxsfj", 4, own.pk])
    assert cast.browse("supervisor").get(url).status_code == 200
    assert cast.browse("head").get(url).status_code == 404


def test_the_pages_of_the_office(cast: Cast) -> None:
    client, year = cast.browse("supervisor"), DAY().year
    url = reverse("desk:assessments", args=["county-office"])
    assert client.post(url, {"year": year}).status_code == 302
    new = reverse("desk:assessment-indicator-new", args=["county-office", year])
    wrong = client.post(new, {"name": "按期", "points": "x", "measure": "requests_overdue", "step": ""})
    assert "满分请填" in wrong.content.decode()
    assert 'value="按期"' in wrong.content.decode()
    short = client.post(new, {"name": "逾期", "points": "10", "measure": "requests_overdue", "step": ""})
    assert "要大于 0" in short.content.decode()
    assert (
        client.post(new, {"name": "按期", "points": "100", "measure": "requests_on_time"}).status_code == 302
    )
    page = client.get(reverse("desk:assessment", args=["county-office", year])).content.decode()
    assert "得分 = 100 分 × 百分比" in page
    client.post(reverse("desk:assessment-force", args=["county-office", year]))
    compute = reverse("desk:assessment-compute", args=["county-office", year])
    day = DAY()
    typed = {"day_0": day.year, "day_1": day.month, "day_2": day.day}
    form = client.get(compute).content.decode()
    names = [n for n in ("day_year", "day_0") if f'name="{n}"' in form]
    assert names
    if names[0] == "day_year":
        typed = {"day_year": day.year, "day_month": day.month, "day_day": day.day}
    assert client.post(compute, typed).status_code == 302
    one = client.get(
        reverse("desk:assessment-agency", args=["county-office", year, "xtxsfj"])
    ).content.decode()
    assert "百分比" in one
