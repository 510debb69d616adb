"""送达: a letter goes out, is signed for, comes back and is sent anew; the answer's going out closes the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting, several
from gongkai.files.actions.adding import Examined, add_file
from gongkai.files.models import StoredFile
from gongkai.statute.days import in_words
from gongkai.statute.service import ASKED_FOR, BY_SLUG, answered_on

from ..letters.catalogue import KIND_BY_SLUG
from ..models import Dispatch, InfoRequest, Letter
from ..queries import newest_draft
from .base import CannotDo, set_due
from .deciding import serve

RIGHT = "requests.handle"
INQUIRIES = ("third_party_inquiry", "agency_inquiry")
"""The letters that ask for an opinion."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What is written down when a letter goes out; `way` is a slug of `statute.service`."""

    way: str
    on: date
    mail_number: str = ""
    consent: str = ""
    signed_by: str = ""
    signed_for_on: date | None = None


def send_out(letter: Letter, sending: Sending, *, by: Actor, proof: Examined | None = None) -> Dispatch:
    """Write down that a letter went out. The answer of a signed draft is thereby served, and the case answered on the
    day that counts: of posting, or of the signature where it is handed over.

    For who handles the case; a letter that came back may be sent anew. Raises `CannotDo` naming what is missing,
    `ServiceError` for days that contradict each other, `ImpossibleMove` where the answer is not to be served.
    """
    way = BY_SLUG.get(sending.way)
    if way is None:
        raise CannotDo("请选择送达方式。")
    for name in way.needs:
        if not getattr(sending, name).strip():
            raise CannotDo(ASKED_FOR[name])
    signed_for = sending.signed_for_on or (sending.on if sending.way == "in_person" else None)
    counts = answered_on(sending.way, sending.on, signed_for)
    _be_in_order(letter, sending.on, signed_for, by.day)
    request = letter.request
    with several():
        InfoRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if letter.dispatches.filter(returned_on__isnull=True).exists():
            raise CannotDo("这份文书已经登记过寄发。退回来的，请先登记退回。")
        if _is_the_answer(letter):
            serve(
                request, by=by, on=counts, how=way.label, mail_number=sending.mail_number,
                signed_for_on=signed_for,
            )  # fmt: skip
        with acting(by, RIGHT, request, letter=letter.number, way=way.slug, on=sending.on.isoformat()):
            _begins_the_consultation(letter, sending.on)
            return Dispatch.objects.create(
                letter=letter,
                way=way.slug,
                sent_on=sending.on,
                answered_on=counts,
                mail_number=sending.mail_number.strip(),
                consent=sending.consent.strip(),
                signed_for_on=signed_for,
                signed_by=sending.signed_by.strip(),
                proof=_kept(proof, letter, by),
                entered_by=by.name,
                entered_at=timezone.now(),
            )


def _begins_the_consultation(letter: Letter, on: date) -> None:
    """The days of a consultation are not counted from when its letter goes out, whatever day was written down before
    (art. 32-34: it is put in writing): the day is moved to the first sending and the period counted anew."""
    asked = letter.consultation
    if asked is None or letter.kind not in INQUIRIES or asked.sent_on == on:
        return
    if Dispatch.objects.filter(letter__consultation=asked, letter__kind__in=INQUIRIES).exists():
        return
    for day, what in ((asked.reached_on, "对方收到"), (asked.ended_on, "意见")):
        if day is not None and day < on:
            raise CannotDo(f"已经登记{in_words(day)}{what}，征求意见函不能在那以后寄出，请核对两个日期。")
    asked.sent_on = on
    asked.save(update_fields=["sent_on"])
    request = InfoRequest.objects.get(pk=letter.request_id)
    set_due(request, list(request.events.all()))
    request.save(update_fields=["due_on", "due_provisional"])


def _be_in_order(letter: Letter, on: date, signed_for: date | None, today: date) -> None:
    for day in (on, signed_for):
        if day is not None and day > today:
            raise CannotDo(f"日期{in_words(day)}还没有到，请填今天或者以前的日期。")
    if on < letter.dated:
        raise CannotDo(f"寄出的日期{in_words(on)}早于文书的日期{in_words(letter.dated)}，请核对。")


