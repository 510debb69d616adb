"""What may be done on this platform, and in which seats: one table, asked by one function.

A room adds its acts to ACTS and asks `may` (or does its work under `acting`, which asks). Pages, acts, files, the
administration pages and the interface for programs all ask here, and nowhere else is a seat compared with a kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from gongkai.audit.trail import record

from .actor import Actor
from .models import ADMINISTRATORS, BUSINESS, REVIEWERS, Agency, Kind, Seat
from .ties import tie_of

NOBODY: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done: in which seats of the agency it concerns, of an office above it, of the site.

    `personal`: looking at it shows personal data, so that every look is written down (个人信息保护法第五十一条).
    `system`: the platform's own jobs and commands may do it. `reads`: nothing is changed, so an agency's successor
    may do it to the records of its predecessor. `finishes`: a successor may as well, for the last two years of it:
    the annual report of an agency that is no more still has to be made.
    `section`: seats that may only for what belongs to their own section. `holder`: whoever holds the seat concerned
    may. `deputy`: and so may whoever stands in for the holder.
    `ranked`: the thing is a seat. Out of reach are the seats that rank above one's own, for a deputy the seat stood
    in for, and for the system and audit administrators their own: those only the security administrator gives.
    """

    slug: str
    label: str
    own: frozenset[Kind] = NOBODY
    above: frozenset[Kind] = NOBODY
    site: frozenset[Kind] = NOBODY
    personal: bool = False
    system: bool = False
    section: frozenset[Kind] = NOBODY
    holder: bool = False
    deputy: bool = False
    ranked: bool = False
    reads: bool = False
    finishes: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """All seats that may, wherever they are."""
        return self.own | self.above | self.site | self.section


