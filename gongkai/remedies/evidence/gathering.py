"""From a case to the sections of its pack, in the order in which an organ of reconsideration or a court reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.inforequests.despatch import sendings_of
from gongkai.inforequests.models import CasePaper, Decision, InfoRequest, RequestEvent
from gongkai.inforequests.papers import papers_of
from gongkai.inforequests.queries import requester_of
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.days import in_words
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.outcomes import REPLY_BY_SLUG
from gongkai.statute.requesters import BY_SLUG as KINDS

from ..models import Remedy
from ..queries import remedies_about
from . import course
from .parts import Block, Facts, Material, Paper, Section, Table, Words

FROM_REQUESTER, SEARCH, OPINIONS, SERVICE, OTHER = (
    ("application", "envelope", "identity", "authorisation", "supplement", "phone"),
    ("search",),
    ("opinion",),
    ("service",),
    ("material", "other"),
)
"""In which section a paper stands, by its kind; one of a kind not named here stands with the others."""
_NAMED = frozenset((*FROM_REQUESTER, *SEARCH, *OPINIONS, *SERVICE))


def day_words(day: date | None) -> str:
    """The day in words, a dash for none."""
    return in_words(day) if day else "—"


def gather(request: InfoRequest, day: date) -> Material:
    """Everything the file of the case holds on `day`; a fixed number of queries however long it has gone on."""
    events = list(request.events.all())
    consultations = list(request.consultations.all())
    decisions = list(
        request.decisions.select_related("drafted_by").prefetch_related("reviews__person").order_by("number")
    )
    papers = list(papers_of(request))
    sections = [
        Section("办理过程", course.course_of(events)),
        Section("答复期限的计算", course.clock_of(request, events, consultations)),
        _asked(request, papers),
        Section("检索记录", _searched(decisions), _of_kind(papers, SEARCH)),
        Section("征求意见", course.consulted(consultations), _of_kind(papers, OPINIONS)),
        Section("文书", [], _letters(request)),
        _served(request, events, papers),
        Section("审核和签发", _signed(decisions)),
        Section("行政复议、行政诉讼", _remedies(remedies_about(request))),
        Section("其他材料", [], [_paper(one) for one in papers if one.kind not in _NAMED]),
    ]
    return Material(_cover(request, day), [one for one in sections if one.blocks or one.papers])


def _cover(request: InfoRequest, day: date) -> list[tuple[str, str]]:
    return [
        ("编号", request.number),
        ("机关", request.agency.name),
        ("收到申请之日", day_words(request.received_on)),
        ("办理状态", request.get_state_display()),
        ("办结之日", day_words(request.closed_on)),
        ("制作之日", day_words(day)),
    ]


def _asked(request: InfoRequest, papers: Iterable[CasePaper]) -> Section:
    channel = CHANNELS.get(request.channel)
    facts = [
        *requester_of(request),
        ("申请人类别", KINDS[request.requester_kind].label if request.requester_kind in KINDS else ""),
        ("申请渠道", channel.label if channel else request.channel),
        ("提交之日", day_words(request.submitted_on)),
        ("到达之日", day_words(request.arrived_on)),
        ("与申请人确认之日", day_words(request.confirmed_on)),
        ("收到申请之日", day_words(request.received_on)),
        ("申请内容", request.content),
        ("提供形式", request.form_wanted),
        ("获取方式", request.obtain),
    ]
    told = [(label, value) for label, value in facts if value and value != "—"]
    sent = [
        (one.get_kind_display(), day_words(one.sent_on), one.text, one.set_aside or day_words(one.taken_on))
        for one in request.messages.all()
    ]
    blocks: list[Block] = [Facts(told)]
    if sent:
        table = Table(("类别", "提交之日", "内容", "处理"), sent)
        blocks += [Words("申请人网上提交的内容", head=True), table]
    return Section("申请", blocks, _of_kind(papers, FROM_REQUESTER))


def _served(request: InfoRequest, events: list[RequestEvent], papers: Iterable[CasePaper]) -> Section:
    """The receipts lie with the sendings they prove, others were put into the case."""
    sendings = sendings_of(request)
    proofs = [
        Paper(f"{one.letter.number}的送达凭证", one.proof, "送达凭证", dated=one.sent_on)
        for one in sendings
        if one.proof is not None and one.proof.removed_at is None
    ]
    return Section(
        "送达", [*course.served(events), *course.sent(sendings)], [*_of_kind(papers, SERVICE), *proofs]
    )


def _of_kind(papers: Iterable[CasePaper], kinds: tuple[str, ...]) -> list[Paper]:
    return [_paper(one) for one in papers if one.kind in kinds]


def _paper(one: CasePaper) -> Paper:
    name = one.get_kind_display() + (f"：{one.about}" if one.about else "")
    return Paper(f"{name}（{in_words(one.dated).partition('（')[0]}）", one.file, "案卷材料", dated=one.dated)


def _letters(request: InfoRequest) -> list[Paper]:
    found = []
    for letter in request.letters.select_related("word", "pdf").order_by("id"):
        again = f"，第{letter.version}版" if letter.version > 1 else ""
        title = letter.fields.get("标题") or "文书"
        name = f"{title}（{letter.number}，{in_words(letter.dated).partition('（')[0]}{again}）"
        found += [
            Paper(name, letter.pdf, "文书", dated=letter.dated),
            Paper(name, letter.word, "文书", shown=False, dated=letter.dated),
        ]
    return found


def _searched(decisions: Iterable[Decision]) -> list[Words | Table]:
    found: list[Words | Table] = []
    for one in decisions:
        rows = [
            tuple(str(row.get(key, "")) for key in ("where", "who", "terms", "on", "result"))
            for row in one.search
        ]
        if rows:
            found += [
                Words(f"第{one.number}稿答复的检索记录", head=True),
                Table(("在哪里", "谁", "检索词", "日期", "结果"), rows),
            ]
    return found


def _signed(decisions: Iterable[Decision]) -> list[Words | Table]:
    found: list[Words | Table] = []
    for one in decisions:
        reply = REPLY_BY_SLUG.get(one.reply)
        row = OUTCOMES[reply.outcome] if reply else None
        kind = f"{reply.label}（{row.row}{row.label}）" if reply and row else one.reply
        rows: list[tuple[str, ...]] = [("拟稿", one.drafted_by.name, course.moment(one.drafted_at), "")]
        for sign in one.reviews.all():
            who = (
                f"{sign.person.name}（{sign.seat}）"
                if sign.seat and sign.seat != sign.person.name
                else sign.person.name
            )
            said = ("同意" if sign.agreed else "退回") + (f"：{sign.opinion}" if sign.opinion else "")
            rows.append((sign.get_level_display(), who, course.moment(sign.at), said))
        found += [
            Words(f"第{one.number}稿：{kind}", head=True),
            Table(("环节", "谁", "时间", "意见"), rows),
            Words(f"签署内容的摘要值（SHA-256）：{one.digest}"),
        ]
    return found


def _remedies(cases: Iterable[Remedy]) -> list[Words | Facts]:
    found: list[Words | Facts] = []
    for one in cases:
        facts = [
            ("类别", one.get_track_display()),
            ("复议机关或者法院", one.organ),
            ("争议的事项", one.about),
            ("受理之日", day_words(one.accepted_on)),
            ("答复书、答辩状提交之日", day_words(one.answered_on)),
            ("审结之日", day_words(one.decided_on)),
            ("结果", one.get_result_display() or "尚未审结"),
            ("决定或者裁判的内容", one.decision),
            ("要求重新答复的最后一天", day_words(one.redo_by)),
        ]
        found += [Words(one.number, head=True), Facts([(k, v) for k, v in facts if v and v != "—"])]
    return found
