"""征求意见: of a third party (art. 32), another agency (art. 33), joint makers (art. 34). The time is not counted."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.periods import PERIODS

from ..deadlines import consulted_since
from ..models import Consultation, InfoRequest
from .base import CannotDo, moving

RIGHT = "requests.handle"
_ACTS = {
    Consultation.Whom.THIRD_PARTY: "consult_third_party",
    Consultation.Whom.AGENCY: "consult_agency",
    Consultation.Whom.JOINT_MAKER: "consult_joint_makers",
}
_PERIODS = {
    Consultation.Whom.THIRD_PARTY: "third_party_opinion",
    Consultation.Whom.JOINT_MAKER: "joint_maker_opinion",
}


def consult(
    request: InfoRequest,
    *,
    by: Actor,
    on: date,
    whom: str,
    name: str,
    about: str,
    address: str = "",
    answer_by: date | None = None,
) -> Consultation:
    """Ask for an opinion in writing; the days until it is in are not counted. Several may be asked one after another.

    A third party and joint makers have 15 working days from the day the letter reaches them; for another agency
    the law names no period, so `answer_by` has to be said. Silence of a third party leaves the decision to the
    agency, of a joint maker it counts as consent.
    """
    kind = Consultation.Whom(whom)
    if not name.strip() or not about.strip():
        raise CannotDo("请填写征求谁的意见，以及就什么内容征求意见。")
    if kind is Consultation.Whom.AGENCY and answer_by is None:
        raise CannotDo("征求其他机关意见，请写明请对方在哪一天前答复。")
    with moving(request, _ACTS[kind], by=by, right=RIGHT, on=on, whom=kind.value) as step:
        made = Consultation.objects.create(
            request=step.request,
            whom=kind,
            name=name.strip(),
            address=address.strip(),
            about=about.strip(),
            sent_on=on,
            answer_by=answer_by,
        )
        step.data["consultation"] = made.pk
    return made


def reached(consultation: Consultation, *, by: Actor, on: date) -> None:
    """Write down when the letter reached whom it was sent to: from then the fifteen working days run."""
    request = consultation.request
    with moving(request, "end_one_consultation", by=by, right=RIGHT, on=on, reached=consultation.pk):
        # The case is locked now: what a colleague wrote down meanwhile stands.
        consultation.refresh_from_db()
        if consultation.reached_on is not None or consultation.ended_on is not None:
            raise CannotDo("已经登记过了，请看案件页上现在的内容。")
        if on < consultation.sent_on:
            raise CannotDo(f"对方收到的日期早于发出的{in_words(consultation.sent_on)}，请核对。")
        consultation.reached_on = on
        period = _PERIODS.get(Consultation.Whom(consultation.whom))
        if period and consultation.answer_by is None:
            consultation.answer_by = PERIODS[period].end(on, calendar()).last_day
        consultation.save()


def receive_opinion(
    consultation: Consultation, *, by: Actor, on: date, opinion: str, grounds: str = ""
) -> None:
    """Write down an opinion, or that none came in time; when it was the last one awaited, the period runs on.

    Silence can be written down only after the day given has passed. An objection needs its reason.
    """
    said = Consultation.Opinion(opinion)
    with several():
        # Locked before it is asked who else is awaited: of two opinions entered at once, one is the last.
        request = InfoRequest.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=consultation.request_id
        )
        consultation.refresh_from_db()
        if consultation.ended_on is not None:
            raise CannotDo("这份意见已经登记过了。")
        _be_in_order(consultation, said, on, grounds)
        awaited = consulted_since(
            list(request.events.all()), list(request.consultations.filter(ended_on__isnull=True))
        )
        others = any(one.pk != consultation.pk for one in awaited)
        act = "end_one_consultation" if others else "end_last_consultation"
        with moving(
            request, act, by=by, right=RIGHT, on=on, consultation=consultation.pk, opinion=said.value
        ):
            consultation.ended_on, consultation.opinion, consultation.grounds = on, said, grounds.strip()
            consultation.save()


def _be_in_order(consultation: Consultation, said: Consultation.Opinion, on: date, grounds: str) -> None:
    if said is Consultation.Opinion.SILENT and (
        consultation.answer_by is None or on <= consultation.answer_by
    ):
        raise CannotDo("答复的期限还没有过，不能登记为逾期没有答复；请先登记对方收到征求意见函的日期。")
    if said is Consultation.Opinion.OBJECTS and not grounds.strip():
        raise CannotDo("对方不同意公开的，请写明其理由。")
