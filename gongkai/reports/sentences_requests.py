"""Sentences on requests: received and closed, by outcome, why not disclosed, how handled; reconsideration and suits."""

from __future__ import annotations

from .prose import YearFacts

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "granted": ("予以公开", ("granted",)),
    "partial": ("部分公开", ("partial",)),
    "denied": (
        "不予公开",
        (
            "denied_state_secret",
            "denied_law_forbids",
            "denied_three_security",
            "denied_third_party",
            "denied_internal",
            "denied_process",
            "denied_enforcement_file",
            "denied_admin_query",
        ),
    ),
    "unable": ("无法提供", ("unable_not_held", "unable_needs_making", "unable_unclear")),
    "reject": (
        "不予处理",
        ("reject_petition", "reject_repeat", "reject_publication", "reject_mass", "reject_confirm"),
    ),
    "other": ("其他处理", ("other_no_correction", "other_no_fee", "other_other")),
}
"""The six kinds of outcome of table three, （一） to （六）, with their rows. Those of one row are no group of their own."""
LEAVES = {
    "denied_state_secret": "属于国家秘密",
    "denied_law_forbids": "其他法律行政法规禁止公开",
    "denied_three_security": "危及“三安全一稳定”",
    "denied_third_party": "保护第三方合法权益",
    "denied_internal": "属于三类内部事务信息",
    "denied_process": "属于四类过程性信息",
    "denied_enforcement_file": "属于行政执法案卷",
    "denied_admin_query": "属于行政查询事项",
    "unable_not_held": "本机关不掌握相关政府信息",
    "unable_needs_making": "没有现成信息需要另行制作",
    "unable_unclear": "补正后申请内容仍不明确",
    "reject_petition": "信访举报投诉类申请",
    "reject_repeat": "重复申请",
    "reject_publication": "要求提供公开出版物",
    "reject_mass": "无正当理由大量反复申请",
    "reject_confirm": "要求确认或者重新出具已获取信息",
    "other_no_correction": "申请人逾期不补正、不再处理",
    "other_no_fee": "申请人逾期未缴费、不再处理",
    "other_other": "其他情形",
}
_WHY = {"denied": "理由", "unable": "原因", "reject": "原因", "other": "情形"}
REMEDIES = (
    ("t4.reconsideration.total", "被申请行政复议"),
    ("t4.litigation_direct.total", "未经复议直接被提起行政诉讼"),
    ("t4.litigation_after_reconsideration.total", "复议后被提起行政诉讼"),
)


def group_key(group: str) -> str:
    """The figure of a kind of outcome: its only row, or the sum of its rows."""
    return f"t3.{group}.total" if group in ("granted", "partial") else f"group.{group}"


def received(known: YearFacts) -> str:
    """What came of requests, then of reconsideration and litigation about them."""
    new, carried = known.value("t3.new.total"), known.value("t3.carried_in.total")
    if new is None or carried is None:
        return ""
    if not new and not carried:
        return f"全年没有收到政府信息公开申请，也没有上年结转的申请。{_remedies(known)}"
    if not new:
        came = "全年没有新的申请，上年结转的政府信息公开申请{t3.carried_in.total}件"
    else:
        came = "全年新收政府信息公开申请{t3.new.total}件"
        came += "，上年结转{t3.carried_in.total}件" if carried else "，没有上年结转的申请"
    return f"{came}{_became(known)}。{_remedies(known)}"


def _became(known: YearFacts) -> str:
    done, left = known.value("t3.result_total.total"), known.value("t3.carried_out.total")
    if done and left:
        return "；办结{t3.result_total.total}件，结转下年度继续办理{t3.carried_out.total}件"
    if done:
        return "；办结{t3.result_total.total}件，没有结转下年度的申请"
    return "；年内没有办结的，结转下年度继续办理{t3.carried_out.total}件" if left else ""


def _remedies(known: YearFacts) -> str:
    values = known.several(*(key for key, _ in REMEDIES))
    if values is None:
        return ""
    if not any(values):
        return "没有因政府信息公开工作被申请行政复议或者被提起行政诉讼。"
    told = [f"{words}{{{key}}}件" for key, words in REMEDIES if known.value(key)]
    return f"因政府信息公开工作{'，'.join(told)}。"


def _outcome_groups(known: YearFacts) -> list[str]:
    """The kinds of outcome that occur, if together they are all that was closed; else none."""
    keys = [group_key(group) for group in GROUPS]
    total, parts = known.value("t3.result_total.total"), known.several(*keys)
    if not total or parts is None or sum(parts) != total:
        return []
    return [group for group, key in zip(GROUPS, keys, strict=True) if known.value(key)]


def outcomes(known: YearFacts) -> str:
    """What was closed, by the six kinds of outcome."""
    found = _outcome_groups(known)
    if len(found) == 1:
        return f"办结的申请，办理结果都是{GROUPS[found[0]][0]}。"
    parts = [f"{GROUPS[group][0]}{{{group_key(group)}}}件" for group in found]
    return f"办结的申请按办理结果分，{'，'.join(parts)}。" if parts else ""


def reasons(known: YearFacts) -> str:
    """For each kind but disclosure: on what ground, by the rows of the form."""
    told = []
    for group in _outcome_groups(known):
        if group not in _WHY:
            continue
        words, rows = GROUPS[group]
        found = [row for row in rows if known.value(f"t3.{row}.total")]
        whole = f"{words}的{{{group_key(group)}}}件"
        if len(found) == 1:
            told.append(f"{whole}，{_WHY[group]}都是{LEAVES[found[0]]}。")
        elif found:
            parts = "，".join(f"{LEAVES[row]}{{t3.{row}.total}}件" for row in found)
            told.append(f"{whole}，{_WHY[group]}是：{parts}。")
    return "".join(told)


def handling(known: YearFacts) -> str:
    """By what way requests came, how many took more steps, how long an answer took."""
    told = [_channels(known)]
    steps = (("extended", "延长答复期限"), ("clarified", "告知补正"), ("consulted", "征求第三方意见"))
    parts = [f"{words}{{handling.{key}}}件" for key, words in steps if known.value(f"handling.{key}")]
    if parts:
        told.append(f"办理过程中{'，'.join(parts)}。")
    if known.value("handling.days"):
        told.append("从收到申请到答复平均{handling.days}天。")
    return "".join(told)


def _channels(known: YearFacts) -> str:
    keys = [key for key in known.facts if key.startswith("handling.channel_") and known.value(key)]
    values = known.several(*keys) or []
    if not keys or sum(values) != known.value("t3.new.total"):
        return ""
    labels = {key: known.facts[key].label.partition("：")[2].removesuffix("（件）") for key in keys}
    if len(keys) == 1:
        return f"新收的申请，申请渠道都是{labels[keys[0]]}。"
    parts = "，".join(f"{labels[key]}{{{key}}}件" for key in keys)
    return f"新收的申请按申请渠道分，{parts}。"
