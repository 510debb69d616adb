"""What stands before a cell: the head of its column, or the label on its left."""

from __future__ import annotations

import re
from typing import Any

LABEL = re.compile(
    r"姓\s*名|电话|手机|住\s*址|地\s*址|证件|证号|身份证|护照|通行证|账号|卡号|邮箱|学校|班级|监护人|户名|车牌|单位"
)
_PERSONAL = re.compile(r"身份证|证件|证号|住\s*址|家庭|手机|账号|卡号|户籍|监护|出生|护照|通行证|病|车牌")
_LONGEST = 14


def lead(paragraph: Any) -> str:
    """The lead of a paragraph of a Word table; empty outside of one."""
    cell = next(paragraph.iterancestors("{*}tc"), None)
    if cell is None:
        return ""
    row = cell.getparent()
    table = next(cell.iterancestors("{*}tbl"), None)
    if table is None or row is None:
        return ""
    cells = row.findall("{*}tc")
    at = cells.index(cell) if cell in cells else 0
    first = next(iter(table.findall("{*}tr")), None)
    heads = [_text(c) for c in first.findall("{*}tc")] if first is not None and first is not row else []
    left = _text(cells[at - 1]) if at else ""
    return lead_of(heads[at] if at < len(heads) else "", left, heads)


def lead_of(head: str, left: str, heads: list[str]) -> str:
    """The label on the left if it is one, else the column's head if it is short. A column of names counts only in
    a table that tells more of people: lists of officials and of winners bear names by law."""
    left, head = left.strip(" 　:："), head.strip(" 　:：")
    if left and len(left) <= _LONGEST and LABEL.search(left) and not re.search("[0-9]{4}", left):
        chosen = left
    elif head and len(head) <= _LONGEST:
        chosen = head
    else:
        return ""
    if re.fullmatch(r"姓\s*名", chosen) and not any(_PERSONAL.search(h) for h in heads):
        return ""
    return chosen


def _text(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter("{*}t"))[:60]
