"""作出决定、审核、签发、送达: the answer from the draft to the requester. Each signature is bound to the draft's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person
from gongkai.statute.outcomes import COMMON_STATEMENTS, PROVIDED, REPLY_BY_SLUG

from ..models import Decision, DecisionReview, InfoRequest
from ..papers import attachments, to_disclose
from ..passing_on import able_in, drafters_of
from .base import CannotDo, Step, moving

_COMMON = frozenset(statement.slug for statement in COMMON_STATEMENTS)
OF_CORRECTION = frozenset({"other_correction", "unable_unclear"})
"""Kinds of reply to a request for correction (art. 41): no information is given or refused there."""
NEEDS_SEARCH = frozenset({"unable_not_existing"})
"""Kinds of reply whose file must show the search (burden of proof)."""
GIVES = frozenset({"granted_provided", "partial"})
"""Kinds of reply that give the requester something (art. 36 no. 2, art. 37)."""
NO_FILES = "no_files"
"""The statement where the requester gets what is given when no file goes with the letter; for the review, not for the
letter, which says it under 提供的方式."""
GIVES_NOTHING = (
    "予以公开的，要有公开的东西：请放入要随答复公开的文件；"
    "不附文件的，在“不附文件的，申请人到哪里取得”里写明地点和办法。"
)


def decide(
    request: InfoRequest,
    *,
    by: Actor,
    on: date,
    reply: str,
    states: Mapping[str, str],
    search: Sequence[Mapping[str, str]] = (),
    note: str = "",
) -> Decision:
    """Draft the answer: the kind of reply and all that its letter must state; it then goes to the review, and with it
    the material chosen to be disclosed, which the letter lists as enclosed.

    Raises `CannotDo` naming every statement that is missing, where the search has to be shown and is not, and where
    information is given that nobody could get: neither material nor words on where it is (`NO_FILES`).
    """
    kind = REPLY_BY_SLUG.get(reply)
    if kind is None:
        raise CannotDo("请选择答复类型。")
    if request.matter == InfoRequest.Matter.CORRECTION and kind.slug not in OF_CORRECTION:
        raise CannotDo("这件是申请更正的（《条例》第四十一条），请用更正答复。")
    given = {slug: text.strip() for slug, text in states.items() if text and text.strip()}
    missing = [s.label for s in kind.missing([*given, *_COMMON])]
    if missing:
        raise CannotDo(f"“{kind.label}”的告知书还要写明：{'、'.join(missing)}。")
    if kind.slug in NEEDS_SEARCH and not search:
        raise CannotDo("答复信息不存在，案卷里要有检索记录：在哪里、谁、用什么词、什么时候检索的、结果怎样。")
    with moving(request, "decide", by=by, right="requests.draft", on=on, reply=reply) as step:
        papers = _going_out(step.request, kind.outcome)
        if kind.slug in GIVES and not papers and NO_FILES not in given:
            raise CannotDo(GIVES_NOTHING)
        if papers and kind.slug in GIVES:
            given.setdefault("attachments", attachments([row["title"] for row in papers]))
            given.pop(NO_FILES, None)
        made = Decision.objects.create(
            request=step.request,
            number=step.request.decisions.count() + 1,
            reply=reply,
            states=given,
            search=[dict(row) for row in search],
            papers=papers,
            note=note.strip(),
            drafted_by=by.somebody,
            drafted_at=timezone.now(),
        )
        step.data["decision"] = made.number
    return made


def _going_out(request: InfoRequest, outcome: str) -> list[dict[str, Any]]:
    """The material chosen to go out, bound by its digests; none where the answer gives nothing."""
    if outcome not in PROVIDED:
        return []
    return [
        {"paper": one.pk, "title": one.title, "name": one.file.name, "digest": one.file.digest}
        for one in to_disclose(request)
    ]


def review(request: InfoRequest, *, by: Actor, on: date, opinion: str = "") -> None:
    """Agree to the draft; not by who drafted it. It goes to the signature."""
    with moving(request, "review", by=by, right="requests.review", on=on) as step:
        _sign_under(step, by, DecisionReview.Level.REVIEW, opinion, agreed=True)


def others_who_review(requests: Sequence[InfoRequest], by: Actor) -> dict[int, list[Person]]:
    """Who could review the newest draft of each case, by the case's number: everybody in a reviewing seat but its
    drafter and `by`. The cases are of one agency; four queries however many."""
    if not requests:
        return {}
    able = able_in(requests[0].agency_id, "requests.review", by.day)
    drafters, own = drafters_of(requests), by.person.pk if by.person else None
    return {one.pk: [p for p in able.on(one) if p.pk not in (drafters.get(one.pk), own)] for one in requests}


def review_with_signature(request: InfoRequest, *, by: Actor, on: date) -> None:
    """Where nobody else can review, let the draft go to the signature unreviewed: the one signature under it is then
    the review and the signing (条例第十七条 asks for a review by an office with a procedure, not for three people).

    The signer's act. Raises `CannotDo` as long as somebody else holds a reviewing seat.
    """
    able = others_who_review([request], by)[request.pk]
    if able:
        raise CannotDo(f"本机关有审核人（{'、'.join(p.name for p in able)}），请先由审核人审核。")
    said = "本机关没有另外的审核人，由签发人一并审核。"
    with moving(request, "review", by=by, right="requests.sign", on=on, said=said, alone=True):
        pass


def sign(request: InfoRequest, *, by: Actor, on: date, opinion: str = "") -> None:
    """Sign exactly what was reviewed; not by who drafted or reviewed it. Then it is served."""
    with moving(request, "sign", by=by, right="requests.sign", on=on) as step:
        decision = _sign_under(step, by, DecisionReview.Level.SIGNATURE, opinion, agreed=True)
        reviewed = decision.reviews.filter(level=DecisionReview.Level.REVIEW, agreed=True).first()
        alone = reviewed is None and step.events[-1].data.get("alone")
        if not alone and (reviewed is None or reviewed.digest != decision.digest):
            raise CannotDo("答复稿与审核过的内容不一致，请退回修改，重新审核。")
        step.data["signed_on"] = on.isoformat()


def send_back(request: InfoRequest, *, by: Actor, on: date, reason: str) -> None:
    """Send the draft back with the reason; the reviewer's or the signer's act. A new draft begins the reviews anew."""
    if not reason.strip():
        raise CannotDo("请写明退回的原因，起草人要照着修改。")
    right = "requests.review" if request.state == "in_review" else "requests.sign"
    with moving(request, "send_back", by=by, right=right, on=on, said=reason.strip()):
        pass


def recall(request: InfoRequest, *, by: Actor, on: date, reason: str) -> None:
    """Take one's own draft back before anybody reviewed it: the drafter's act, by the right to draft. It goes back as
    one that was sent back, so that what is sent again is reviewed anew. Raises `CannotDo` for somebody else's draft."""
    if not reason.strip():
        raise CannotDo("请写明为什么取回，例如“漏附了统计表”。")
    with moving(
        request, "send_back", by=by, right="requests.draft", on=on, said=reason.strip(), recalled=True
    ) as step:
        if step.request.state != "in_review":
            raise CannotDo("已经审核过的答复稿不能自己取回，请审核人或者签发人退回修改。")
        if by.person is None or _newest(step).drafted_by_id != by.person.pk:
            raise CannotDo("只有拟稿人自己能取回答复稿。请拟稿人取回，或者请审核人退回修改。")


