"""信息处理费 in part six; never the 行政事业性收费 of table two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...refs import Ref
from ..findings import Finding
from .facts import Facts
from .rule import Rule, rule

_FEE = Ref("fee_2020")
_NAMED = re.compile(r"处理费|信息公开[^。；]{0,30}(?:收费|费用)|(?:收费|费用)[^。；]{0,20}信息公开")
_AMOUNT = re.compile(r"(?<![\d.])\d{1,12}+(?:\.\d{1,6}+)?(?:万元|元)")
_INCOME = re.compile(
    r"(?:收取|收费|收缴|缴纳|实收|入库|处理费)[^。；]{0,30}?(?<![\d.])(\d{1,12}+(?:\.\d{1,6}+)?)(?:万元|元)"
)
_NOTICES = re.compile(
    r"(?:通知|告知|缴费)[^。；]{0,20}?[\d一二三四五六七八九十百零两]{1,8}(?:件|份|次|笔|张|宗|项)|[0-9一二三四五六七八九十百零两]{1,8}(?:件|份|次|笔|张|宗)[^。；]{0,20}(?:收取|收费|处理费)|(?:发出|下达|出具|制发|送达)[^。；]{0,12}(?:件|份|次|张|笔)"
)


@rule("P-01", "第六部分报告信息处理费收取情况，没有收取的也要写明", _FEE)
def fee_is_reported(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Part six always says something of the processing fee, on the form of 2021."""
    section = facts.report.section("other")
    if facts.edition.id == "2019" or section is None:
        return
    if not _NAMED.search(facts.fee_text):
        yield say(
            "第六部分没有写信息处理费收取情况。请写明发出收费通知的件数、金额和实收金额；没有的写“本年度未收取信息处理费”。",
            where=section.where,
        )


@rule("P-02", "有逾期未缴费不再处理的申请或收取了信息处理费的，第六部分写明通知件数和金额", _FEE)
def fee_is_stated_in_full(facts: Facts, say: Rule) -> Iterator[Finding]:
    """（六）2 above zero, or any fee income, asks for the number of notices and the amounts in part six."""
    section = facts.report.section("other")
    if facts.edition.id == "2019" or section is None:
        return
    unpaid = facts.total("t3.other_no_fee") or 0
    text = facts.fee_text
    income = [m for m in _INCOME.finditer(text) if float(m.group(1)) > 0]
    if unpaid == 0 and not income:
        return
    lacking = []
    if not _NOTICES.search(text):
        lacking.append("发出收费通知的件数")
    if not _AMOUNT.search(text):
        lacking.append("收费金额")
    if lacking:
        why = (
            f"第三表有{unpaid}件因逾期未缴费不再处理"
            if unpaid
            else f"正文写有收费（{income[0].group(0)[:30]}）"
        )
        yield say(
            f"{why}，第六部分应写明{'和'.join(lacking)}，现在没有写。请补写。",
            ("t3.other_no_fee.total",),
            section.where,
        )
