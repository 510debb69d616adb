"""Publication in time: 31 January for departments, 31 March for governments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...refs import Ref
from ..findings import Finding
from .facts import Facts
from .rule import Rule, rule

_PUBLISHED = re.compile(
    r"(?:发布|公布|公开)(?:时间|日期)\s{0,3}[:：]\s{0,3}(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d)"
)
_GOVERNMENT = re.compile(r"(?:省|市|县|区|州|旗|盟)人民政府$")
_DEPARTMENT = re.compile(r"(?:局|委员会|厅|委|部|中心|支队|大队|管理处)$")


@rule("D-01", "部门1月31日前、政府3月31日前公布上一年度报告", Ref("ogi", 49))
def published_in_time(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Judged only when the file itself says when it was published and what kind of organ it is.

    Offices of governments (办公室) publish for either, and townships are not named in art. 49: not judged.
    """
    day, limit = published_on(facts), _limit(facts)
    if day is not None and limit is not None and day > limit:
        yield say(
            f"发布日期是{day.year}年{day.month}月{day.day}日，应在{limit.year}年{limit.month}月{limit.day}日前公布。"
            "如日期有误请更正；确已逾期的，请向主管部门说明。"
        )


def published_on(facts: Facts) -> date | None:
    """The day of publication printed in the file, when it is one and a real day."""
    days = set()
    for text in (facts.report.title, *(p.text for p in facts.report.preface)):
        for year, month, day in _PUBLISHED.findall(text):
            try:
                days.add(date(int(year), int(month), int(day)))
            except ValueError:
                return None
    return days.pop() if len(days) == 1 else None


def _limit(facts: Facts) -> date | None:
    agency = facts.report.agency
    if facts.year is None:
        return None
    if _GOVERNMENT.search(agency):
        return date(facts.year + 1, 3, 31)
    return date(facts.year + 1, 1, 31) if _DEPARTMENT.search(agency) else None
