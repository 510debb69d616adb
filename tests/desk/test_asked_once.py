"""What the desk asks about once before it does it, what it reminds of on a case, and what it forgets when it was done."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongkai.inforequests.actions.consultation import consult, receive_opinion
from gongkai.inforequests.alike import alike
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.inforequests.requester_view import find_case
from gongkai.outbox.models import Message
from gongkai.remedies.evidence import making
from tests.cast import Cast
from tests.desk.test_request_acts import day, do
from tests.desk.test_requests_intake import case_made, sent
from tests.inforequests.cases import DAY, answer, new_case
from tests.remedies.test_evidence import put

pytestmark = pytest.mark.django_db


def test_the_very_same_paper_is_not_registered_twice_unasked(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    first = case_made(clerk, submission_key="a" * 32)
    page, again = sent(clerk, submission_key="b" * 32)
    assert again is None
    assert first.number in page
    assert "同一份申请不要再登记" in page
    assert case_made(clerk, submission_key="b" * 32, again="on").pk != first.pk
    assert case_made(clerk, submission_key="c" * 32, applicant="乙某").pk


def test_a_very_short_time_to_correct_is_asked_about(cast: Cast) -> None:
    case = new_case(cast)
    typed = {"points": "哪一年的", **day("until", 2025, 2, 28), **day("on", 2025, 2, 24)}
    assert "只有 4 天" in do(cast, case, "ask_clarification", **typed)
    assert case.state == "handling"
    do(cast, case, "ask_clarification", **typed, short="on")
    assert case.state == "awaiting_clarification"
    other = new_case(cast)
    do(cast, other, "ask_clarification", **(typed | day("until", 2025, 3, 1)))
    assert other.state == "awaiting_clarification", "five days are not asked about"


@pytest.mark.parametrize(
    "change",
    [
        lambda n: n.lower(),
        lambda n: " ".join(n),
        lambda n: n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789XTSFJ"}),
        lambda n: n.replace("〔", "[").replace("〕", "]"),
        lambda n: f"{n}-不告",
    ],
)
def test_a_number_is_taken_as_people_type_it(cast: Cast, change: object) -> None:
    case = new_case(cast)
    assert callable(change)
    assert find_case(cast.agency, change(case.number), case.tracking_code.lower()) == case
    assert find_case(cast.agency, change(case.number), "A" * 12) is None


def test_what_was_done_is_asked_of_nobody_any_more(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", DAY + timedelta(days=3))
    asked = Message.objects.filter(key__startswith=f"request-step:{case.pk}:")
    assert asked.count() >= 3
    assert not asked.filter(read_at__isnull=True).exists()


def test_an_opinion_without_its_paper_is_seen_on_the_case(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", DAY)
    asked = consult(case, by=clerk, on=DAY, whom="third_party", name="乙某", about="报价")
    receive_opinion(asked, by=clerk, on=DAY, opinion="objects", grounds="商业秘密")
    url = reverse("desk:request", args=["xtxsfj", case.pk])
    assert "还缺书面回复（0 / 1 份）" in cast.browse("clerk").get(url).content.decode()
    put(cast, case, "opinion", "回复.pdf", b"%PDF-")
    assert "还缺书面回复" not in cast.browse("clerk").get(url).content.decode()


def test_one_number_with_two_names_is_told(cast: Cast) -> None:
    one, two = new_case(cast), new_case(cast, applicant="乙某", content="另一样")
    Requester.objects.filter(request__in=[one, two]).update(identity_number="TEST-1")
    two = InfoRequest.objects.select_related("requester", "agency").get(pk=two.pk)
    (found,) = [row for row in alike(two) if row.request.pk == one.pk]
    assert found.why.startswith("证件号码相同、姓名不同")


def test_too_much_for_one_pdf_is_a_bundle_of_originals(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = new_case(cast)
    put(cast, case, "other", "一.pdf", b"%PDF-")
    monkeypatch.setattr(making, "BOOK_MOST", 4)
    with pytest.raises(making.TooMuch, match="压缩包"):
        making.pack(case, "pdf", date(2025, 6, 2))
    url = reverse("desk:request-evidence", args=["xtxsfj", case.pk, "pdf"])
    page = cast.browse("clerk").get(url, follow=True).content.decode()
    assert "做不成一个 PDF" in page
    with making.pack(case, "zip", date(2025, 6, 2)) as made:
        names = zipfile.ZipFile(io.BytesIO(made.read())).namelist()
    assert "证据材料.pdf" not in names
    assert any(name.endswith(" 一.pdf") and "-20" in name for name in names), "the day is in the name"
