"""A request as the requester sees it, who knows its number and its tracking code: nobody else's, and nothing of the
office's own work."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.states import CLOSED, WAITING

from .actions.online import ASKED
from .charges import last_day_to_pay, notice_received
from .course_words import Told, course_of
from .deadlines import deadline_of
from .letters.catalogue import KIND_BY_SLUG
from .letters.from_acts import LETTER_OF_ACT
from .models import CasePaper, InfoRequest, Letter, RequesterMessage, RequestEvent
from .papers import disclosed_papers
from .reading import days_left

_BEHIND = re.compile(r"号[-‐-―－—].*$")
_BRACKETS = str.maketrans("[]()【】", "〔〕〔〕〔〕")
_NO_CODE = "-" * 12
_STATUS = {
    "unconfirmed": "等待与您确认",
    "awaiting_clarification": "等您补正",
    "awaiting_reasons": "等您说明理由",
    "awaiting_payment": "等您缴费",
    "answered": "已答复",
    "lapsed": "不再处理",
    "withdrawn": "已撤回",
    "archived": "已办结",
}
_NEXT = {
    "unconfirmed": "工作人员会与您联系，确认收到申请；从确认的第二天起计算答复期限。请留意电话。",
    "awaiting_clarification": "请按要求补正。收到补正后，答复期限重新计算；逾期不补正又没有正当理由的，不再处理。",
    "awaiting_reasons": "请说明理由；这段时间答复期限照常计算。",
    "awaiting_payment": "请在期限内缴费。缴清后答复期限重新计算；逾期不缴的，不再处理。",
    "consulting": "意见收齐以后继续办理，征求意见的时间不计入答复期限。",
    "signed": "答复已经作出，正在送达。",
    "answered": "对答复不服的，可以按答复书里写明的途径申请行政复议或者提起行政诉讼。",
    "lapsed": "需要这些信息的，可以重新提出申请。",
    "withdrawn": "需要这些信息的，可以重新提出申请。",
    "archived": "这件申请已经办结。",
}
_HANDLING = "工作人员正在办理，办好以后按您选的方式送达答复。"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the requester is asked for now: its title, the points, the last day, the button's words."""

    kind: str
    title: str
    button: str
    lines: list[str]
    until: str


@dataclass(frozen=True, slots=True)
class RequesterView:
    """All the requester's page shows."""

    request: InfoRequest
    status: str
    course: list[Told]
    next: str
    due: date | None
    provisional: bool
    left: int | None
    late_by: int
    ask: Ask | None
    can_withdraw: bool
    letters: list[Letter]
    papers: list[CasePaper]
    messages: list[RequesterMessage]
    parts: list[InfoRequest] = field(default_factory=list)

    @property
    def sent(self) -> bool:
        """True while something the requester sent waits for the office."""
        return any(one.taken_on is None for one in self.messages)


def find_case(agency: Agency, number: str, code: str) -> InfoRequest | None:
    """The request with this number, if the tracking code is its own. The same work and the same answer whether the
    number or the code is wrong."""
    found = InfoRequest.objects.filter(agency=agency, number__in=_as_typed(number)).first()
    own = (found.tracking_code if found else "") or _NO_CODE
    given = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
    fits = hmac.compare_digest(own.encode(), given.encode())
    return found if fits else None


def _as_typed(number: str) -> set[str]:
    """The numbers that may be meant: as typed; without blanks, in plain letters and digits and in the brackets of the
    register, in capitals or small; without what a letter has behind it (…号-告)."""
    typed = number.strip()
    plain = unicodedata.normalize("NFKC", "".join(typed.split())).translate(_BRACKETS)
    short = _BEHIND.sub("号", plain)
    meant = (
        {typed, plain, short}
        | {one.upper() for one in (plain, short)}
        | {one.lower() for one in (plain, short)}
    )
    return {one[:60] for one in meant}


def case_of(agency: Agency, pk: int) -> InfoRequest | None:
    """The request that a visitor proved before to know the code of; None when it is not there any more."""
    return InfoRequest.objects.select_related("agency").filter(agency=agency, pk=pk).first()