def _of(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


_DECIDERS = _of(Kind.CLERK, Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD)
_CASEWORK = _DECIDERS | frozenset(REVIEWERS) | {Kind.SECTION_HEAD}
_SITE_PEOPLE = _of(Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN)
_ABOVE = _of(Kind.SUPERVISOR)

_TABLE = (
    Act("desk.view", "打开工作台", own=BUSINESS, reads=True),
    Act("site.view", "打开系统管理", site=_of(Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN)),
    # Agencies and sections
    Act("agency.view", "查看机关资料", own=BUSINESS, above=_ABOVE, site=_SITE_PEOPLE, reads=True),
    Act(
        "agency.edit",
        "修改机关资料",
        own=_of(Kind.CLERK, Kind.OGI_HEAD),
        site=_of(Kind.SYSTEM_ADMIN),
        system=True,
    ),
    Act("agency.create", "新增机关", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("agency.reform", "机关更名、合并、撤销", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("agency.welcome", "收起第一周清单", own=_of(Kind.CLERK, Kind.OGI_HEAD)),
    Act("section.edit", "设置股室", own=_of(Kind.OGI_HEAD), site=_of(Kind.SYSTEM_ADMIN), system=True),
    # People and seats: the system administrator makes accounts, the security administrator gives rights
    Act("person.view", "查看人员", site=_SITE_PEOPLE, personal=True),
    Act("person.create", "新增人员", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("person.edit", "修改人员资料、停用账号", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("person.secure", "重置密码、解锁、解除第二因素", site=_of(Kind.SECURITY_ADMIN), system=True),
    Act("person.rescue", "在服务器上重置登录", system=True),
    Act("seat.view", "查看岗位", own=BUSINESS, site=_SITE_PEOPLE, reads=True),
    Act("seat.propose", "提出拟授岗位", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("seat.give", "设立、授予、撤销岗位", site=_of(Kind.SECURITY_ADMIN), system=True),
    Act(
        "seat.hand_over",
        "移交岗位",
        own=_of(Kind.OGI_HEAD, Kind.HEAD),
        section=_of(Kind.SECTION_HEAD),
        site=_of(Kind.SECURITY_ADMIN),
        system=True,
        holder=True,
        ranked=True,
    ),
    Act(
        "seat.deputise",
        "安排代班",
        own=_of(Kind.OGI_HEAD, Kind.HEAD),
        section=_of(Kind.SECTION_HEAD),
        site=_of(Kind.SECURITY_ADMIN),
        system=True,
        holder=True,
        ranked=True,
    ),
    # The trail, the outbox, files, tasks
    Act("audit.view", "查看审计记录", site=_of(Kind.AUDIT_ADMIN), personal=True),
    # An export is an act with an entry of its own, which names what was asked for.
    Act("audit.export", "导出审计记录", site=_of(Kind.AUDIT_ADMIN), system=True),
    Act("audit.verify", "验证审计记录", site=_of(Kind.AUDIT_ADMIN), system=True),
    Act("audit.checkpoint", "记下审计摘要值", system=True),
    Act("audit.retire", "清理过期审计记录", site=_of(Kind.AUDIT_ADMIN), system=True),
    Act("audit.view_own", "查看本机关的操作记录", own=_of(Kind.OGI_HEAD, Kind.HEAD), personal=True),
    Act("outbox.view", "查看发送情况", site=_of(Kind.SYSTEM_ADMIN)),
    Act("outbox.resend", "重新发送", site=_of(Kind.SYSTEM_ADMIN), system=True),
    Act("file.add", "上传文件", own=BUSINESS, system=True),
    Act("file.read", "下载文件", own=_CASEWORK, personal=True, reads=True),
    Act("file.remove", "删除文件", own=_of(Kind.CLERK, Kind.SECTION_HEAD, Kind.OGI_HEAD), system=True),
    Act("file.keys", "更换文件密钥", system=True),
    Act("file.tidy", "清理无主文件", system=True),
    Act("task.do", "办理交办事项", holder=True, deputy=True, system=True),
    Act("task.give", "交办事项", own=_DECIDERS, above=_ABOVE, system=True),
    Act("task.withdraw", "撤回交办事项", own=_DECIDERS, above=_ABOVE, system=True),
    Act("dictionary.edit", "维护字典", site=_of(Kind.SYSTEM_ADMIN)),
    # Running the site
    Act("site.backup", "备份", system=True),
    Act("site.restore", "恢复备份", system=True),
    # Rooms
    Act("search.view", "搜索", own=BUSINESS, reads=True),
    Act("search.rebuild", "重建检索", system=True),
    Act("disclosure.view", "查看公开的信息", own=BUSINESS, above=_ABOVE, reads=True),
    Act("requests.view", "查看申请列表", own=_CASEWORK | {Kind.DRAFTER}, reads=True),
    Act("requests.personal", "查看申请人资料", own=_CASEWORK, personal=True, reads=True),
    Act("requests.register", "登记申请", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.recount", "重新计算期限", system=True),
    Act("requests.handle", "办理申请", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.papers", "放入案卷材料、写办理记录", own=_CASEWORK | {Kind.DRAFTER}, system=True),
    Act("requests.templates", "使用文书模板", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.extend", "同意延长答复期限", own=_of(Kind.OGI_HEAD)),
    Act("requests.draft", "拟答复", own=_of(Kind.CLERK, Kind.DRAFTER, Kind.SECTION_HEAD, Kind.OGI_HEAD)),
    Act("requests.review", "审核答复", own=_of(Kind.SECRECY_REVIEWER, Kind.POLICY_REVIEWER, Kind.OGI_HEAD)),
    Act("requests.sign", "签发答复", own=_of(Kind.LEADER, Kind.HEAD)),
    Act("ledger.publish", "导出公开用台账", own=_CASEWORK | {Kind.DRAFTER}, reads=True),
    Act("ledger.export", "导出内部用台账", own=_CASEWORK, reads=True),
    Act("ledger.import", "导入旧台账", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("remedy.view", "查看复议和诉讼", own=_CASEWORK, reads=True),
    Act("remedy.edit", "登记复议和诉讼", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("report.view", "查看年报", own=BUSINESS, above=_ABOVE, reads=True),
    Act("report.prepare", "编写年报", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True, finishes=True),
    Act("report.publish", "发布年报", own=_of(Kind.HEAD), finishes=True),
)
ACTS: dict[str, Act] = {act.slug: act for act in _TABLE}
"""Every act by its slug."""


class NotAllowed(PermissionDenied):
    """None of the actor's seats permits this; the message says which seat would."""

    def __init__(self, actor: Actor, act: Act, target: Any) -> None:
        super().__init__(_refusal(act))
        self.actor, self.act, self.target = actor, act, target


def _refusal(act: Act) -> str:
    able = "、".join(kind.label for kind in Kind if kind in act.kinds)
    return f"您的岗位不能“{act.label}”。" + (f"能办这件事的岗位：{able}。" if able else "")


@dataclass(frozen=True, slots=True)
class Permission:
    """The answer: truthy when permitted, with the seat that permits; `why` says in words why not."""

    granted: bool
    seat: Seat | None = None
    why: str = ""

    def __bool__(self) -> bool:
        return self.granted


def may(actor: Actor, act: str, target: Any = None) -> Permission:
    """May this actor do this to that? The only answer there is.

    `target` is an agency, or a thing with `agency_id` (and perhaps `section_id` or `seat`), or None for the site as
    a whole. A seat in a section reaches the section's things and those that have no section. Raises KeyError for an
    act that is not in the table: a misspelt act permits nothing.
    """
    rule = ACTS[act]
    if actor.is_system:
        return Permission(rule.system, why="" if rule.system else _refusal(rule))
    for seat in actor.seats:
        if _grants(rule, seat, target, stands_in=seat.pk in actor.deputising):
            return Permission(True, seat)
    return Permission(False, why=_refusal(rule))


def _grants(rule: Act, seat: Seat, target: Any, *, stands_in: bool) -> bool:
    """Does this seat, held or stood in for, permit the act there?"""
    kind, concerned = Kind(seat.kind), seat.pk == _seat_id_of(target)
    if rule.ranked and ((stands_in and concerned) or _ranks_above(target, kind)):
        return False
    if rule.holder and concerned and (rule.deputy or not stands_in) and (seat.agency_id or not rule.ranked):
        return True
    if seat.agency_id is None:
        return kind in rule.site
    agency_id, section_id = agency_id_of(target), getattr(target, "section_id", None)
    if seat.agency_id == agency_id:
        within = kind in rule.section and section_id is not None and seat.section_id == section_id
        return within or (kind in rule.own and _reaches(seat, section_id))
    if (
        kind in rule.own
        and _inherited(rule, target)
        and _reaches(seat, section_id)
        and _succeeds(seat, agency_id)
    ):
        return True
    return kind in rule.above and _is_above(seat, agency_id)


def _seat_id_of(target: Any) -> int | None:
    return target.pk if isinstance(target, Seat) else getattr(target, "seat_id", None)


def _reaches(seat: Seat, section_id: int | None) -> bool:
    return not section_id or seat.section_id in (None, section_id)


_RANKS = {Kind.HEAD: 3, Kind.LEADER: 2, Kind.OGI_HEAD: 1}


def _ranks_above(target: Any, kind: Kind) -> bool:
    if not isinstance(target, Seat) or target.agency_id is None or kind in ADMINISTRATORS:
        return False
    return _RANKS.get(Kind(target.kind), 0) > _RANKS.get(kind, 0)


def _succeeds(seat: Seat, agency_id: int | None) -> bool:
    """True when that agency was merged into the seat's, directly or step by step."""
    return _leads_to(seat.agency_id, agency_id, "successor_id")


def _inherited(rule: Act, target: Any) -> bool:
    """True for what a successor may do: read, and finish what tells of the year of the end or the one before."""
    if rule.reads or not rule.finishes:
        return rule.reads
    year = getattr(target, "year", None)
    here = agency_id_of(target) or 0
    tie = tie_of(here)
    ended = tie.ended_on if tie else None
    return ended is not None and (year is None or ended.year - 1 <= year <= ended.year)


def _is_above(seat: Seat, agency_id: int | None) -> bool:
    """True when the seat's agency supervises that agency, directly or through another office."""
    return _leads_to(seat.agency_id, agency_id, "supervisor_id")


def _leads_to(goal: int | None, agency_id: int | None, link: str) -> bool:
    seen: set[int] = set()
    here = agency_id
    while here is not None and here not in seen:
        seen.add(here)
        tie = tie_of(here)
        here = getattr(tie, link) if tie else None
        if here is not None and here == goal:
            return True
    return False


def require(actor: Actor, act: str, target: Any = None) -> Permission:
    """The permission; raises `NotAllowed` where there is none."""
    found = may(actor, act, target)
    if not found:
        raise NotAllowed(actor, ACTS[act], target)
    return found


@dataclass(slots=True)
class Doing:
    """An act under way: `target` and `detail` are what the trail will say of it."""

    actor: Actor
    act: Act
    seat: Seat | None
    target: Any
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def acting(actor: Actor, act: str, target: Any = None, **detail: Any) -> Iterator[Doing]:
    """Do an act: the right is asked, all that is written inside is one transaction, and the trail is part of it.

    The entry is written last, so that the trail's lock is held for the shortest time and always taken last; the
    entries of acts done inside another wait for its end. Never put into `detail` what must not stay for ever: no
    passwords, no identity numbers. Raises `NotAllowed`.
    """
    permission = require(actor, act, target)
    doing = Doing(actor, ACTS[act], permission.seat, target, dict(detail))
    inside = _under_way.get()
    token = _under_way.set(True)
    try:
        with transaction.atomic():
            yield doing
            if inside:
                transaction.on_commit(_Later(doing))
            else:
                for later in _waiting():
                    note(later)
                note(doing)
    finally:
        _under_way.reset(token)


@contextmanager
def several() -> Iterator[None]:
    """Several acts in one transaction, all or none: their entries are written at its end, in their order, so that
    the trail's lock is taken last here too."""
    inside = _under_way.get()
    token = _under_way.set(True)
    try:
        with transaction.atomic():
            yield
            if not inside:
                for later in _waiting():
                    note(later)
    finally:
        _under_way.reset(token)


_under_way: ContextVar[bool] = ContextVar("acting", default=False)


class _Later:
    """An act done inside another: its entry waits for the end of the outer one. Were it written at once, the
    trail would stay locked while the outer act still waits for rows that others hold.

    Kept among the functions to be called on commit, since Django drops those of a part that is rolled back.
    """

    def __init__(self, doing: Doing) -> None:
        self.doing: Doing | None = doing

    def __call__(self) -> None:
        """Nothing is left to be done on commit."""


def _waiting() -> Iterator[Doing]:
    for _, function, *_ in connection.run_on_commit:
        if isinstance(function, _Later) and function.doing is not None:
            doing, function.doing = function.doing, None
            yield doing


def note(doing: Doing) -> None:
    """Write the act into the trail, inside the transaction that is open."""
    agency_id = agency_id_of(doing.target)
    record(
        doing.actor.who(doing.seat, agency_id), doing.act.slug, doing.act.label, doing.target, **doing.detail
    )


def agency_id_of(target: Any) -> int | None:
    """Whose thing this is; None for what belongs to the site."""
    return target.pk if isinstance(target, Agency) else getattr(target, "agency_id", None)


def note_view(actor: Actor, act: str, target: Any, seat: Seat | None, **detail: Any) -> None:
    """Write down that personal data was looked at, in a transaction of its own."""
    with transaction.atomic():
        note(Doing(actor, ACTS[act], seat, target, dict(detail)))


def note_refusal(refused: NotAllowed) -> None:
    """Write down that somebody tried what the seats do not permit."""
    agency_id = agency_id_of(refused.target)
    with transaction.atomic():
        record(
            refused.actor.who(None, agency_id),
            refused.act.slug,
            refused.act.label,
            refused.target,
            result="refused",
        )
