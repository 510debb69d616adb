"""Letters going out: which day counts, what must be written down, that what came back goes out anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.consultation import consult
from gongkai.inforequests.actions.deciding import decide, review, send_back
from gongkai.inforequests.actions.fees import give_fee_notice
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.service import Sending, came_back, send_out, set_aside, signed_for
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.charges import notice_received
from gongkai.inforequests.despatch import outgoing
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.letters.printing import SIZES, day_print, envelopes
from gongkai.inforequests.models import InfoRequest, Letter
from tests.cast import Cast
from tests.inforequests.cases import new_case, said_of

ON = date(2025, 3, 10)
NEXT = ON + timedelta(days=1)
EMS = Sending("ems", ON, mail_number="TEST0001")


def signed(cast: Cast, reply: str = "granted_provided", **more: object) -> tuple[InfoRequest, Letter]:
    """A case whose answer is signed, with its letter."""
    case = new_case(cast, **more)
    decide(case, by=cast.actor("clerk", ON), on=ON, reply=reply, states=said_of(reply))
    review(case, by=cast.actor("reviewer", ON), on=ON)
    return case, sign_and_make(case, by=cast.actor("leader", ON), on=ON)


def test_what_a_way_needs_must_be_there_and_nothing_is_half_done(cast: Cast) -> None:
    case, letter = signed(cast)
    clerk = cast.actor("clerk", NEXT)
    for sending, words in (
        (Sending("ems", ON), "邮件号码"),
        (Sending("in_person", ON), "谁签收"),
        (Sending("email", ON), "同意"),
        (Sending("", ON), "送达方式"),
        (Sending("ems", ON - timedelta(days=1), "TEST1"), "早于文书的日期"),
        (Sending("ems", NEXT + timedelta(days=1), "TEST1"), "还没有到"),
    ):
        with pytest.raises(CannotDo, match=words):
            send_out(letter, sending, by=clerk)
    with pytest.raises(NotAllowed):
        send_out(letter, EMS, by=cast.actor("reviewer", NEXT))
    case.refresh_from_db()
    assert (case.state, letter.dispatches.count()) == ("signed", 0)


def test_handed_over_later_counts_on_the_day_of_the_signature(cast: Cast) -> None:
    case, letter = signed(cast)
    by = cast.actor("clerk", NEXT)
    send_out(letter, Sending("through_agency", ON, signed_by="甲某", signed_for_on=NEXT), by=by)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("answered", NEXT)


def test_posted_signed_for_returned_and_sent_anew(cast: Cast) -> None:
    case, letter = signed(cast)
    clerk = cast.actor("clerk", date(2025, 3, 31))
    first = send_out(letter, EMS, by=clerk)
    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("answered", ON)
    with pytest.raises(CannotDo, match="已经登记过"):
        send_out(letter, EMS, by=clerk)
    with pytest.raises(CannotDo, match="原因"):
        came_back(first, by=clerk, on=NEXT, reason=" ")
    with pytest.raises(CannotDo, match="早于"):
        came_back(first, by=clerk, on=ON - timedelta(days=1), reason="查无此人")
    assert outgoing(cast.agency) == []
    came_back(first, by=clerk, on=date(2025, 3, 14), reason="原址查无此人")
    [row] = outgoing(cast.agency)
    assert (row.letter, row.came_back) == (letter, first)
    with pytest.raises(CannotDo, match="退回"):
        signed_for(first, by=clerk, on=NEXT, who="甲某")
    second = send_out(letter, Sending("registered", date(2025, 3, 17), mail_number="TEST0002"), by=clerk)
    signed_for(second, by=clerk, on=date(2025, 3, 19), who="甲某")
    second.refresh_from_db()
    assert (second.signed_by, second.signed_for_on) == ("甲某", date(2025, 3, 19))
    case.refresh_from_db()
    assert case.closed_on == ON, "whether the answer was in time is told by the first posting"
    assert outgoing(cast.agency) == []
    details = [e.detail for e in Entry.objects.filter(act="requests.handle").order_by("number")]
    assert sum("returned" in d for d in details) == 1
    assert sum("signed_for" in d for d in details) == 1


def test_the_list_takes_as_many_queries_for_few_as_for_many(
    cast: Cast, queries: Callable[[Callable[[], object]], int]
) -> None:
    clerk = cast.actor("clerk", NEXT)

    def more(count: int) -> int:
        for _ in range(count):
            make_letter(new_case(cast), "receipt", by=clerk, on=ON)
        return queries(lambda: [row.to.address for row in outgoing(cast.agency)])

    assert more(1) == more(2)


def test_what_is_on_the_list_and_what_is_not(cast: Cast) -> None:
    clerk = cast.actor("clerk", NEXT)
    open_case = new_case(cast)
    receipt = make_letter(open_case, "receipt", by=clerk, on=ON)
    newer = make_letter(open_case, "receipt", by=clerk, on=ON)
    case, letter = signed(cast)
    assert [row.letter for row in outgoing(cast.agency)] == [newer, letter]
    assert outgoing(cast.other) == []
    send_back(case, by=cast.actor("leader", ON), on=ON, reason="有误")
    assert [row.letter for row in outgoing(cast.agency)] == [newer], "what was sent back does not go out"
    with pytest.raises(CannotDo, match="为什么"):
        set_aside(newer, by=clerk, reason="")
    set_aside(newer, by=clerk, reason="当面交给申请人")
    assert outgoing(cast.agency) == []
    assert receipt.version < newer.version


def test_the_signed_answer_cannot_be_set_aside(cast: Cast) -> None:
    _, letter = signed(cast)
    with pytest.raises(CannotDo, match="必须送达"):
        set_aside(letter, by=cast.actor("clerk", ON), reason="不想寄")


def test_the_print_of_a_day(cast: Cast) -> None:
    cast.agency.address, cast.agency.postcode = "某县某路1号", "411200"
    cast.agency.save()
    clerk = cast.actor("clerk", NEXT)
    asked = {"address": "某市某区某路2号", "postcode": "410000"}
    _, reply = signed(cast, requester=asked)
    other = new_case(cast, applicant="乙某")
    consult(other, by=clerk, on=ON, whom="third_party", name="丙公司", about="报价表", address="某市某街3号")
    told = {"收件人": "丙公司", "涉及的信息": "报价表", "答复天数": "15"}
    inquiry = make_letter(other, "third_party_inquiry", by=clerk, on=ON, fields=told)
    rows = outgoing(cast.agency)
    assert [row.to.address for row in rows] == ["某市某区某路2号", "某市某街3号"]
    assert [row.letter for row in rows] == [reply, inquiry]
    printed = day_print(cast.agency, rows, NEXT)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) % 2 == 0
    document = pypdfium2.PdfDocument(printed)
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert "寄发登记表" in texts[0]
    assert all(word in texts[0] for word in (reply.number, inquiry.number, "丙公司", "某市某街3号"))
    starts = [n for n, text in enumerate(texts[2:], start=3) if "—1—" in text]
    assert len(starts) == 2
    assert all(n % 2 for n in starts), "each letter begins on an odd page"
    for size in SIZES.values():
        document = pypdfium2.PdfDocument(envelopes(cast.agency, rows, size, NEXT))
        assert len(document) == 2
        width, height = document[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (size.width, size.height)
        first = "".join(document[0].get_textpage().get_text_range().split())
        document.close()
        for word in ("某市某区某路2号", "甲某", "某县某路1号", "410000", "411200", reply.number):
            assert word in first, word
        assert "批复" not in first, "what was asked is nobody's business on the way"


def test_two_clerks_at_one_sending_lose_nothing_of_each_other(cast: Cast) -> None:
    """Both have the page open; the second writes to what the first wrote down, or is told."""
    _, letter = signed(cast)
    clerk = cast.actor("clerk", date(2025, 3, 31))
    mine = send_out(letter, EMS, by=clerk)
    theirs, third = type(mine).objects.get(pk=mine.pk), type(mine).objects.get(pk=mine.pk)
    signed_for(mine, by=clerk, on=NEXT, who="")
    signed_for(theirs, by=clerk, on=None, who="甲某")
    theirs.refresh_from_db()
    assert (theirs.signed_for_on, theirs.signed_by) == (NEXT, "甲某")
    came_back(mine, by=clerk, on=NEXT, reason="原址查无此人")
    with pytest.raises(CannotDo, match="登记为退回"):
        signed_for(third, by=clerk, on=NEXT, who="乙某")
    with pytest.raises(CannotDo, match="登记为退回"):
        came_back(third, by=clerk, on=NEXT, reason="另一个原因")
    third.refresh_from_db()
    assert (third.returned_on, third.return_reason) == (NEXT, "原址查无此人")


def test_a_letter_of_a_draft_that_was_replaced_does_not_go_out(cast: Cast) -> None:
    case, old = signed(cast)
    send_back(case, by=cast.actor("leader", ON), on=ON, reason="有误")
    decide(
        case, by=cast.actor("clerk", ON), on=ON, reply="granted_provided", states=said_of("granted_provided")
    )
    review(case, by=cast.actor("reviewer", ON), on=ON)
    new = sign_and_make(case, by=cast.actor("leader", ON), on=ON)
    old.request.refresh_from_db()
    with pytest.raises(CannotDo, match="重新制作"):
        send_out(old, EMS, by=cast.actor("clerk", NEXT))
    send_out(new, EMS, by=cast.actor("clerk", NEXT))


def test_the_day_on_which_a_fee_notice_was_received_is_taken_from_its_sending(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", date(2025, 3, 31))
    head = cast.actor("ogi_head", ON)
    give_fee_notice(case, by=head, on=ON, basis="pages", units=40, reason="页数多", pay_how="某银行")
    letter = make_letter(case, "fee", by=clerk, on=ON, fields=fields_from_acts(case, "fee"))
    assert notice_received(case) is None
    posted = send_out(letter, EMS, by=clerk)
    assert notice_received(case) is None, "posted is not received"
    signed_for(posted, by=clerk, on=date(2025, 3, 13), who="甲某")
    assert notice_received(case) == date(2025, 3, 13)
