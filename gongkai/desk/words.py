"""Pages that explain: what the words mean, what the checks look at, what can be done where."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.statute.refs import Ref
from gongkai.statute.report.checks import Rule, all_checks
from gongkai.statute.report.checks.catalogue import SUBJECTS
from gongkai.statute.report.findings import LEVEL_WORDS

from .frame import actor_of, of_agency, page


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report or the ledger, what it means in a sentence or two, and the article behind it."""

    slug: str
    word: str
    meaning: str
    ref: Ref | None = None


TERMS: tuple[Term, ...] = (
    Term(
        "carried",
        "结转",
        "到12月31日还没有办完、转到下一年继续办的申请。今年的“上年结转”，各列都要等于去年年报的“结转下年度继续办理”。",
        Ref("report_format_2021"),
    ),
    Term(
        "relations",
        "勾稽关系",
        "表里的数之间必须成立的等式。例如第三部分的表，每一列都是：本年新收＋上年结转＝本年办理结果的总计＋结转下年度。",
        Ref("report_format_2021"),
    ),
    Term(
        "three-securities",
        "三安全一稳定",
        "国家安全、公共安全、经济安全、社会稳定。公开后可能危及其中一项的，不予公开。",
        Ref("ogi", 14),
    ),
    Term(
        "internal",
        "三类内部事务信息",
        "人事管理、后勤管理、内部工作流程三个方面的信息，可以不予公开。",
        Ref("ogi", 16),
    ),
    Term(
        "process",
        "四类过程性信息",
        "履行职责中形成的讨论记录、过程稿、磋商信函、请示报告，可以不予公开；法律、法规、规章规定应当公开的，从其规定。",
        Ref("ogi", 16),
    ),
    Term(
        "correction",
        "补正",
        "申请内容写得不明确时，在收到之日起7个工作日内一次性告知要补什么；答复的时间从收到补正后的申请之日起重新算。补正以后仍是同一件申请。",
        Ref("ogi", 30),
    ),
    Term(
        "number",
        "依申请公开编号",
        "登记一件申请时由平台给出的编号。当面提交和邮寄的申请也要录入平台，才有编号。",
    ),
    Term("addressee", "申请单位", "台账里指收到这件申请、负责答复的行政机关，不是提出申请的单位。"),
    Term(
        "processing-fee",
        "信息处理费",
        "申请的数量、频次明显超过合理范围时，行政机关可以收取的费用；没有收取也要在年报第六部分写明。",
        Ref("ogi", 42),
    ),
    Term(
        "seat",
        "岗位",
        "在一个机关里办事的位置，例如经办员、公开机构负责人、主要负责人。能办什么事看岗位，不看是谁；一个人可以有几个岗位。",
    ),
    Term(
        "cover",
        "代班",
        "请假、出差的几天里由另一个人在您的岗位上办事，到期自动停止。记录里会写明是代办的。",
    ),
    Term("handover", "移交", "岗位换人。手上没有办完的事跟着岗位走，接任的人接着办。"),
    Term("task", "交办", "把一件事交给一个岗位去办，写明要办什么、哪一天以前办完。办完以后会告诉交办的人。"),
    Term("notice", "消息", "平台告诉您的话：新交办的事、快到期的事、办理结果。也可以用邮件或者短信收到。"),
    Term(
        "second-factor",
        "第二因素",
        "登录时除了密码，再输入手机验证器上的六位数字。密码被别人知道了，别人也登录不了。管理员必须启用。",
    ),
    Term("backup-codes", "备用码", "手机不在身边时代替六位数字的一组码，每个只能用一次。请打印出来收好。"),
    Term(
        "trail",
        "审计记录",
        "谁、在什么岗位上、什么时候、从哪里、做了什么。只能增加，不能修改和删除；查看个人信息也会记下来。",
    ),
    Term(
        "administrators",
        "三个管理员",
        "系统管理员管账号和运行，安全管理员授予岗位，审计管理员查看记录。三个岗位由三个人分别担任，互相牵制。",
    ),
    Term("tentative", "暂定", "那一年的放假安排还没有公布，按平常的周末先算出来的日期；公布以后可能会变。"),
    Term(
        "working-days", "工作日", "按国家放假安排上班的日子，调休上班的周末也算，法定节假日和放假的日子不算。"
    ),
)


@require_safe
@of_agency("desk.view")
def words(request: HttpRequest, agency: Agency) -> HttpResponse:
    """词语解释: the words of the forms in plain sentences."""
    return page(request, agency, "words", "reports", terms=TERMS)


def _told(rule: Rule) -> tuple[str, str, str, str]:
    """A check as a row: what it looks at, how grave a breach is, what it rests on, its code. Not the rule
    itself: it can be called, and a template would."""
    return rule.title, LEVEL_WORDS[rule.level], str(rule.ref), rule.code


@require_safe
@of_agency("desk.view")
def checks(request: HttpRequest, agency: Agency) -> HttpResponse:
    """检查了哪些: every check with its sentence, by subject."""
    rules = all_checks()
    subjects = [
        (title, [_told(r) for r in rules if r.code.partition("-")[0] == subject])
        for subject, title in SUBJECTS.items()
    ]
    return page(request, agency, "checks", "reports", subjects=subjects, total=len(rules))


@require_safe
@of_agency("desk.view")
def help_page(request: HttpRequest, agency: Agency) -> HttpResponse:
    """帮助: what can be done where, and whom to ask."""
    return page(
        request,
        agency,
        "help",
        "",
        registers=bool(may(actor_of(request), "requests.register", agency)),
    )
