"""Who is told what comes next, the letter that comes with the signature, and the office of two."""

from __future__ import annotations

import pytest

from gongkai.agencies.models import Kind, Person, Seat
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.deciding import decide, others_who_review, review, send_back, sign
from gongkai.inforequests.actions.signing import sign_and_make
from gongkai.inforequests.models import InfoRequest
from gongkai.outbox.models import Message
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case, said_of

pytestmark = pytest.mark.django_db
REPLY = "granted_provided"


def drafted(cast: Cast) -> InfoRequest:
    case = new_case(cast)
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    return case


def told(case: InfoRequest) -> list[tuple[str, str]]:
    """Who was told what on the desk, in the order of telling."""
    found = Message.objects.filter(channel="desk", key__startswith=f"request-step:{case.pk}:").order_by("id")
    names = {person.pk: person.username for person in Person.objects.all()}
    return [(names[m.person_id], m.subject.partition("：")[0]) for m in found]


def test_each_step_tells_who_is_next(cast: Cast) -> None:
    case = drafted(cast)
    assert {("reviewer", "请审核答复"), ("ogi_head", "请审核答复")} <= set(told(case))
    assert all(lead == "请审核答复" for _, lead in told(case))
    send_back(case, by=cast.actor("reviewer", DAY), on=DAY, reason="写明依据")
    assert told(case)[-1] == ("clerk", "答复退回修改")
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    assert ("leader", "请签发答复") in told(case)
    sign_and_make(case, by=cast.actor("leader", DAY), on=DAY)
    assert ("clerk", "请送达答复") in told(case)


def test_no_name_and_no_word_of_the_requester_is_told(cast: Cast) -> None:
    case = drafted(cast)
    for message in Message.objects.filter(key__startswith=f"request-step:{case.pk}:"):
        assert case.applicant not in message.subject + message.body
        assert case.content not in message.subject + message.body


def test_the_letter_comes_with_the_signature(cast: Cast) -> None:
    case = drafted(cast)
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    letter = sign_and_make(case, by=cast.actor("leader", DAY), on=DAY)
    assert (letter.dated, letter.made_by, letter.version) == (DAY, cast.actor("leader", DAY).name, 1)
    assert letter.kind == f"reply_{REPLY}"


def test_what_gives_no_letter_is_not_signed(cast: Cast) -> None:
    """Without the organs of the remedy notice there is no letter, and then no signature either."""
    case = drafted(cast)
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    cast.agency.reconsideration_organs = ""
    cast.agency.save()
    case = InfoRequest.objects.select_related("agency").get(pk=case.pk)
    with pytest.raises(ValueError, match="复议"):
        sign_and_make(case, by=cast.actor("leader", DAY), on=DAY)
    case.refresh_from_db()
    assert case.state == "awaiting_signature"
    assert case.letters.count() == 0


def test_a_signer_does_not_pass_over_a_reviewer(cast: Cast) -> None:
    case = drafted(cast)
    with pytest.raises(CannotDo, match="请先由审核人审核"):
        sign_and_make(case, by=cast.actor("leader", DAY), on=DAY)
    case.refresh_from_db()
    assert case.state == "in_review"


def test_where_nobody_else_can_review_one_signature_is_both(cast: Cast) -> None:
    case = drafted(cast)
    for seat in Seat.objects.filter(
        agency=cast.agency, kind__in=[Kind.SECRECY_REVIEWER, Kind.POLICY_REVIEWER, Kind.OGI_HEAD]
    ):
        Seat.objects.filter(pk=seat.pk).update(ended_on=DAY)
    assert others_who_review([case], cast.actor("leader", DAY)) == {case.pk: []}
    sign_and_make(case, by=cast.actor("leader", DAY), on=DAY, opinion="同意")
    case.refresh_from_db()
    assert case.state == "signed"
    (signature,) = case.decisions.get().reviews.all()
    assert (signature.level, signature.person.username) == ("signature", "leader")
    assert "由签发人一并审核" in case.events.get(act="review").said


def test_the_drafter_never_signs_alone(cast: Cast) -> None:
    """An office of two still needs two: who wrote the draft cannot sign it, whoever is missing."""
    case = new_case(cast)
    Seat.objects.create(agency=cast.agency, kind=Kind.LEADER, person=cast.clerk)
    Seat.objects.filter(
        agency=cast.agency, kind__in=[Kind.SECRECY_REVIEWER, Kind.POLICY_REVIEWER, Kind.OGI_HEAD]
    ).update(ended_on=DAY)
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    with pytest.raises(CannotDo, match="不同的人"):
        sign_and_make(case, by=cast.actor("clerk", DAY), on=DAY)
    case.refresh_from_db()
    assert case.state == "in_review"


def test_signing_a_draft_changed_after_its_review_is_refused(cast: Cast) -> None:
    case = drafted(cast)
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    draft = case.decisions.get()
    draft.states = {**draft.states, "how": "改过的话"}
    draft.save()
    with pytest.raises(CannotDo, match="不一致"):
        sign(case, by=cast.actor("leader", DAY), on=DAY)
