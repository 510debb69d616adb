"""A case on its page: clock, next acts, course, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.inforequests.actions.amending import amendments_of, label_of
from gongkai.inforequests.alike import alike
from gongkai.inforequests.charges import fee_count
from gongkai.inforequests.listing import masked
from gongkai.inforequests.matters import Matter, matters_of
from gongkai.inforequests.messages import TAKEN_BY
from gongkai.inforequests.queries import requester_of
from gongkai.inforequests.reading import Case, NextAct, case_page
from gongkai.inforequests.returned import Returned
from gongkai.remedies.queries import remedies_about
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.outcomes import REPLY_BY_SLUG as REPLIES
from gongkai.statute.requesters import BY_SLUG as KINDS
from gongkai.statute.states import PAUSED

from ..frame import actor_of, look_at_personal, of_agency, page
from .acts import case_at, url_of

_FIRST = (
    "confirm_receipt",
    "decide",
    "review",
    "sign",
    "serve",
    "receive_clarification",
    "receive_reasons",
    "receive_payment",
)
OPINION_PAPER = "征求意见的回复"
_LAST = ("withdraw", "reopen")
_LAPSES = ("lapse_no_clarification", "lapse_no_payment")
"""What is usually done next stands first, what ends or undoes something last; what needs a day to be over is offered
from the day after."""
_DRAFTED = {
    "in_review": "答复稿已经送审，等审核人审核。",
    "awaiting_signature": "审核已经通过，等负责人签发。",
    "signed": "已经签发的答复。",
}


@dataclass(frozen=True, slots=True)
class Button:
    """An act as the page offers it. `last` is what ends or undoes something: never the page's one button."""

    label: str
    when: str
    ref: str
    url: str
    last: bool = False


def buttons(
    agency: Agency,
    case: Case,
    messages: Sequence[Matter] = (),
    *,
    handles: bool = False,
    papers: Sequence[Matter] | None = None,
) -> list[Button]:
    """What this seat may do now, the most usual first; one address once. Where the requester answered online, the act
    that follows leads to that answer: nobody types it anew. What was announced and not written comes before all, unless
    the requester has answered already."""
    sent = {one.kind: one.pk for one in reversed(messages)}
    owed = [] if sent else _owed(agency, case)
    found = [*owed, *_awaited(agency, case), *_unproved(agency, case, papers)] if handles else []
    mend = case.returned
    over = case.asked.act if case.asked is not None and case.over else ""
    for one in sorted((a for a in case.acts if a.allowed), key=lambda a: _rank(a, over)):
        act = one.move.act
        if act in _LAPSES and act != over:
            continue
        if act == "decide" and mend is not None:
            found.append(_mending(agency, case, mend))
        url = url_of(agency, case.request, act, sent.get(TAKEN_BY.get(act, "")))
        found.append(Button(one.move.label, one.move.when, str(one.move.ref), url, act in _LAST))
    draft = url_of(agency, case.request, "review")
    if case.request.state in _DRAFTED and all(one.url != draft for one in found):
        shown = Button("看答复稿", _DRAFTED[case.request.state], "", draft)
        found.insert(int(case.request.state == "signed"), shown)
    once: dict[str, Button] = {}
    for button in found:
        once.setdefault(button.url, button)
    return list(once.values())


def _rank(one: NextAct, over: str) -> int:
    """The usual first, then what a last day that has passed allows, then the rest."""
    if one.move.act in _FIRST or one.move.act == over:
        return int(one.move.act not in _FIRST)
    return 3 if one.move.act in _LAST else 2


def _owed(agency: Agency, case: Case) -> list[Button]:
    """The letters that were announced and not made."""
    return [
        Button(
            f"制作并寄出{one.words}",
            "已经登记，但文书还没有制作，对方还不知道。",
            "",
            reverse("desk:request-letter-new", args=[agency.slug, case.request.pk, one.kind]),
        )
        for one in case.unwritten
    ]


def _awaited(agency: Agency, case: Case) -> list[Button]:
    """What is written down of those whose opinion is awaited: that the letter reached them, what they said."""
    found = []
    for one in case.waiting_for if case.request.state in PAUSED else ():
        at = [agency.slug, case.request.pk, one.pk]
        opinion = Button(
            f"登记{one.name}的意见",
            "收到答复，或者答复期限已满时登记。",
            "",
            reverse("desk:request-opinion", args=at),
        )
        reached = Button(
            f"登记{one.name}收到征求意见函",
            "对方收到那天起算答复期限，请先登记。",
            "",
            reverse("desk:request-reached", args=at),
        )
        found += [opinion] if one.reached_on else [reached, opinion]
    return found


