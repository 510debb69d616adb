"""What is written down of a case, and whether it can be so: the same for a new entry and for one that is corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.days import in_words
from gongkai.statute.states import CLOSED

from ..models import Remedy


class CannotTake(ValueError):
    """A case that cannot be written down as told; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A case as told. `request` is left empty where it is about no request; a suit takes that of its reconsideration.
    `early` says why it was accepted before what it is directed against."""

    track: str
    organ: str
    number: str
    about: str
    accepted_on: date
    request: InfoRequest | None = None
    follows: Remedy | None = None
    answer_by: date | None = None
    early: str = ""

    def written(self) -> dict[str, object]:
        """The columns it fills."""
        after = self.follows if self.track == Remedy.Track.AFTER else None
        return {
            "track": Remedy.Track(self.track),
            "organ": self.organ.strip(),
            "number": self.number.strip(),
            "about": self.about.strip(),
            "accepted_on": self.accepted_on,
            "request": self.request or (after.request if after else None),
            "follows": after,
            "answer_by": self.answer_by,
            "early": self.early.strip(),
        }


def checked(told: Facts, agency: Agency, today: date) -> Facts:
    """What was told, with its reconsideration locked and read anew, so that nobody takes it out meanwhile; inside the
    act. Raises `CannotTake` with what to mend."""
    if told.follows is not None:
        first = Remedy.objects.select_for_update(no_key=True).get(pk=told.follows.pk)
        told = replace(told, follows=first)
    check(told, agency, today)
    return told


def check(told: Facts, agency: Agency, today: date) -> None:
    """Accept what was told, or raise `CannotTake` with what to mend."""
    named = (("复议机关或者法院", told.organ), ("案号", told.number), ("争议的事项", told.about))
    missing = [word for word, value in named if not value.strip()]
    if missing:
        raise CannotTake(f"请填写{'、'.join(missing)}。")
    if told.accepted_on > today:
        raise CannotTake("受理之日还没有到，请填今天或者以前的日期。")
    if told.answer_by is not None and told.answer_by < told.accepted_on:
        raise CannotTake("答复书、答辩状最迟提交之日早于受理之日，请核对两个日期。")
    _about_own(told, agency)
    if told.track == Remedy.Track.AFTER:
        _after(told, agency)


def _about_own(told: Facts, agency: Agency) -> None:
    request = told.request
    if request is None:
        return
    if request.agency_id != agency.pk:
        raise CannotTake("选择的申请不是本机关的。")
    if request.received_on and told.accepted_on < request.received_on:
        raise CannotTake(f"受理之日早于收到申请的{in_words(request.received_on)}，请核对两个日期。")
    if told.track != Remedy.Track.AFTER and not told.early.strip():
        _after_the_answer(request, told.accepted_on)


def _after_the_answer(request: InfoRequest, accepted_on: date) -> None:
    """One goes to the organ or the court about an answer that was served (行政复议法 20); before that only for want of
    one, and then the entry says so."""
    ended = request.events.filter(to_state__in=CLOSED).order_by("serial").values_list("on", flat=True).first()
    answered = ended or request.closed_on
    if answered is not None and accepted_on >= answered:
        return
    when = f"答复在{in_words(answered)}才送达" if answered else "这件申请还没有答复"
    raise CannotTake(
        f"受理之日是{in_words(accepted_on)}，{when}。日期写错了的，请改正；确实先受理的（例如不服逾期没有答复），"
        "请在“先于答复或者复议决定的原因”里写明。"
    )


def _after(told: Facts, agency: Agency) -> None:
    first = told.follows
    if first is None:
        raise CannotTake("复议后起诉的，请选择先行的那件行政复议；没有登记过的，请先登记。")
    if first.agency_id != agency.pk or first.track != Remedy.Track.RECONSIDERATION or first.cancelled:
        raise CannotTake("先行的案件要是本机关登记的行政复议。")
    if told.request is not None and first.request_id not in (None, told.request.pk):
        raise CannotTake(f"先行的复议{first.number}针对的是另一件申请，请核对。")
    if told.accepted_on < first.accepted_on:
        raise CannotTake(f"起诉的受理之日早于先行复议受理的{in_words(first.accepted_on)}，请核对两个日期。")
    if first.decided_on is not None and told.accepted_on < first.decided_on and not told.early.strip():
        raise CannotTake(
            f"起诉的受理之日早于先行复议审结的{in_words(first.decided_on)}，请核对两个日期。复议机关逾期没有决定、"
            "申请人先起诉的，请在“先于答复或者复议决定的原因”里写明。"
        )


def locked_case(case: Remedy) -> Remedy:
    """The row, locked and read anew; raises `CannotTake` for one that was cancelled."""
    locked = Remedy.objects.select_for_update(no_key=True).get(pk=case.pk)
    if locked.cancelled:
        raise CannotTake("这一条登记已经作废。")
    return locked


def taken_already(told: Facts) -> CannotTake:
    """What to say where this organ's number was written down before."""
    return CannotTake(f"{told.organ.strip()}的{told.number.strip()}已经登记过了。")
