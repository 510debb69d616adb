"""What the words of an old ledger mean: outcome, state, channel, kind of requester. Certain or not at all."""

from __future__ import annotations

import re

from ..channels import CHANNELS
from ..outcomes import OUTCOMES, REPLIES
from ..requesters import KINDS
from ..states import STATES
from .columns import squeezed

GENERAL_CLOSED = "closed"
"""A state word that says only that the case is finished: by an answer or not, its outcome tells."""


def _table(*rows: tuple[str, str]) -> dict[str, str]:
    return {squeezed(word): slug for slug, words in rows for word in words.split("、")}


_OUTCOMES: dict[str, str] = {
    **{squeezed(r.label): r.outcome for r in REPLIES},
    **{squeezed(f"{o.row}{o.label}"): o.slug for o in OUTCOMES},
    **{squeezed(o.label): o.slug for o in OUTCOMES},
    **_table(
        ("granted", "公开、同意公开、全部公开、已公开、给予公开"),
        ("partial", "部分公开、区分处理、部分予以公开"),
        ("denied_state_secret", "国家秘密"),
        ("unable_not_held", "本机关不掌握、不掌握相关政府信息、政府信息不存在"),
        ("reject_repeat", "重复申请"),
        ("other_other", "撤回、已撤回、申请人撤回、撤回申请、申请人撤回申请"),
    ),
}
_STATES: dict[str, str] = {
    **{squeezed(s.label): s.slug for s in STATES.values() if s.slug != "unregistered"},
    **_table(
        (GENERAL_CLOSED, "办结、已办结、已办、完成、已完成、办理完毕、已处理、结案、已结案"),
        ("answered", "已回复、已答复申请人、答复"),
        ("withdrawn", "撤回、申请人撤回"),
        ("archived", "归档"),
        ("handling", "在办、办理、正在办理、受理、已受理、未办结、处理中、待办理"),
    ),
}
_CHANNELS: dict[str, str] = {
    **{squeezed(c.label): c.slug for c in CHANNELS},
    **_table(
        ("in_person", "当面、当面申请、现场、现场提交、现场申请、窗口、窗口提交、上门"),
        ("signed_mail", "挂号信、特快专递、邮政特快专递、EMS"),
        ("ordinary_mail", "平信、平常信函"),
        ("online", "网上、网上申请、网站、网络申请、网络提交、在线申请、政府网站、互联网"),
        ("email", "邮件、电子邮箱、E-mail"),
        ("oral", "口头申请"),
    ),
}
_KINDS: dict[str, str] = {
    **{squeezed(k.label): k.slug for k in KINDS},
    **_table(
        ("natural", "个人、公民、公民个人、自然人个人"),
        ("commercial", "企业、商业、公司"),
        ("research", "科研"),
        ("public_interest", "社会公益"),
        ("legal_service", "律师事务所、法律服务"),
        ("other", "其它"),
    ),
}


def outcome_of(word: str) -> str | None:
    """The row of table three that the word names beyond doubt; None where a person must say (不予公开 alone names
    eight of them)."""
    return _OUTCOMES.get(squeezed(word))


def state_of(word: str) -> str | None:
    """The state the word names; `closed` for a word that only says it is finished."""
    return _STATES.get(squeezed(word))


def channel_of(word: str) -> str | None:
    """The channel the word names; None for 邮寄 and the like, which may be two."""
    return _CHANNELS.get(squeezed(word))


def kind_of(word: str) -> str | None:
    """The column of table three that the word for a kind of requester names."""
    return _KINDS.get(squeezed(word))


_GROUPS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("legal_service", "名称像律师事务所、法律服务所的", re.compile(r"律师|法律服务所|公证处")),
    (
        "commercial",
        "名称像公司、企业的",
        re.compile(r"公司|集团|合作社|银行|酒店|商行|[^\s]{2,}(?:厂|店|场)$"),
    ),
    ("research", "名称像学校、科研机构的", re.compile(r"大学|学院|研究[院所]|科学院|学校")),
    ("public_interest", "名称像协会、基金会的", re.compile(r"协会|基金会|商会|学会|促进会|联合会")),
)
PERSON, UNKNOWN = "natural", ""
_PERSON = re.compile(r"[\u4e00-\u9fff×某*＊]{2,4}|[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff·•]{1,12}")


def group_of(applicant: str) -> tuple[str, str]:
    """To which group a name looks to belong, and how to say so: a proposal for a person, who decides."""
    for slug, said, pattern in _GROUPS:
        if pattern.search(applicant):
            return slug, said
    if _PERSON.fullmatch(applicant.split("、")[0].strip()):
        return PERSON, "看起来是个人姓名的"
    return UNKNOWN, "看不出是哪一类的"