def _is_the_answer(letter: Letter) -> bool:
    """True for the answer that a signature stands under and that is not served yet."""
    kind = KIND_BY_SLUG[letter.kind]
    if kind.reply is None or letter.request.state != "signed":
        return False
    draft = newest_draft(letter.request)
    if draft is None or draft.reply != kind.reply.slug or letter.decision_id not in (None, draft.pk):
        raise CannotDo("这份答复书不是按现在签发的答复稿制作的，请重新制作。")
    return True


def _kept(proof: Examined | None, letter: Letter, by: Actor) -> StoredFile | None:
    request = letter.request
    if proof is None:
        return None
    return add_file(by=by, agency=request.agency, upload=proof, owner=letter, section=request.section)


def signed_for(
    dispatch: Dispatch, *, by: Actor, on: date | None, who: str, proof: Examined | None = None
) -> None:
    """Write down later who signed for it and when, with a picture of the receipt. The day of the answer stays: it is
    that of posting (国办公开办函〔2016〕235号)."""
    request = dispatch.letter.request
    if on is None and not who.strip() and proof is None:
        raise CannotDo("请填写签收的日期、谁签收的，或者选一个签收凭证的文件。")
    if on is not None and on > by.day:
        raise CannotDo(f"日期{in_words(on)}还没有到，请填今天或者以前的日期。")
    if on is not None and on < dispatch.sent_on:
        raise CannotDo(f"签收的日期早于寄出的{in_words(dispatch.sent_on)}，请核对两个日期。")
    with acting(by, RIGHT, request, letter=dispatch.letter.number, signed_for=str(on or "")):
        locked = _under_way(dispatch)
        locked.signed_for_on = on or locked.signed_for_on
        locked.signed_by = who.strip() or locked.signed_by
        locked.proof = _kept(proof, locked.letter, by) or locked.proof
        locked.save()
    dispatch.refresh_from_db()


def came_back(dispatch: Dispatch, *, by: Actor, on: date, reason: str) -> None:
    """Write down that the post brought it back; the letter then waits to be sent anew."""
    request = dispatch.letter.request
    if not reason.strip():
        raise CannotDo("请写明退回的原因，例如“原址查无此人”。")
    if on > by.day:
        raise CannotDo(f"日期{in_words(on)}还没有到，请填今天或者以前的日期。")
    if on < dispatch.sent_on:
        raise CannotDo(f"退回的日期早于寄出的{in_words(dispatch.sent_on)}，请核对两个日期。")
    with acting(by, RIGHT, request, letter=dispatch.letter.number, returned=on.isoformat()):
        locked = _under_way(dispatch)
        locked.returned_on, locked.return_reason = on, reason.strip()
        locked.save()
    dispatch.refresh_from_db()


def _under_way(dispatch: Dispatch) -> Dispatch:
    """The sending as it stands now, locked; raises `CannotDo` for one that was written down as returned meanwhile."""
    found = Dispatch.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "letter__request__agency"
    )
    locked = found.get(pk=dispatch.pk)
    if locked.returned_on is not None:
        raise CannotDo("这一次已经登记为退回，不能再登记签收或者退回。")
    return locked


def set_aside(letter: Letter, *, by: Actor, reason: str) -> None:
    """Take a letter off the list of what is to be sent: handed over long ago, made by mistake. Not the answer of a
    signed draft, which has to go out."""
    if not reason.strip():
        raise CannotDo("请写明为什么不寄，例如“登记时已当面交给申请人”。")
    if _is_the_answer(letter):
        raise CannotDo("签发了的答复书必须送达。内容有误的，请签发人先退回修改。")
    with acting(by, RIGHT, letter.request, letter=letter.number, set_aside=reason.strip()):
        letter.set_aside = reason.strip()
        letter.save(update_fields=["set_aside"])
