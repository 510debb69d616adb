"""Sentences on what was published, decided, reviewed, trained and charged, each from the figures it states.

A sentence is text with marks; parts are listed only where they make up their whole, and a zero is said in words.
"""

from __future__ import annotations

from decimal import Decimal

from .prose import YearFacts

_DECISIONS = (("t2.licences", "行政许可"), ("t2.penalties", "行政处罚"), ("t2.coercion", "行政强制"))


def items(known: YearFacts) -> str:
    """How many items were published and in which columns; the parts add up to the whole by construction. Empty where
    none stands here: the office may have published elsewhere, so its clerk is asked."""
    if not known.value("items"):
        return ""
    held = [key for key in known.columns if known.value(key)]
    parts = "、".join(f"{known.facts[key].label}{{{key}}}条" for key in held)
    return f"{known.year}年，{known.self_name}主动公开政府信息{{items}}条，其中{parts}。"


def documents(known: YearFacts) -> str:
    """Normative documents made, ended and in force at the year's end; empty where a figure of them is not there."""
    base = "t2.normative_documents"
    found = known.several(f"{base}.made", f"{base}.repealed", f"{base}.valid")
    if found is None:
        return ""
    made, repealed, valid = found
    if not any(found):
        return "全年没有制发、废止行政规范性文件，也没有现行有效的行政规范性文件。"
    parts = [f"制发行政规范性文件{{{base}.made}}件" if made else "没有制发行政规范性文件"]
    if repealed:
        parts.append(f"废止{{{base}.repealed}}件")
    parts.append(f"年末现行有效{{{base}.valid}}件" if valid else "年末没有现行有效的行政规范性文件")
    return f"全年{'，'.join(parts)}。"


def decisions(known: YearFacts) -> str:
    """Decisions of the year by kind (art. 20 items 5 and 6), as far as they were counted or entered."""
    kept = [(key, name) for key, name in _DECISIONS if known.value(key) is not None]
    taken = [f"{name}决定{{{key}}}件" for key, name in kept if known.value(key)]
    none = [name for key, name in kept if not known.value(key)]
    told = [f"作出{'、'.join(taken)}"] if taken else []
    if none:
        told.append(f"没有作出{'、'.join(none)}决定")
    return f"全年{'，'.join(told)}。" if told else ""


def review(known: YearFacts) -> str:
    """What the review before publication came to (先审查、后公开); empty where none was held here."""
    told = []
    if known.value("review.held"):
        parts = ["全年对拟公开的信息进行公开前审查{review.held}次"]
        if known.value("review.items"):
            parts.append("审查通过{review.items}条")
        if known.value("review.sent_back"):
            parts.append("退回修改{review.sent_back}次")
        told.append("，".join(parts))
    if known.value("review.withdrawn"):
        told.append("撤回已经公开的信息{review.withdrawn}条")
    if known.value("review.redacted"):
        told.append("公开前对{review.redacted}份文件中不能公开的内容作了遮盖")
    return f"{'。'.join(told)}。" if told else ""


def platform(known: YearFacts) -> str:
    """How many columns there are and how many were kept up in the year."""
    kept, updated = known.value("columns.kept"), known.value("columns.updated")
    if not kept or updated is None:
        return ""
    if updated >= kept:
        return "公开平台共设栏目{columns.kept}个，年内都有更新。"
    if not updated:
        return "公开平台共设栏目{columns.kept}个，年内没有发布新的信息。"
    return "公开平台共设栏目{columns.kept}个，年内有更新的{columns.updated}个。"


def inspection(known: YearFacts) -> str:
    """Self-inspections of the year, what they found and what was mended; empty where no room here keeps them."""
    if not known.value("inspection.rounds"):
        return ""
    told = "全年开展政府信息公开自查{inspection.rounds}次"
    found, mended = known.value("inspection.found"), known.value("inspection.mended")
    if found is None:
        return f"{told}。"
    if not found:
        return f"{told}，没有发现问题。"
    told += "，发现问题{inspection.found}个"
    if mended is None:
        return f"{told}。"
    if mended >= found:
        return f"{told}，都已整改。"
    return f"{told}，已整改{{inspection.mended}}个。" if mended else f"{told}，正在整改。"


def training(known: YearFacts) -> str:
    """Training of the year; empty where no room here keeps it."""
    if not known.value("training.sessions"):
        return ""
    parts = ["全年组织政府信息公开培训{training.sessions}次"]
    if known.value("training.people"):
        parts.append("参加{training.people}人次")
    if known.value("training.hours"):
        parts.append("共{training.hours}学时")
    return f"{'，'.join(parts)}。"


def fee(known: YearFacts) -> str:
    """The processing fee of art. 42, reported also when nil; empty as long as nobody stated it."""
    paid = known.value("processing_fee")
    if paid is None:
        return ""
    if known.value("fee.notices") or known.value("fee.lapsed"):
        return _noticed(known)
    if paid == Decimal(0):
        return "信息处理费：本年度未收取信息处理费。"
    return "信息处理费：本年度共收取信息处理费{processing_fee}元。"


def _noticed(known: YearFacts) -> str:
    """国办函〔2020〕109号: what was noticed and what came in, both."""
    parts = []
    if known.value("fee.notices"):
        parts.append("发出收费通知{fee.notices}件，通知金额{fee.asked}元")
    else:
        parts.append("没有发出收费通知")
    if known.value("processing_fee"):
        parts.append("实际收取信息处理费{processing_fee}元")
    else:
        parts.append("没有实际收取信息处理费")
    if known.value("fee.lapsed"):
        parts.append("逾期未缴费不再处理{fee.lapsed}件")
    return f"信息处理费：本年度{'，'.join(parts)}。"