def serve(
    request: InfoRequest,
    *,
    by: Actor,
    on: date,
    how: str,
    mail_number: str = "",
    signed_for_on: date | None = None,
) -> None:
    """Write down that the answer went out: posted or handed over on this day, which is the day of the answer.

    The reply then counts in its row of table three. `how` is the way of service in words.
    """
    if not how.strip():
        raise CannotDo("请选择送达方式。")
    with moving(request, "serve", by=by, right="requests.handle", on=on, how=how.strip()) as step:
        decision = _newest(step)
        reply = REPLY_BY_SLUG[decision.reply]
        step.request.reply, step.outcome = reply.slug, reply.outcome
        step.data |= {
            "mail_number": mail_number.strip(),
            "signed_for_on": signed_for_on.isoformat() if signed_for_on else "",
            "decision": decision.number,
        }


def _newest(step: Step) -> Decision:
    found = step.request.decisions.order_by("-number").first()
    if found is None:
        raise CannotDo("还没有答复稿。")
    return found


def _sign_under(
    step: Step, by: Actor, level: DecisionReview.Level, opinion: str, *, agreed: bool
) -> Decision:
    decision = _newest(step)
    person = by.somebody
    earlier: dict[int, Any] = {one.person_id: one for one in decision.reviews.all()}
    if person.pk == decision.drafted_by_id or person.pk in earlier:
        raise CannotDo("同一件答复，起草、审核、签发要由不同的人办，请交给另一位同事。")
    DecisionReview.objects.create(
        decision=decision,
        level=level,
        person=person,
        seat=by.name,
        agreed=agreed,
        opinion=opinion.strip(),
        digest=decision.digest,
        at=timezone.now(),
    )
    return decision
