"""What the prose says in words against the tables: 未收到, 未发生, 全部办结, 均获维持."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding
from ..model import Number
from . import notions as n
from .facts import Facts
from .prose import Sentence
from .rule import Rule, rule
from .spots import year_named
from .words import shown

_NONE_RECEIVED = re.compile(
    r"(?:未|没有?|尚未)(?:收到|接到|接收到?|受理|收)(?P<what>[^，；。]{0,24}?)申请(?!人)"
)
_NO_REQUESTS = re.compile(
    r"(?<!有)(?:无|零|没有)(?P<what>[^，；。未]{0,6}?)(?:依申请公开|信息公开申请)(?:件|事项|情况|案件)?(?=[，；。、）]|$)"
)
_NARROWER = (
    *(
        "复议",
        "诉讼",
        "涉",
        "线",
        "信函",
        "网",
        "邮",
        "当面",
        "不",
        "更正",
        "补正",
        "许可",
        "减免",
        "收费",
        "要求",
        "关于",
        "有关",
    ),
    *("超", "投诉", "举报", "信访", "延期", "重复", "非", "企业", "法人", "自然人", "恶意", "滥用"),
)
_NO_REMEDY = re.compile(
    r"(?:未|没有?|无|零)(?:发生|出现|产生|引发|引起|收到|有|因|涉及|存在|接到|被)?(?P<what>[^，；。]{0,48})"
)
_MIDDLE = ("纠", "败诉", "撤销", "经复议", "逾期", "超", "不服", "违法", "维持")
_ALL_DONE = re.compile(
    r"(?:所有|全部|各项)[^，；。]{0,10}申请[^，；。]{0,4}(?:均|都|全部)?[^，；。]{0,12}(?:办结|办理完成|办理完毕|答复完毕|处理完毕|办理完结)"
    r"|(?:均|都|已全部|全部)(?:已)?(?:按要求|按时|按期|依法|依规|及时|规范|全部|按规定){0,4}(?:办结|办理完成|办理完毕|答复完毕|办理完结)"
    r"|(?<!按时)(?<!按期)(?<!及时)办结率(?:为|达到?)?100%"
)
_ALL_UPHELD = re.compile(r"(?:均|全部|都)(?:被|获|获得|予以|得到|为|是)?(?:维持|支持|胜诉)")
_NONE_CORRECTED = re.compile(
    r"零(?:败诉|纠错)|(?:未|没有|无)(?:被|有|发生|出现)?[^，；。]{0,10}(?:纠错|纠正|败诉|撤销)"
)


@rule("N-07", "写“未收到申请”的，本年新收和上年结转都应为0")
def none_received_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """未收到 only where row 一 plus row 二 of the total column is 0."""
    total = facts.sum_of(("t3.new", "t3.carried_in"))
    if not total:
        return
    for sentence in (*facts.prose, *facts.problems):
        if "申请" not in sentence.text or not any(word in sentence.text for word in ("未", "没", "无", "零")):
            continue
        if sentence.key == "problems" and year_named(facts, sentence.text, len(sentence.text)) is not False:
            continue
        denials = (m for pattern in (_NONE_RECEIVED, _NO_REQUESTS) for m in pattern.finditer(sentence.text))
        match = next((m for m in denials if _plainly_none(facts, sentence, m)), None)
        if match is not None:
            new, carried = (shown(facts.total(c) or 0) for c in ("t3.new", "t3.carried_in"))
            yield say(
                f"正文写“{match.group(0)[:30]}”，第三表本年新收{new}件、上年结转{carried}件。"
                "请核对正文和表格，改成一致。",
                ("t3.new.total", "t3.carried_in.total"),
                sentence.where,
            )


@rule("N-08", "写“未发生行政复议、行政诉讼”的，第四表相应总计应为0")
def no_remedies_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """未发生…行政复议、行政诉讼, where the sentence is about OGI, against the totals of table four."""
    for sentence in facts.remedy_prose:
        text = sentence.text
        if "信息公开" not in text and not sentence.on_request:
            continue
        for match in _NO_REMEDY.finditer(text):
            what = match["what"]
            groups = _groups_named(what)
            if not groups or any(word in what for word in _MIDDLE) or year_named(facts, text, match.start()):
                continue
            if not sentence.on_request and "信息公开" not in what and "信息公开" not in text[: match.start()]:
                continue
            standing = facts.sum_of([f"t4.{group}" for group in groups])
            if standing:
                yield say(
                    f"正文写“{match.group(0)[:40]}”，第四表相应总计是{shown(standing)}件。请核对正文和表格，改成一致。",
                    tuple(f"t4.{group}.total" for group in groups),
                    sentence.where,
                )
                break


@rule("N-10", "写“全部办结”的，结转下年度应为0")
def all_done_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """所有申请均已办理完成 contradicts a row 四 above zero."""
    left = facts.total("t3.carried_out")
    if not left:
        return
    for sentence in facts.prose:
        text = sentence.text
        if "申请" not in text or "到期" in text or not (sentence.on_request or "信息公开申请" in text):
            continue
        match = _ALL_DONE.search(text)
        if match and not any(word in text for word in n.NOT_REQUESTS[:2]):
            yield say(
                f"正文写“{match.group(0)[:30]}”，第三表还有{shown(left)}件结转下年度继续办理，前后矛盾。"
                "请改写为“除结转下年度的以外均已办结”一类的说法，或核对表格。",
                ("t3.carried_out.total",),
                sentence.where,
            )
            return


@rule("N-11", "写“均获维持”“未被纠错”的，第四表不应另有纠正或尚未审结")
def all_upheld_agrees(facts: Facts, say: Rule) -> Iterator[Finding]:
    """均获维持 contradicts cases corrected, otherwise ended or pending; 未被纠错 contradicts cases corrected."""
    for sentence in facts.remedy_prose:
        text = sentence.text
        groups = _groups_named(text)
        if not groups or "信息公开" not in text:
            continue
        if n.CASELOAD.search(text) or not n.TIE.search(text):
            continue
        upheld = _ALL_UPHELD.search(text)
        match = upheld or _NONE_CORRECTED.search(text)
        if match is None or year_named(facts, text, match.start()):
            continue
        against = ("corrected", "other", "pending") if upheld else ("corrected",)
        labels = dict(facts.edition.results4)
        counts = {r: [f"t4.{g}.{r}" for g in groups if facts.figure(f"t4.{g}.{r}")] for r in against}
        if cells := [cell for found in counts.values() for cell in found]:
            told = "、".join(f"{labels[r]}{_added(facts, found)}件" for r, found in counts.items() if found)
            yield say(
                f"正文写“{match.group(0)[:20]}”，第四表另有{told}，前后矛盾。请核对改写。",
                cells,
                sentence.where,
            )


def _plainly_none(facts: Facts, sentence: Sentence, match: re.Match[str]) -> bool:
    """True when the words deny any request at all, this year, and not only requests of some kind."""
    words, text = match.group(0), sentence.text
    if any(word in match["what"] for word in _NARROWER):
        return False
    about = (
        "信息公开" in words or "依申请公开" in words or (sentence.on_request and sentence.key != "problems")
    )
    lead = text[max(text.rfind(mark, 0, match.start()) for mark in "，；：。（") + 1 : match.start()]
    if any(word in lead for word in n.PART) or n.SUB_ORGAN.search(lead + "收到"):
        return False
    return about and not year_named(facts, text, match.start())


def _groups_named(text: str) -> tuple[str, ...]:
    groups: tuple[str, ...] = ("reconsideration",) if "复议" in text else ()
    suits = any(word in text for word in ("诉讼", "起诉", "应诉"))
    return (*groups, "litigation_direct", "litigation_after_reconsideration") if suits else groups


def _added(facts: Facts, cells: list[str]) -> str:
    total: Number = sum(facts.figure(cell) or 0 for cell in cells)
    return shown(total)
