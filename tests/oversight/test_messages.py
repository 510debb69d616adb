"""Messages of the public: who handles them, what may be done when, what nobody else sees, clock, figures, keeping."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.models import Item, Publication
from gongkai.files.actions.adding import examine
from gongkai.files.queries import files_of_owner
from gongkai.outbox.models import Message as Notice
from gongkai.oversight.actions import message_handling as handling
from gongkai.oversight.actions import message_passing as passing
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.message_periods import clear_period, set_period
from gongkai.oversight.actions.messages import NOBODY_ABOVE, Told, register
from gongkai.oversight.message_clock import clock_of
from gongkai.oversight.message_queries import (
    Asked,
    acts_now,
    find_message,
    inquiries_of,
    listed,
    newest_of,
    said_to_sender,
)
from gongkai.oversight.message_tick import forget, remind, unanswered
from gongkai.oversight.models import Message, MessageEvent, MessageInquiry, MessageSender
from tests.cast import Cast, add_person
from tests.oversight.messages import SENDER, come_in

pytestmark = pytest.mark.django_db
DAY = timezone.localdate


def test_a_message_gets_its_number_and_its_days(cast: Cast) -> None:
    first, second = come_in(cast), come_in(cast, "advice")
    year = DAY().year
    assert [first.number, second.number] == [f"留〔{year}〕1号", f"留〔{year}〕2号"]
    assert first.agency == first.through == cast.agency
    assert first.due_on == calendar().add(DAY(), 15)
    assert first.accept_by == calendar().add(DAY(), 5)
    assert len(first.tracking_code) == 12
    assert Entry.objects.filter(act="message.receive").count() == 2
    told = Notice.objects.filter(key__contains=f"message:{first.pk}:")
    assert told.exists()
    assert not any(word in one.subject + one.body for one in told for word in SENDER.values())


def test_the_same_form_is_one_message(cast: Cast) -> None:
    assert come_in(cast, submission_key="k" * 64) == come_in(cast, submission_key="k" * 64)
    assert Message.objects.count() == 1


def test_a_complaint_lies_with_the_office_above_and_nowhere_else(cast: Cast) -> None:
    made = come_in(cast, "complaint", text="司法局没有公开年报")
    assert (made.agency, made.about, made.through) == (cast.county, cast.agency, cast.agency)
    assert not listed(cast.agency, Asked(state=""), DAY()).exists()
    client = cast.browse("clerk")
    for pk in (made.pk,):
        assert client.get(reverse("desk:message", args=["xtxsfj", pk])).status_code == 404
    assert made.number not in client.get(reverse("desk:messages", args=["xtxsfj"])).content.decode()
    assert "司法局没有公开年报" not in client.get(reverse("desk:today", args=["xtxsfj"])).content.decode()
    above = cast.browse("supervisor").get(reverse("desk:message", args=["county-office", made.pk]))
    assert "司法局没有公开年报" in above.content.decode()
    # The office above does not read what its agencies were written.
    own = come_in(cast)
    with pytest.raises(NotAllowed):
        handling.accept(own, by=cast.actor("supervisor"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=made.pk).update(agency=cast.agency)


def test_without_an_office_above_a_complaint_is_told_where_to_go(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(supervisor=None)
    cast.agency.refresh_from_db()
    with pytest.raises(CannotDo) as said:
        come_in(cast, "complaint")
    assert str(said.value) == NOBODY_ABOVE.format(name=cast.agency.name)


def test_a_complaint_that_wants_an_answer_needs_a_contact(cast: Cast) -> None:
    with pytest.raises(CannotDo, match="联系方式"):
        come_in(cast, "complaint", sender={"name": "甲"})
    come_in(cast, "complaint", sender={}, wants_answer=False)
    come_in(cast, "advice", sender={})


def test_the_whole_way_of_an_answer_that_is_published(cast: Cast) -> None:
    message, clerk, head = come_in(cast), cast.actor("clerk"), cast.actor("ogi_head")
    handling.accept(message, by=clerk)
    handling.answer(message, by=clerk, text="到窗口申领。", public=True)
    assert message.state == "review"
    assert not [one for one in said_to_sender(message) if "答复" in one.title]
    with pytest.raises(NotAllowed):
        handling.approve(message, by=clerk)
    handling.send_back(message, by=head, why="写明窗口在哪里")
    handling.answer(message, by=clerk, text="到3号窗口申领。", public=True)
    handling.approve(message, by=head)
    assert (message.state, message.answered_on) == ("answered", DAY())
    column = cast.agency.columns.exclude(kind="on_request").first()
    with pytest.raises(CannotDo, match="姓名"):
        passing.select(message, by=clerk, column=column, title="留言人壬问", question="问", text="答")
    before = Publication.objects.count()
    item = passing.select(
        message,
        by=clerk,
        column=column,
        title="补贴怎样申领",
        question="怎样<b>申领</b>",
        text=message.answer,
    )
    # A draft like any other: nothing of it is public before its review.
    assert Item.objects.get(pk=item.pk).state == Item.State.DRAFT
    assert Publication.objects.count() == before
    assert "<b>" not in item.text
    assert "select" not in acts_now(message)
    with pytest.raises(CannotDo, match="结果"):
        handling.close(message, by=clerk, result="true")
    handling.close(message, by=clerk, result="explained")
    assert (message.state, message.ended_on, message.result) == ("closed", DAY(), "explained")
    titles = [one.title.removeprefix(cast.agency.name) for one in said_to_sender(message)]
    assert titles == ["收到", "受理", "答复", "办结"]
    assert [e.act for e in message.events.all()][-1] == "close"


def test_nobody_reviews_an_answer_of_his_own(cast: Cast) -> None:
    message, head = come_in(cast), cast.actor("ogi_head")
    handling.answer(message, by=head, text="答", public=True)
    with pytest.raises(CannotDo, match="另一位"):
        handling.approve(message, by=head)
    handling.approve(message, by=cast.actor("leader"))


def test_what_may_not_be_done_is_refused_in_words_and_changes_nothing(cast: Cast) -> None:
    message, clerk = come_in(cast), cast.actor("clerk")
    for wrong in (
        lambda: handling.refuse(message, by=clerk, reason="  "),
        lambda: handling.approve(message, by=cast.actor("ogi_head")),
        lambda: handling.close(message, by=clerk, result="explained"),
        lambda: passing.ask_account(message, by=clerk, question="问"),
        lambda: passing.pass_on(message, by=clerk, to=cast.agency, reason="理由"),
        lambda: handling.answer(message, by=clerk, text=""),
    ):
        with pytest.raises(CannotDo):
            wrong()
        message.refresh_from_db()
        assert (message.state, message.events.count()) == ("new", 1)
    handling.refuse(message, by=clerk, reason="请找民政局")
    assert said_to_sender(message)[-1].told == "请找民政局"
    with pytest.raises(CannotDo, match="不予受理"):
        handling.accept(message, by=clerk)


def test_passed_on_it_goes_with_its_files_and_the_receipt_comes_back(cast: Cast) -> None:
    message, clerk = come_in(cast), cast.actor("clerk")
    upload = SimpleUploadedFile("信.txt", "来信".encode())
    from gongkai.files.actions.adding import add_file

    judged = examine(by=clerk, agency=cast.agency, upload=upload, confirmed=True)
    file = add_file(by=clerk, agency=cast.agency, upload=judged, owner=message)
    made = passing.pass_on(message, by=clerk, to=cast.other, reason="归对方办")
    assert (message.state, made.state, made.agency, made.channel) == ("passed", "new", cast.other, "passed")
    assert made.sender.phone == SENDER["phone"]
    file.refresh_from_db()
    assert file.agency == cast.other
    assert list(files_of_owner(made)) == [file]
    assert find_message(cast.agency, message.number, message.tracking_code) == message
    assert find_message(cast.other, made.number, made.tracking_code) is None
    assert newest_of(message) == made
    handling.accept(made, by=cast.actor("neighbour"))
    handling.answer(made, by=cast.actor("neighbour"), text="已经办好。")
    acts = list(message.events.values_list("act", flat=True))
    assert acts == ["register", "pass_on", "signed_for"]
    assert [one.title for one in said_to_sender(message)][-1] == f"{cast.other.name}答复"
    # The first agency cannot read it any more, nor the file.
    client = cast.browse("clerk")
    assert client.get(reverse("desk:message-file", args=["xtxsfj", message.pk, file.pk])).status_code == 404
    assert client.get(reverse("desk:file", args=["xtxsfj", file.pk])).status_code == 404


def test_files_of_messages_are_handed_out_with_the_message_alone(cast: Cast) -> None:
    from gongkai.files.actions.adding import add_file

    message, clerk = come_in(cast), cast.actor("clerk")
    judged = examine(
        by=clerk, agency=cast.agency, upload=SimpleUploadedFile("信.txt", "来信".encode()), confirmed=True
    )
    file = add_file(by=clerk, agency=cast.agency, upload=judged, owner=message)
    one = reverse("desk:message-file", args=["xtxsfj", message.pk, file.pk])
    looked = Entry.objects.filter(act="message.open").count()
    assert cast.browse("clerk").get(one).status_code == 200
    assert Entry.objects.filter(act="message.open").count() == looked + 1
    for who in ("section_head", "reviewer", "drafter"):
        assert cast.browse(who).get(one).status_code == 403
        assert cast.browse(who).get(reverse("desk:file", args=["xtxsfj", file.pk])).status_code in (403, 404)
    other = come_in(cast)
    wrong = reverse("desk:message-file", args=["xtxsfj", other.pk, file.pk])
    assert cast.browse("clerk").get(wrong).status_code == 404


def test_the_agency_complained_of_reads_the_question_and_nothing_else(cast: Cast) -> None:
    made = come_in(cast, "complaint", text="他们不公开预算，我是留言人壬")
    county = cast.actor("supervisor")
    with pytest.raises(CannotDo, match="自己"):
        passing.pass_on(made, by=county, to=cast.agency, reason="请办")
    handling.accept(made, by=county)
    for hint in ("留言人壬反映", "电话13900001234", "请联系 ren@example.com"):
        with pytest.raises(CannotDo, match="投诉人的"):
            passing.ask_account(made, by=county, question=hint)
    asked = passing.ask_account(made, by=county, question="请说明2026年预算公开的情况。")
    assert asked.due_on == calendar().add(DAY(), 5)
    page = (
        cast.browse("clerk").get(reverse("desk:message-inquiry", args=["xtxsfj", asked.pk])).content.decode()
    )
    lists = cast.browse("clerk").get(reverse("desk:message-inquiries", args=["xtxsfj"])).content.decode()
    today = cast.browse("clerk").get(reverse("desk:today", args=["xtxsfj"])).content.decode()
    for text in (page, lists, today):
        assert not any(word in text for word in (*SENDER.values(), "他们不公开", made.number))
    assert "请说明2026年预算公开的情况" in page
    passing.give_account(asked, by=cast.actor("clerk"), text="已于3月1日公开。")
    with pytest.raises(CannotDo, match="说明过"):
        passing.give_account(asked, by=cast.actor("clerk"), text="再说")
    assert not inquiries_of(cast.agency, open_only=True).exists()
    assert made.events.last().said == "已于3月1日公开。"
    notices = Notice.objects.filter(agency_id=cast.agency.pk)
    assert not any(word in n.subject + n.body for n in notices for word in SENDER.values())


def test_what_is_a_request_waits_for_the_persons_word(cast: Cast) -> None:
    from gongkai.inforequests.models import InfoRequest

    message = come_in(cast, text="请给我2025年预算文件")
    before = InfoRequest.objects.count()
    handling.guide(message, by=cast.actor("clerk"), how="已电话说明")
    assert message.state == "guided"
    assert InfoRequest.objects.count() == before
    url = reverse("desk:request-new", args=["xtxsfj"])
    page = cast.browse("clerk").get(f"{url}?message={message.pk}").content.decode()
    assert "请给我2025年预算文件" in page
    assert SENDER["phone"] in page
    other = come_in(cast, text="别的留言")
    assert "别的留言" not in cast.browse("clerk").get(f"{url}?message={other.pk}").content.decode()
    with pytest.raises(CannotDo, match="投诉"):
        handling.guide(come_in(cast, "complaint"), by=cast.actor("supervisor"), how="")


def test_periods_are_a_local_rule_for_all_below(cast: Cast) -> None:
    add_person("county_head", "ogi_head", cast.county)
    cast.people["county_head"] = cast.county.seats.get(kind="ogi_head").person
    with pytest.raises(NotAllowed):
        set_period(cast.county, by=cast.actor("clerk"), name="enquiry", days=10, reason="通知")
    with pytest.raises(CannotDo, match="1 到 60"):
        set_period(cast.county, by=cast.actor("supervisor"), name="enquiry", days=61, reason="通知")
    with pytest.raises(CannotDo, match="依据"):
        set_period(cast.county, by=cast.actor("supervisor"), name="enquiry", days=10, reason=" ")
    set_period(cast.county, by=cast.actor("supervisor"), name="enquiry", days=10, reason="县里的通知")
    assert come_in(cast).due_on == calendar().add(DAY(), 10)
    set_period(cast.agency, by=cast.actor("ogi_head"), name="enquiry", days=7, reason="本局承诺")
    assert come_in(cast).due_on == calendar().add(DAY(), 7)
    assert clear_period(cast.agency, by=cast.actor("ogi_head"), name="enquiry")
    assert come_in(cast).due_on == calendar().add(DAY(), 10)


def test_reminders_come_three_and_one_days_before_and_when_it_is_late(cast: Cast) -> None:
    message = come_in(cast)
    handling.accept(message, by=cast.actor("clerk"))
    told: list[tuple[int, int]] = []
    for ahead in range(30):
        day = DAY() + timedelta(days=ahead)
        now = timezone.now() + timedelta(days=ahead)
        before = Notice.objects.filter(key__contains=f"message:{message.pk}:答复").count()
        remind(now)
        remind(now)
        after = Notice.objects.filter(key__contains=f"message:{message.pk}:答复").count()
        if after > before:
            told.append((calendar().between(day, message.due_on), max(0, (day - message.due_on).days)))
    assert [left for left, late in told if not late] == [3, 1]
    assert [late // 7 for _, late in told if late][:1] == [0]
    clock = clock_of(message, message.due_on + timedelta(days=2))
    assert clock is not None
    assert (clock.mark, clock.words) == ("late", "答复已逾期 2 天")


def test_unanswered_messages_are_a_finding_without_a_name(cast: Cast) -> None:
    message = come_in(cast, on=DAY() - timedelta(days=100))
    (one,) = unanswered(cast.agency, DAY())
    assert one.since == message.received_on
    assert not any(word in one.title for word in (*SENDER.values(), message.subject))
    from gongkai.oversight.inspection.contact import look_at_messages
    from gongkai.oversight.inspection.found import Round

    found = list(look_at_messages(Round(cast.agency, timezone.now())))
    assert [f.rule for f in found] == ["messages_late"]
    handling.answer(message, by=cast.actor("clerk"), text="答复")
    assert list(unanswered(cast.agency, DAY())) == []


def test_who_wrote_is_forgotten_after_a_while(cast: Cast) -> None:
    message, clerk = come_in(cast), cast.actor("clerk")
    handling.answer(message, by=clerk, text="答复")
    handling.close(message, by=clerk, result="explained")
    assert forget(timezone.now()) == ""
    Message.objects.filter(pk=message.pk).update(ended_on=DAY() - timedelta(days=730))
    assert "1 件" in forget(timezone.now())
    assert forget(timezone.now()) == ""
    sender = MessageSender.objects.get(message=message)
    assert (sender.name, sender.phone, sender.email, sender.address) == ("", "", "", "")
    message.refresh_from_db()
    assert message.erased_on == DAY()
    assert message.answer == "答复"
    assert MessageEvent.objects.filter(message=message, act="erase").exists()


def test_at_the_desk_a_letter_is_written_down(cast: Cast) -> None:
    told = Told("advice", "建议", "多开窗口", "letter", DAY(), sender={"name": "来信人"})
    made = register(cast.agency, told, by=cast.actor("clerk"))
    assert made.channel == "letter"
    with pytest.raises(NotAllowed):
        register(cast.agency, told, by=cast.actor("drafter"))
    with pytest.raises(CannotDo, match="还没有到"):
        register(
            cast.agency,
            Told("advice", "建议", "多", "letter", DAY() + timedelta(days=1)),
            by=cast.actor("clerk"),
        )
    assert MessageInquiry.objects.count() == 0


@pytest.mark.parametrize("name", ["today", "messages"])
def test_a_list_of_thirty_asks_what_a_list_of_one_asks(cast: Cast, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = cast.browse("clerk"), reverse(f"desk:{name}", args=["xtxsfj"])
    come_in(cast)

    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    one = asked()
    for _ in range(29):
        come_in(cast)
    assert asked() <= one