def requester_view(request: InfoRequest, today: date) -> RequesterView:
    """The request for its requester, in a handful of queries."""
    events = list(request.events.all())
    known = calendar()
    found = deadline_of(request, events, list(request.consultations.all()), known, as_of=today)
    is_open = request.state not in CLOSED
    left, late = days_left(found, request, today, known)
    return RequesterView(
        request=request,
        status=_STATUS.get(request.state, "办理中"),
        course=course_of(request, events),
        next=_NEXT.get(request.state, _HANDLING),
        due=found.due if found and is_open and request.state not in WAITING else None,
        provisional=bool(found and found.provisional),
        left=left,
        late_by=late,
        ask=_ask(request, events),
        can_withdraw=is_open,
        letters=letters_for_requester(request, events),
        papers=disclosed_papers(request, events),
        messages=list(request.messages.select_related("file")),
        parts=list(request.parts.order_by("id")),
    )


def _ask(request: InfoRequest, events: list[RequestEvent]) -> Ask | None:
    kind = ASKED.get(request.state)
    act = {"clarification": "ask_clarification", "reasons": "ask_reasons", "payment": "give_fee_notice"}
    event = next((one for one in reversed(events) if kind and one.act == act[kind]), None)
    if kind is None or event is None:
        return None
    data = event.data
    until = in_words(date.fromisoformat(data["until"])) if data.get("until") else ""
    if kind == RequesterMessage.Kind.CLARIFICATION:
        lines = [*data.get("points", []), *([data["guidance"]] if data.get("guidance") else [])]
        return Ask(kind, "请您补正", "去补正", lines, until)
    if kind == RequesterMessage.Kind.REASONS:
        return Ask(kind, "请您说明理由", "去说明理由", [data.get("facts", "")], until)
    last, received = date.fromisoformat(data["until"]), notice_received(request)
    if received is None:
        when = (
            f"期限从您收到收费通知书的次日起算 20 个工作日，最早到{until}为止"
            "（通知当天就收到的）；收到得晚的，期限相应往后。"
        )
    else:
        until = in_words(last_day_to_pay(last, received, calendar()))
        when = f"您在{in_words(received)}收到收费通知书，从次日起算 20 个工作日，到{until}为止。"
    told = [f"应缴 {data.get('yuan')} 元。", *data.get("lines", []), when]
    told.append(f"怎样缴：{data.get('pay_how') or '见收费通知书，或者打电话询问。'}")
    return Ask(kind, "请您缴费", "告诉我们已经缴费", told, until)


def letters_for_requester(request: InfoRequest, events: list[RequestEvent] | None = None) -> list[Letter]:
    """The letters that are the requester's to have, the newest version of each.

    An answer only once it was served, as it was at that time; a letter of the procedure once its act was done. Never
    what is still being drafted, nor what was written to others.
    """
    done = list(request.events.all()) if events is None else events
    acts = {event.act for event in done}
    services = _services(request, done)
    newest: dict[tuple[object, ...], Letter] = {}
    for letter in request.letters.select_related("pdf").order_by("made_at", "id"):
        kind = KIND_BY_SLUG.get(letter.kind)
        if kind is None or kind.to != "requester":
            continue
        if kind.reply is not None and not _told_by(kind.slug):
            for n, (slug, signed, served) in enumerate(services):
                if slug == kind.reply.slug and signed <= letter.made_at <= served:
                    newest[("reply", n)] = letter
        elif _told_by(kind.slug) & acts:
            newest[(letter.kind, letter.number)] = letter
    return sorted(newest.values(), key=lambda letter: letter.pk)


def _told_by(letter: str) -> set[str]:
    """The acts one of which must have been done before a letter of this kind is the requester's."""
    if letter == "consultation_notice":
        return {"consult_third_party", "consult_agency", "consult_joint_makers"}
    return {act for act, slug in LETTER_OF_ACT.items() if slug == letter}


def _services(request: InfoRequest, events: list[RequestEvent]) -> list[tuple[str, datetime, datetime]]:
    """Every service of an answer: the kind of reply, when its draft was signed, when it was written down as served."""
    if not any(event.act == "serve" for event in events):
        return []
    replies = dict(request.decisions.values_list("number", "reply"))
    found, signed = [], None
    for event in events:
        if event.act == "sign":
            signed = event.at
        elif event.act == "serve" and signed is not None:
            found.append((replies.get(event.data.get("decision"), ""), signed, event.at))
    return found


def title_of(letter: Letter) -> str:
    """The letter's title."""
    return KIND_BY_SLUG[letter.kind].title