def _unproved(agency: Agency, case: Case, papers: Sequence[Matter] | None) -> list[Button]:
    """Somebody consulted has answered and the paper is not in the case: an objection that cannot be shown does not hold
    in court (条例 15, 32)."""
    said = [one for one in case.consultations if one.opinion in ("agrees", "objects")]
    if papers is None or case.request.closed_on:
        return []
    there = sum(1 for one in papers if one.kind == OPINION_PAPER)
    if there >= len(said):
        return []
    who = "、".join(dict.fromkeys(one.name for one in said))
    url = reverse("desk:request-paper-new", args=[agency.slug, case.request.pk])
    return [
        Button(
            "放入征求意见的回复",
            f"登记了{who}的意见，案卷里还缺书面回复（{there} / {len(said)} 份）。不同意公开的，没有书面回复，答复站不住。",
            "",
            f"{url}?kind=opinion",
            last=True,
        )
    ]


def _mending(agency: Agency, case: Case, mend: Returned) -> Button:
    return Button(
        "修改答复稿",
        f"{mend.words}：{mend.reason}",
        "",
        reverse("desk:request-draft", args=[agency.slug, case.request.pk, mend.reply]),
    )


def others(case: Case) -> list[NextAct]:
    """What somebody else may do now."""
    return [one for one in case.acts if not one.allowed]


def mark_of(case: Case) -> str:
    """done, late, due or doing: the kind of mark the status is shown with."""
    if case.request.closed_on:
        return "done"
    if case.late_by:
        return "late"
    return "due" if case.left is not None and case.left <= 3 else "doing"


def result_of(case: Case) -> str:
    """How it ended: the row of table three, the kind of reply, how and under which mail number it went out."""
    row = case.request
    if not row.closed_on:
        return ""
    outcome, reply = OUTCOMES.get(row.outcome), REPLIES.get(row.reply)
    served: dict[str, str] = next((one.data for one in reversed(case.events) if one.act == "serve"), {})
    mail = f"邮件号码{served['mail_number']}" if served.get("mail_number") else ""
    parts = [outcome.label if outcome else "", reply.label if reply else "", served.get("how", ""), mail]
    return "，".join(dict.fromkeys(part for part in parts if part))


@require_safe
@of_agency("requests.view")
def show(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One case: where it stands, when it is due and why, what can be done, what was done."""
    actor = actor_of(request)
    case = case_page(case_at(agency, pk), actor)
    row = case.request
    matters = matters_of(row)
    sees_remedies = bool(may(actor, "remedy.view", agency))
    handles = bool(may(actor, "requests.handle", row))
    offered = buttons(agency, case, matters.messages, handles=handles, papers=matters.papers)
    return page(
        request,
        agency,
        "requests/case",
        "requests",
        c=case,
        case=row,
        mark=mark_of(case),
        result=result_of(case),
        who=masked(row.applicant, row.requester_kind),
        kind=KINDS[row.requester_kind].label,
        channel=CHANNELS[row.channel],
        buttons=offered,
        lead=next((one for one in offered if not one.last), None),
        others=others(case),
        personal=bool(may(actor, "requests.personal", row)),
        handles=handles,
        amends=bool(may(actor, "requests.register", row)),
        splits=case_may_be_split(case) and bool(may(actor, "requests.register", agency)),
        matters=matters,
        cancels=case_may_be_split(case) and bool(may(actor, "requests.cancel", row)),
        adds=bool(may(actor, "requests.papers", row)),
        sees_remedies=sees_remedies,
        packs=bool(may(actor, "requests.pack", row)),
        remedies=remedies_about(row) if sees_remedies else [],
        edits_remedies=bool(may(actor, "remedy.edit", agency)),
    )


def case_may_be_split(case: Case) -> bool:
    """Before anything else was done with it."""
    return case.request.state in ("handling", "unconfirmed") and len(case.events) <= 2


@require_safe
@of_agency("requests.view")
def clock(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """期限说明: the steps of the period in words, to be printed for the file."""
    case = case_page(case_at(agency, pk), actor_of(request))
    return page(request, agency, "requests/clock", "requests", c=case, case=case.request)


@require_safe
@of_agency("requests.view")
def person(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """申请人资料: who asks and how to reach them; every look is written down."""
    row = case_at(agency, pk)
    look_at_personal(request, "requests.personal", row, page=request.path)
    return page(
        request,
        agency,
        "requests/person",
        "requests",
        case=row,
        kind=KINDS[row.requester_kind].label,
        facts=requester_of(row),
        amended=[
            (one, [(label_of(name), *change) for name, change in one.changes.items()])
            for one in amendments_of(row)
        ],
        amends=bool(may(actor_of(request), "requests.register", row)),
    )


@require_safe
@of_agency("requests.view")
def alike_ones(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """可能相同的申请: what the same requester asked before, what others asked alike, how it was answered; how many
    requests of the month this is."""
    row = case_at(agency, pk)
    return page(
        request, agency, "requests/alike_page", "requests", case=row, alike=alike(row), charge=fee_count(row)
    )


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(_CASE, show, name="request"),
    path(f"{_CASE}alike/", alike_ones, name="request-alike"),
    path(f"{_CASE}clock/", clock, name="request-clock"),
    path(f"{_CASE}person/", person, name="request-person"),
]
