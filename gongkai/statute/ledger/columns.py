"""The twelve columns of the ledger of requests (annex 3), exactly and in order, and other names met for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its slug, its label on the form, other headings met in old ledgers, and its width in mm on a
    landscape page (237 mm in all)."""

    slug: str
    label: str
    accept: tuple[str, ...]
    width: float


COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", ("编号顺序", "顺序号", "No", "No."), 10),
    Column("applicant", "申请人", ("申请人姓名", "申请人名称", "申请人姓名或名称", "姓名", "申请者"), 21),
    Column("channel", "申请渠道", ("申请方式", "受理渠道", "提交方式", "申请途径", "渠道"), 16),
    Column("submitted_on", "申请时间", ("申请日期", "提交时间", "收到时间", "收到日期", "受理时间"), 21),
    Column(
        "content", "申请内容", ("申请事项", "所需信息内容", "申请公开内容", "内容描述", "所需政府信息"), 47
    ),
    Column("number", "依申请公开编号", ("申请编号", "受理编号", "登记编号", "编号", "申请单编号"), 24),
    Column("agency", "申请单位", ("被申请单位", "受理单位", "承办单位", "受理机关", "承办机关"), 20),
    Column("closed_on", "答复时间", ("答复日期", "办结时间", "办结日期", "回复时间"), 21),
    Column("state", "处理状态", ("办理状态", "状态", "进度"), 14),
    Column("obtain", "信息获取方式", ("获取方式", "获取信息的方式", "提供方式"), 15),
    Column("publication", "发布状态", ("公开状态", "是否发布", "是否公开"), 12),
    Column("result", "办理结果", ("答复结果", "处理结果", "答复类型", "办理情况", "答复情况"), 16),
)
LABELS: tuple[str, ...] = tuple(column.label for column in COLUMNS)
NOTHING = "无"
"""Stands under 申请人 in the first row of a year without requests."""
EMPTY_ROWS = 3
"""Numbered rows on the form in a year without requests."""
NOTE = "工作提示：线下申请的政府信息公开需要录入网站平台才有依申请公开编号"
"""The foot-note of the form: a paper request too gets its number from the platform."""

_PUNCTUATION = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """A heading without spaces, breaks and punctuation: 申请<newline>渠道 → 申请渠道."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))


_BY_LABEL = {squeezed(name): c.slug for c in COLUMNS for name in (c.label, *c.accept)}


def column_of(heading: str) -> str | None:
    """The slug of the column that a heading names, also by another name; None when it names none."""
    return _BY_LABEL.get(squeezed(heading))


def title(agency: str, year: int | None, *, part: bool = False) -> str:
    """湘潭县司法局2024年依申请公开工作台账; without a year for all of them, 节选 where only a part is shown."""
    when = f"{year}年" if year else ""
    return f"{agency}{when}依申请公开工作台账{'（节选）' if part else ''}"
