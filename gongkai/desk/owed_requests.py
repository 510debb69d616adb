"""What is owed on requests: to confirm, to answer, to review, to sign, to serve; and whom others are waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.agencies.rights import may
from gongkai.inforequests.actions.deciding import others_who_review
from gongkai.inforequests.actions.recount import counting_anew
from gongkai.inforequests.lapsing import Asked, over_since
from gongkai.inforequests.messages import waiting_messages
from gongkai.inforequests.queries import InfoRequest, open_requests, overdue_opinions
from gongkai.inforequests.returned import Returned, returned_drafts
from gongkai.inforequests.unwritten import Unwritten, unwritten_of
from gongkai.statute.days import in_words

from .links import link
from .todo import Desk, Todo, owed_at

MOST = 50
"""How many cases the desk shows; the list of requests shows all."""


@dataclass(frozen=True, slots=True)
class _Owed:
    """What a state asks for: the right, the sentence, why, the page with its button, who is waited for otherwise."""

    right: str
    title: str
    why: str
    page: str
    button: str
    waits: str
    pressing: bool = False
    first: bool = False


_OF_STATE = {
    "unconfirmed": _Owed(
        "requests.handle",
        "与申请人确认收到",
        "《条例》第三十一条：当日确认；确认之日为收到申请之日，期限从次日起算。",
        "request",
        "去登记确认",
        "经办员与申请人确认",
        pressing=True,
    ),
    "handling": _Owed(
        "requests.draft",
        "办理并答复",
        "《条例》第三十三条：不能当场答复的，自收到申请之日起20个工作日内答复。",
        "request",
        "打开这件申请",
        "经办员办理",
    ),
    "in_review": _Owed(
        "requests.review",
        "审核答复",
        "《条例》第十七条：公开前要审查。期限在走。",
        "request-review",
        "去审核",
        "审核人审核",
        first=True,
    ),
    "awaiting_signature": _Owed(
        "requests.sign",
        "签发答复",
        "审核已经通过。期限走到送达为止。",
        "request-review",
        "去签发",
        "负责人签发",
        first=True,
    ),
    "signed": _Owed(
        "requests.handle",
        "送达答复",
        "答复已经签发，以寄出或者申请人签收之日为答复之日。",
        "request-serve",
        "去送达",
        "经办员送达",
        pressing=True,
    ),
}
_OF_STATE["awaiting_reasons"] = _OF_STATE["handling"]
_ALONE = _Owed(
    "requests.sign",
    "审核并签发答复",
    "本机关没有另外的审核人，由签发人一并审核。期限在走。",
    "request-review",
    "去审核、签发",
    "负责人审核并签发",
    first=True,
)
_WAITING = {
    "awaiting_clarification": ("申请人补正", "收到补正后，期限重新计算。"),
    "awaiting_payment": ("申请人缴费", "缴清后，期限重新计算。"),
    "consulting": ("被征求意见的一方答复", "征求意见所需时间不计入期限。"),
}
_HELD = {"awaiting_clarification", "awaiting_reasons", "awaiting_payment", "consulting"}
"""States in which nobody is waited for as long as an answer lies here unread, an opinion is overdue, or the letter was
not made."""


@owed_at
def requests(desk: Desk) -> Iterator[Todo]:
    """Open cases, to whoever has to act on them; what waits for somebody else, to who handles or reads it."""
    if not may(desk.actor, "requests.view", desk.agency):
        return
    cases = list(open_requests(desk.agency)[: MOST + 1])
    for case in cases:
        case.agency = desk.agency
    answered = _sent_online(desk) | _overdue(desk)
    told = _lapsed(desk) | answered
    yield from told.values()
    alone = _signs_alone(desk, cases[:MOST])
    owing, returned = unwritten_of(cases[:MOST]), returned_drafts(cases[:MOST])
    for case in cases[:MOST]:
        writes = case.pk not in answered and may(desk.actor, "requests.handle", case)
        letters = owing.get(case.pk, []) if writes else []
        for letter in letters:
            yield _to_write(desk, case, letter)
        if case.state in _HELD and (case.pk in told or letters):
            continue
        if case.pk in returned and may(desk.actor, "requests.draft", case):
            yield _to_mend(desk, case, returned[case.pk])
            continue
        todo = _todo(desk, case, case.pk in alone)
        if todo is not None:
            yield todo
    if any(case.due_on for case in cases) and counting_anew():
        yield Todo(
            "放假安排刚有变动，正在重新计算答复期限。",
            "几分钟内算好，改了的会告诉您。在那以前列表里的期限先看作暂定；案件页上的已经是新的。",
            link("requests", desk.agency.slug),
            "打开申请列表",
            waits_for="平台重新计算",
        )
    if len(cases) > MOST:
        yield Todo(
            f"没有办结的申请超过 {MOST} 件，这里只列期限最近的。",
            "其余的请在申请列表里看。",
            link("requests", desk.agency.slug),
            "打开申请列表",
        )


def _sent_online(desk: Desk) -> dict[int, Todo]:
    """What requesters answered online and nobody has confirmed, by case; one query however much it is."""
    found: dict[int, Todo] = {}
    for one in waiting_messages(desk.agency)[:MOST]:
        case = one.request
        case.agency = desk.agency
        if case.pk in found or not may(desk.actor, "requests.handle", case):
            continue
        found[case.pk] = Todo(
            f"申请人在网上提交了“{one.get_kind_display()}”：{case.number}（{_short(one.text)}）",
            "请看过、与申请人确认以后登记。登记以前，申请人看到的是“等工作人员确认”。",
            link("request-online-take", desk.agency.slug, case.pk, one.pk),
            "去确认登记",
            due_on=case.due_on if case.state == "awaiting_reasons" else None,
            pressing=True,
        )
    return found


_LAPSED = {
    "lapse_no_clarification": (
        "补正期限已过",
        "没有正当理由不补正的，登记“逾期不补正，不再处理”；有正当理由的，等申请人补正。",
    ),
    "receive_reasons": ("说明理由的期限已过", "没有说明的，登记没有说明；答复期限照常在走。"),
    "lapse_no_payment": (
        "缴费期限已过",
        "没有缴的，登记“逾期不缴费，不再处理”；缴了的，登记缴费。",
    ),
}


def _lapsed(desk: Desk) -> dict[int, Todo]:
    """Cases whose requester let the last day pass, from the day after; a handful of queries however many."""
    found: dict[int, Todo] = {}
    for one in over_since(desk.day, desk.agency)[:MOST]:
        case = one.request
        case.agency = desk.agency
        if may(desk.actor, "requests.handle", case):
            found[case.pk] = _over(desk, one)
    return found


def _over(desk: Desk, one: Asked) -> Todo:
    case, (lead, then) = one.request, _LAPSED[one.act]
    why = f"到{in_words(one.last)}为止。{then}"
    if not one.sure:
        lead, why = "缴费期限可能已过", f"最早到{in_words(one.last)}为止，要看申请人哪天收到通知。{then}"
    if not one.told:
        why += "告知的文书还没有登记寄出：没有寄出的，请先寄出，不能按逾期处理。"
    return Todo(
        f"{lead}：{case.number}（{_short(case.content)}）",
        why,
        link("request-act", desk.agency.slug, case.pk, one.act),
        "去登记",
        due_on=case.due_on if case.state == "awaiting_reasons" else None,
        pressing=True,
    )


def _overdue(desk: Desk) -> dict[int, Todo]:
    """Cases that wait for an opinion whose time is over; one query however many."""
    found: dict[int, Todo] = {}
    for one in overdue_opinions(desk.day, desk.agency)[:MOST]:
        case = one.request
        case.agency = desk.agency
        if case.pk in found or not may(desk.actor, "requests.handle", case):
            continue
        found[case.pk] = Todo(
            f"登记意见：{case.number}（{_short(case.content)}）",
            "征求意见的期限已满，以后的日子要计入答复期限。没有答复的，登记“逾期没有答复”。",
            link("request-opinion", desk.agency.slug, case.pk, one.pk),
            "去登记意见",
            pressing=True,
        )
    return found


def _to_write(desk: Desk, case: InfoRequest, letter: Unwritten) -> Todo:
    """A letter that was announced and not made: nothing left the house."""
    return Todo(
        f"制作并寄出{letter.words}：{case.number}（{_short(case.content)}）",
        "已经登记了，但文书还没有制作，对方还不知道。制作以后在“今日寄发”里登记寄出。",
        link("request-letter-new", desk.agency.slug, case.pk, letter.kind),
        "去制作文书",
        pressing=True,
    )


def _to_mend(desk: Desk, case: InfoRequest, returned: Returned) -> Todo:
    """A draft that came back, with the reason, to be mended where it was written."""
    return Todo(
        f"{returned.words}：{case.number}（{_short(returned.reason)}）",
        f"{returned.words}的原因：{returned.reason}　改好以后再送审核。期限在走。",
        link("request-draft", desk.agency.slug, case.pk, returned.reply),
        "去修改答复稿",
        due_on=case.due_on,
        pressing=True,
    )


def _short(text: str) -> str:
    return f"{text[:24]}{'…' if len(text) > 24 else ''}"


def _signs_alone(desk: Desk, cases: list[InfoRequest]) -> set[int]:
    """The cases, by number, whose draft this signer reviews too, as nobody else can."""
    drafts = [one for one in cases if one.state == "in_review" and may(desk.actor, "requests.sign", one)]
    return {number for number, able in others_who_review(drafts, desk.actor).items() if not able}


def _todo(desk: Desk, case: InfoRequest, alone: bool) -> Todo | None:
    about = f"{case.number}（{_short(case.content)}）"
    url = link("request", desk.agency.slug, case.pk)
    handles = bool(may(desk.actor, "requests.handle", case))
    if case.state in _WAITING:
        whom, why = _WAITING[case.state]
        return Todo(f"等{whom}：{about}", why, url, "打开这件申请", waits_for=whom) if handles else None
    owed = _OF_STATE[case.state]
    if alone:
        owed = _ALONE
    if not may(desk.actor, owed.right, case):
        if not handles:
            return None
        return Todo(
            f"等{owed.waits}：{about}", owed.why, url, "打开这件申请", case.due_on, waits_for=owed.waits
        )
    to = link(owed.page, desk.agency.slug, case.pk)
    if case.state == "unconfirmed":
        to = link("request-act", desk.agency.slug, case.pk, "confirm_receipt")
    return Todo(
        f"{owed.title}：{about}",
        owed.why,
        to,
        owed.button,
        due_on=case.due_on,
        pressing=owed.pressing,
        first=owed.first,
    )
