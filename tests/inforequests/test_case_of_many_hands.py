"""A case handed to a section, a record corrected, what is published for all, fees counted, periods counted anew."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actions.seats import seat_person
from gongkai.agencies.models import Kind, Seat
from gongkai.agencies.work import move_work, open_work
from gongkai.dictionaries.actions.notices import import_notice
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.closing import withdraw
from gongkai.inforequests.actions.conversion import decline, propose, take_over
from gongkai.inforequests.actions.correcting import decide_correction
from gongkai.inforequests.actions.deciding import decide, review, serve
from gongkai.inforequests.actions.errands import answer_errand, ask_section, assign, withdraw_errand
from gongkai.inforequests.actions.fees import give_fee_notice, lapse_no_payment, receive_payment
from gongkai.inforequests.actions.recount import recount_after_notice
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.charges import FeeYear, fee_count, fee_year, notices_to
from gongkai.inforequests.conversions import waiting_conversions
from gongkai.inforequests.errands import errand_of
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.papers import papers_of
from gongkai.inforequests.queries import for_information, requests_of, touching_year
from gongkai.inforequests.registers import moved_cases
from gongkai.outbox.models import Message
from gongkai.reports.composition import compose
from gongkai.reports.models import ProseBlock
from gongkai.reports.prose import pieces
from gongkai.tasks.queries import tasks_of
from tests.cast import SYSTEM, Cast
from tests.desk.test_requests_intake import day_of
from tests.inforequests.cases import DAY, SEARCH, new_case, said_of
from tests.inforequests.test_recount import NOTICE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def desk(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["xtxsfj", *args])


def seat_of(cast: Cast, who: str) -> Seat:
    return Seat.objects.get(person=cast.people[who])


# A section searches


def test_a_section_searches_and_its_record_begins_the_draft(cast: Cast) -> None:
    case = new_case(cast, on=TODAY, section=cast.other_section)
    clerk, drafter = cast.browse("clerk"), cast.browse("drafter")
    until = TODAY + timedelta(days=3)
    typed = {"seat": str(seat_of(cast, "drafter").pk), "about": "请查2024年的批复", **day_of("due_on", until)}
    assert clerk.post(desk("request-errand-new", case.pk), typed).status_code == 302
    errand = case.errands.get()
    (task,) = [one.task for one in tasks_of(cast.actor("drafter"), cast.agency)]
    assert (task.url, task.due_on) == (desk("request-errand", case.pk, errand.pk), until)
    assert Message.objects.filter(person_id=cast.people["drafter"].pk, subject__contains=case.number).exists()
    page = drafter.get(task.url).content.decode()
    assert "填写检索记录" in page
    assert "填写检索记录" not in clerk.get(task.url).content.decode()
    answer: dict[str, Any] = {f"search-0-{n}": v for n, v in SEARCH[0].items() if n != "on"}
    answer |= day_of("search-0-on", date(2025, 3, 3))
    half = drafter.post(task.url, {"search-0-where": "档案室", "said": ""}).content.decode()
    assert "请填写“谁检索”" in half
    answer |= {
        "said": "没有找到原件，有复印件",
        "file": SimpleUploadedFile("批复.txt", b"x"),
        "no_secrets": "on",
    }
    assert drafter.post(task.url, answer).status_code == 302
    errand.refresh_from_db()
    assert errand.search == SEARCH
    assert not tasks_of(cast.actor("drafter"), cast.agency), "the task is done with the answer"
    paper = papers_of(case).get()
    assert (paper.kind, paper.file.section) == ("material", cast.other_section)
    assert Message.objects.filter(person_id=cast.clerk.pk, subject__contains="股室已答复").exists()
    page = clerk.get(desk("request-draft", case.pk, "unable_not_existing")).content.decode()
    assert SEARCH[0]["where"] in page
    with pytest.raises(CannotDo, match="已经答复"):
        answer_errand(errand, by=cast.actor("drafter"), search=SEARCH, said="再答")


def test_taken_back_it_is_off_the_desk(cast: Cast) -> None:
    case, clerk = new_case(cast, on=TODAY), cast.actor("clerk")
    made = ask_section(case, by=clerk, seat=seat_of(cast, "drafter"), about="查", due_on=TODAY)
    page = cast.browse("clerk").post(desk("request-errand", case.pk, made.pk), {"withdraw": "1"}, follow=True)
    assert "请写明为什么撤回" in page.content.decode()
    withdraw_errand(made, by=clerk, reason="已经找到")
    assert not tasks_of(cast.actor("drafter"), cast.agency)
    found = errand_of(case, made.pk)
    assert found is not None
    assert not found.is_open
    with pytest.raises(CannotDo):
        withdraw_errand(made, by=clerk, reason="再撤")
    with pytest.raises(CannotDo, match="答复期限"):
        ask_section(
            case, by=clerk, seat=seat_of(cast, "drafter"), about="查", due_on=TODAY + timedelta(days=90)
        )


def test_a_closed_case_asks_nobody_any_more(cast: Cast) -> None:
    case, clerk = new_case(cast, on=TODAY), cast.actor("clerk")
    made = ask_section(case, by=clerk, seat=seat_of(cast, "drafter"), about="查", due_on=TODAY)
    withdraw(case, by=clerk, on=TODAY, how="书面撤回")
    made.refresh_from_db()
    assert not made.is_open
    assert not tasks_of(cast.actor("drafter"), cast.agency)
    assert Message.objects.filter(person_id=cast.people["drafter"].pk, subject__contains="已撤回").exists()


def test_a_case_goes_with_its_papers_to_a_section(cast: Cast) -> None:
    case, clerk = new_case(cast, on=TODAY), cast.actor("clerk")
    with pytest.raises(CannotDo, match="不在所选的股室"):
        assign(case, by=clerk, section=cast.other_section, seat=seat_of(cast, "section_head"))
    assign(case, by=clerk, section=cast.section, seat=seat_of(cast, "section_head"))
    assert (case.section, case.seat) == (cast.section, seat_of(cast, "section_head"))
    told = Message.objects.filter(person_id=cast.people["section_head"].pk, subject__contains="请承办")
    assert told.exists()
    page = cast.browse("clerk").get(desk("request-assign", case.pk)).content.decode()
    assert "承办股室" in page


# Correction of a record


def test_a_correction_goes_its_own_way_and_counts_nowhere(cast: Cast) -> None:
    case = new_case(cast, matter="correction", content="登记的出生年份有误")
    assert case not in touching_year(cast.agency, 2025)
    assert case not in for_information(cast.agency)
    assert case in requests_of(cast.agency), "it can be taken to the reconsideration organ all the same"
    clerk, day = cast.browse("clerk"), date(2025, 3, 3)
    assert clerk.get(desk("request-decide", case.pk)).headers["Location"] == desk(
        "request-correction", case.pk
    )
    with pytest.raises(CannotDo, match="更正答复"):
        decide(
            case,
            by=cast.actor("clerk", day),
            on=day,
            reply="granted_provided",
            states=said_of("granted_provided"),
        )
    page = clerk.post(desk("request-correction", case.pk), {"facts": "x"}).content.decode()
    assert "请选择核查的结果" in page
    typed = {
        "facts": "核对了登记表和身份证明",
        "result": "corrected",
        "detail": "出生年份由1970年改为1971年",
        **day_of("on", TODAY),
    }
    page = clerk.post(desk("request-correction", case.pk), typed).content.decode()
    assert "请通读" in page
    assert "您反映的情况属实，本机关已经更正：出生年份由1970年改为1971年" in page
    clerk.post(desk("request-correction", case.pk), typed | {"sure": "1"})
    case.refresh_from_db()
    assert case.state == "in_review"
    review(case, by=cast.actor("reviewer"), on=TODAY)
    letter = sign_and_make(case, by=cast.actor("leader"), on=TODAY)
    assert letter.number == f"{case.number}-更"
    serve(case, by=cast.actor("clerk"), on=TODAY, how="当面领取")
    assert (case.state, case.reply) == ("answered", "other_correction")
    assert case not in touching_year(cast.agency, TODAY.year)
    other = new_case(cast)
    assert clerk.get(desk("request-correction", other.pk)).status_code == 404
    with pytest.raises(CannotDo, match="申请公开"):
        decide_correction(
            other, by=cast.actor("clerk", day), on=day, result="accurate", facts="x", detail="y"
        )


# Published for all


def test_proposed_taken_over_or_declined(cast: Cast) -> None:
    clerk, case = cast.browse("clerk"), new_case(cast)
    new_case(cast, applicant="乙某")
    page = clerk.get(desk("request-convert", case.pk)).content.decode()
    assert "另有 1 件申请内容相同" in page
    typed = {"what": "某项目批复", "reason": "两个人申请"}
    assert clerk.post(desk("request-convert", case.pk), typed).status_code == 302
    one = waiting_conversions(cast.agency).get()
    with pytest.raises(CannotDo, match="已经提出过"):
        propose(case, by=cast.actor("clerk"), what="x", reason="y")
    assert clerk.get(desk("request-convert", case.pk)).headers["Location"] == desk(
        "request-conversion", one.pk
    )
    page = clerk.post(desk("request-conversion", one.pk), {"decline": "1"}).content.decode()
    assert "请写明不转为主动公开的理由" in page
    with pytest.raises(CannotDo, match="https"):
        take_over(one, by=cast.actor("clerk"), item="x", url="javascript:alert(1)")
    take_over(one, by=cast.actor("clerk"), item="财政信息《某项目批复》", url="/zfxxgk/xtxsfj/items/1/")
    assert not waiting_conversions(cast.agency).exists()
    with pytest.raises(CannotDo, match="已经处理过"):
        decline(one, by=cast.actor("clerk"), why_not="不转")
    page = clerk.get(desk("request-conversions"), {"state": "taken_over"}).content.decode()
    assert "某项目批复" in page


# The processing fee


def many(cast: Cast, count: int, on: date = DAY, **more: object) -> list[InfoRequest]:
    return [new_case(cast, on, content=f"第{n}项", **more) for n in range(count)]


def test_each_notice_asks_for_its_own_request_alone(cast: Cast) -> None:
    cases = many(cast, 12)
    many(cast, 2, applicant="乙某")
    many(cast, 1, DAY - timedelta(days=40))
    many(cast, 1, matter="correction")
    count = fee_count(cases[-1])
    assert (count.nth, count.in_month, count.in_year, count.yuan) == (12, 12, 13, 100)
    assert fee_count(cases[9]).yuan == 0
    head, day = cast.actor("ogi_head", date(2025, 3, 3)), date(2025, 3, 3)
    for case in cases[10:]:
        give_fee_notice(case, by=head, on=day, basis="pieces", units=fee_count(case).nth, reason="量大")
    asked = [case.events.get(act="give_fee_notice").data["yuan"] for case in cases[10:]]
    assert sum(asked) == 200, "by hand: the 11th and the 12th, 100 yuan each"
    page = cast.browse("ogi_head").get(desk("request-act", cases[9].pk, "give_fee_notice")).content.decode()
    assert "12 件，这是第 10 件" in page
    assert notices_to(cases[0], 2025) == 2


def test_two_people_of_one_name_are_not_one_requester(cast: Cast) -> None:
    """Whoever gave no identity number may be either; a number tells them apart."""
    many(cast, 11, requester={"identity_number": "TEST-A"})
    (other,) = many(cast, 1, requester={"identity_number": "TEST-B"})
    assert fee_count(other).nth == 1
    (unknown,) = many(cast, 1)
    assert fee_count(unknown).nth == 13
    (renamed,) = many(cast, 1, applicant="乙某", requester={"identity_number": "TEST-B"})
    assert fee_count(renamed).nth == 2


def test_the_sums_of_the_year_and_what_the_report_says(cast: Cast) -> None:
    year = 2025
    ProseBlock.objects.filter(report=cast.draft).delete()
    assert "fee.notices" not in compose(cast.draft).facts, "nobody keeps requests here yet"
    cases = many(cast, 3, date(2024, 12, 20)) + many(cast, 2, date(2025, 3, 3))
    made = compose(cast.draft)
    assert made.facts["processing_fee"].value == 0

    def notice(case: InfoRequest, on: date, pages: int) -> None:
        by = cast.actor("ogi_head", on)
        give_fee_notice(case, by=by, on=on, basis="pages", units=pages, reason="量大")

    notice(cases[0], date(2024, 12, 30), 100)
    receive_payment(cases[0], by=cast.actor("clerk", date(2025, 1, 6)), on=date(2025, 1, 6))
    notice(cases[1], date(2025, 1, 6), 31)
    receive_payment(cases[1], by=cast.actor("clerk", date(2025, 1, 7)), on=date(2025, 1, 7))
    notice(cases[3], date(2025, 3, 10), 68)
    late = date(2025, 4, 30)
    lapse_no_payment(cases[3], by=cast.actor("clerk", late), on=late, received_on=date(2025, 3, 10))
    notice(cases[4], date(2025, 3, 10), 101)
    # By the ladder, by hand: 100 pages 700, 31 pages 10, 68 pages 380, 101 pages 720.
    assert fee_year(cast.agency, year) == FeeYear(
        notices=3, asked=1110, paid=2, paid_yuan=710, lapsed=1, lapsed_yuan=380, waiting=1
    )
    assert fee_year(cast.agency, 2024) == FeeYear(notices=1, asked=700, waiting=1)
    page = cast.browse("head").get(desk("request-fees"), {"year": "2025"}).content.decode()
    assert "3 件，1110 元" in page
    ProseBlock.objects.create(report=cast.draft, section="other", order=1, composer="fee")
    made = compose(cast.draft)
    said = "".join(one.text for line in made.prose["other"] for one in line)
    assert said == (
        "信息处理费：本年度发出收费通知3件，通知金额1110元，实际收取信息处理费710元，逾期未缴费不再处理1件。"
    )
    assert pieces("{fee.asked}", made.facts)[0].text == "1110"
    figure = reverse("desk:figure", args=["xtxsfj", 2025, "fee.asked"])
    assert "发出收费通知3件" in cast.browse("head").get(figure).content.decode()


# Periods counted anew


def test_a_notice_tells_the_seats_whose_cases_moved(cast: Cast) -> None:
    now = timezone.make_aware(datetime.combine(date(2026, 12, 22), time(9)))
    crossing, early = new_case(cast, date(2026, 12, 21)), new_case(cast, date(2026, 3, 2))
    assert recount_after_notice(now) is not None
    assert recount_after_notice(now) is None, "the same notices are counted with once"
    before = Message.objects.count()
    import_notice(by=cast.actor("sysadmin"), content=NOTICE)
    kept = recount_after_notice(now)
    assert kept is not None
    assert [one.request for one in kept.moved.all()] == [crossing]
    (told,) = Message.objects.order_by("pk")[before:]
    assert told.person_id == cast.clerk.pk
    assert "2027年1月20日" in told.body
    assert early.number not in told.body
    assert recount_after_notice(now) is None
    assert moved_cases(cast.agency).get().before == date(2027, 1, 18)
    page = cast.browse("clerk").get(desk("request-moved")).content.decode()
    assert "2027年1月18日（星期一）改为2027年1月20日（星期三）" in page


# Cancelled numbers


def test_a_number_is_cancelled_on_a_page_and_stays_in_the_register(cast: Cast) -> None:
    case, head = new_case(cast), cast.browse("ogi_head")
    assert desk("request-cancel", case.pk) in head.get(desk("request", case.pk)).content.decode()
    assert "请写明作废的原因" in head.post(desk("request-cancel", case.pk), {}).content.decode()
    page = head.post(desk("request-cancel", case.pk), {"reason": "登记了两次"}, follow=True).content.decode()
    assert case.number in page
    assert "登记了两次" in page
    assert new_case(cast).number != case.number


def test_a_seat_that_ends_hands_its_cases_on(cast: Cast) -> None:
    case, clerk = new_case(cast, on=TODAY), cast.actor("clerk")
    ask_section(case, by=clerk, seat=seat_of(cast, "drafter"), about="查", due_on=TODAY)
    person, _ = seat_person(
        by=SYSTEM,
        username="second",
        name="第二经办员（测试）",
        kind=Kind.CLERK,
        agency=cast.agency,
        sample=True,
    )
    seat = Seat.objects.get(person=person)
    assert open_work(seat_of(cast, "drafter"))["股室查找"] == 1
    move_work(seat_of(cast, "clerk"), seat)
    move_work(seat_of(cast, "drafter"), seat)
    case.refresh_from_db()
    assert (case.seat, case.errands.get().seat) == (seat, seat)
