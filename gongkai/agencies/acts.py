"""The table of acts: what may be done on this platform, and in which seats. Asked by rights.py, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from .models import BUSINESS, REVIEWERS, Kind

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
_ABLE = _of(Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD)
"""Who may do any part of a review; which of them does which is the agency's own way of review."""
_DRAFTERS = _of(Kind.CLERK, Kind.DRAFTER, Kind.SECTION_HEAD, Kind.OGI_HEAD)
_SITE_PEOPLE = _of(Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN)
_ABOVE = _of(Kind.SUPERVISOR)
_HANDLERS = _of(Kind.CLERK, Kind.OGI_HEAD, Kind.SUPERVISOR)
_LISTENERS = _HANDLERS | _of(Kind.LEADER, Kind.HEAD)
_SCORERS = _of(Kind.SUPERVISOR, Kind.LEADER, Kind.HEAD)
"""Who handles messages of the public, and who may read them; who stands behind the points of an assessment."""

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
    # Whoever sent in a file of a draft of their own goes on with that one, without seeing those of cases.
    Act("file.redact", "检查和遮盖文件", own=_CASEWORK, personal=True, holder=True, deputy=True),
    Act("file.redact_draft", "送检自己起草的信息的附件", own=_CASEWORK | _DRAFTERS),
    Act("file.remove", "删除文件", own=_of(Kind.CLERK, Kind.SECTION_HEAD, Kind.OGI_HEAD), system=True),
    Act("file.keys", "更换文件密钥", system=True),
    Act("file.tidy", "清理无主文件", system=True),
    Act("task.do", "办理交办事项", holder=True, deputy=True, system=True),
    Act("task.give", "交办事项", own=_DECIDERS, above=_ABOVE, system=True),
    Act("task.withdraw", "撤回交办事项", own=_DECIDERS, above=_ABOVE, system=True),
    Act("dictionary.edit", "维护字典", site=_of(Kind.SYSTEM_ADMIN)),
    Act("words.edit", "维护本机关错敏词", own=_of(Kind.CLERK, Kind.OGI_HEAD)),
    # Running the site
    Act("site.backup", "备份", system=True),
    Act("site.restore", "恢复备份", system=True),
    # Rooms
    Act("search.view", "搜索", own=BUSINESS, reads=True),
    Act("search.rebuild", "重建检索", system=True),
    Act("disclosure.view", "查看公开的信息", own=BUSINESS, above=_ABOVE, reads=True),
    Act("disclosure.draft", "起草公开信息", own=_DRAFTERS),
    Act("disclosure.submit", "送审", own=_DRAFTERS),
    Act("disclosure.review_section", "初审", own=_of(Kind.SECTION_HEAD, Kind.OGI_HEAD)),
    Act("disclosure.review_text", "审查文字关", own=_of(Kind.TEXT_REVIEWER) | _ABLE),
    Act("disclosure.review_policy", "审查政策关", own=_of(Kind.POLICY_REVIEWER) | _ABLE),
    Act("disclosure.review_political", "审查政治关", own=_of(Kind.POLITICAL_REVIEWER) | _ABLE),
    Act("disclosure.review_secrecy", "审查保密关", own=_of(Kind.SECRECY_REVIEWER) | _ABLE),
    Act("disclosure.sign", "终审", own=_ABLE),
    Act("disclosure.refer", "报请确定能否公开", own=frozenset(REVIEWERS) | _ABLE),
    Act("disclosure.clear", "放行查出的内容", own=frozenset(REVIEWERS) | _ABLE),
    Act("disclosure.publish", "发布审查通过的信息", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("disclosure.withdraw", "撤回公开的信息", own=_ABLE),
    Act("disclosure.evaluate", "定期评估不公开的信息", own=_of(Kind.OGI_HEAD)),
    Act("disclosure.columns", "设置栏目", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("disclosure.route", "设置审查流程", own=_of(Kind.OGI_HEAD, Kind.HEAD)),
    Act(
        "disclosure.registers",
        "登记规范性文件、许可、处罚、强制和收费",
        own=_of(Kind.CLERK, Kind.OGI_HEAD),
        system=True,
    ),
    Act(
        "disclosure.personal",
        "查看台账里的相对人",
        own=_of(Kind.CLERK, Kind.OGI_HEAD),
        personal=True,
        reads=True,
    ),
    Act("disclosure.transfer", "移交档案馆、图书馆", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("disclosure.bring_in", "补录平台启用以前公开的信息", system=True),
    Act("disclosure.recount", "重新计算公开期限", system=True),
    Act("requests.view", "查看申请列表", own=_CASEWORK | {Kind.DRAFTER}, reads=True),
    Act("requests.personal", "查看申请人资料", own=_CASEWORK, personal=True, reads=True),
    Act("requests.register", "登记申请", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.recount", "重新计算期限", system=True),
    Act("requests.handle", "办理申请", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.papers", "放入案卷材料、写办理记录", own=_CASEWORK | {Kind.DRAFTER}, system=True),
    Act("requests.answer", "答复交办的查找", holder=True, deputy=True, system=True),
    Act("requests.convert", "处理转为主动公开的建议", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.templates", "使用文书模板", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.cancel", "编号作废", own=_of(Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD)),
    Act("requests.extend", "同意延长答复期限", own=_of(Kind.OGI_HEAD)),
    Act(
        "requests.draft",
        "拟答复、取回自己送审的答复稿",
        own=_of(Kind.CLERK, Kind.DRAFTER, Kind.SECTION_HEAD, Kind.OGI_HEAD),
    ),
    Act("requests.review", "审核答复", own=_of(Kind.SECRECY_REVIEWER, Kind.POLICY_REVIEWER, Kind.OGI_HEAD)),
    Act("requests.sign", "签发答复", own=_of(Kind.LEADER, Kind.HEAD)),
    Act("ledger.publish", "导出公开用台账", own=_CASEWORK | {Kind.DRAFTER}, reads=True),
    Act("ledger.export", "导出内部用台账", own=_CASEWORK, reads=True),
    Act("ledger.import", "导入旧台账", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("requests.pack", "制作证据材料卷", own=_CASEWORK, personal=True, reads=True),
    Act("remedy.view", "查看复议和诉讼", own=_CASEWORK, reads=True),
    Act("remedy.edit", "登记复议和诉讼", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("report.view", "查看年报", own=BUSINESS, above=_ABOVE, reads=True),
    Act("report.figure", "导出年报数字的明细", own=BUSINESS, above=_ABOVE, reads=True),
    Act("report.prepare", "编写年报", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True, finishes=True),
    Act("report.review", "审核年报", own=_of(Kind.OGI_HEAD), finishes=True),
    Act("report.sign", "签批年报", own=_of(Kind.LEADER, Kind.HEAD), finishes=True),
    Act("report.publish", "发布签批过的年报", own=_of(Kind.CLERK, Kind.OGI_HEAD), finishes=True),
    Act("report.submit", "报送年报、登记回执", own=_of(Kind.CLERK, Kind.OGI_HEAD), finishes=True),
    Act("report.archive", "年报归档、重新打开", own=_of(Kind.CLERK, Kind.OGI_HEAD), finishes=True),
    Act("inspection.view", "查看自查发现的问题", own=BUSINESS, above=_ABOVE, reads=True),
    Act("inspection.run", "现在检查", own=_of(Kind.CLERK, Kind.OGI_HEAD), system=True),
    Act("inspection.recheck", "复查自查发现的问题", own=_DRAFTERS | _ABLE, system=True),
    Act("inspection.explain", "对自查发现的问题说明理由", own=_ABLE),
    Act("inspection.guide", "核对公开指南", own=_of(Kind.CLERK, Kind.OGI_HEAD)),
    Act("inspection.limits", "设置自查限值", own=_of(Kind.OGI_HEAD, Kind.HEAD)),
    Act(
        "inspection.hand", "转交自查发现的问题", own=_of(Kind.CLERK, Kind.OGI_HEAD), holder=True, deputy=True
    ),
    Act("inspection.sheet", "季度自查表定稿", own=_of(Kind.OGI_HEAD, Kind.HEAD)),
    # Duties of the year; whoever holds the seat of a duty may tick it too
    Act("duty.view", "查看年度工作", own=BUSINESS, above=_ABOVE, reads=True),
    Act("duty.tick", "登记年度工作办理情况", own=_DECIDERS, holder=True, deputy=True, system=True),
    Act("duty.edit", "安排年度工作", own=_of(Kind.OGI_HEAD, Kind.HEAD, Kind.SUPERVISOR), system=True),
    # Messages of the public and complaints: an office above sees figures alone, never what its agencies were written
    Act("message.view", "查看留言和投诉清单", own=_LISTENERS, reads=True),
    Act("message.open", "查看一件留言、投诉", own=_LISTENERS, personal=True, reads=True),
    Act("message.count", "查看留言和投诉统计", own=BUSINESS, above=_ABOVE, reads=True),
    Act("message.receive", "登记留言、投诉", own=_HANDLERS, system=True),
    Act("message.handle", "办理留言、投诉", own=_HANDLERS, system=True),
    Act("message.review", "审核公开的答复", own=_ABLE),
    Act(
        "message.account",
        "向主管部门说明投诉情况",
        own=_of(Kind.CLERK, Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD),
    ),
    Act("message.periods", "设置留言办理期限", own=_of(Kind.OGI_HEAD, Kind.HEAD, Kind.SUPERVISOR)),
    Act("assessment.view", "查看考核方案和各机关得分", own=_SCORERS | _of(Kind.OGI_HEAD), reads=True),
    Act("assessment.edit", "编写考核方案", own=_of(Kind.SUPERVISOR)),
    Act("assessment.score", "统计、评定考核得分", own=_of(Kind.SUPERVISOR)),
    Act("assessment.decide", "决定考核异议、公布考核结果", own=_SCORERS),
    Act("assessment.own", "查看本机关考核得分", own=BUSINESS, reads=True),
    Act("assessment.object", "对考核得分提异议", own=_ABLE),
    Act("message.erase", "清除过期的留言人资料", system=True),
    # The office above: figures without personal data, and what it asks of an agency
    Act("board.view", "查看下级机关的情况", own=_ABOVE, above=_ABOVE, reads=True),
    Act("board.look", "核对已发布的年报", system=True),
    Act("order.view", "查看督办单", own=BUSINESS, above=_ABOVE, reads=True),
    Act("order.issue", "催办、退回年报、发督办意见", above=_ABOVE),
    Act("order.answer", "答复督办单", own=_DECIDERS),
    Act("order.close", "督办单销号、要求重新答复", above=_ABOVE),
)
ACTS: dict[str, Act] = {act.slug: act for act in _TABLE}
"""Every act by its slug."""
