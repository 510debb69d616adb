"""Title, agency, year and period of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .labels import squeeze

_REPORT = re.compile(r"(政府信息|政务|信息)公开.{0,16}?(报告|年报)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|年|度)?(?!\d)")
_HAN_YEAR = re.compile(r"([二〇零○一三四五六七八九O0]{4})年")
_HAN_DIGIT = {"〇": "0", "零": "0", "○": "0", "O": "0", "0": "0"} | {
    c: str(n) for n, c in enumerate("一二三四五六七八九", start=1)
}
_NOT_TITLE = re.compile(r"根据|编制|通知|格式|印发|如下|下载|[。；;？?]|上一篇|下一篇|附件|当前位置|首页")
_LEAD = re.compile(r"^(标题|题目|名称|信息名称|文件名称|关于公布|关于发布|关于|公布|发布)[:：]?")
_FIELD = re.compile(
    r"(发布机构|发布单位|公开机构|信息来源|发文机关|来源|责任单位|公开责任部门)[:：]?\s*(\S{3,40})"
)
_BODY = re.compile(r"(政府|局|委|委员会|办公室|厅|院|所|中心|街道|办事处|镇|乡|区|公司|大队|支队|管委会|室)$")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:起)?(?:至|到|—+|-+|~|－|—)(?:((?:19|20)\d\d)年)?(?:当年)?(\d{1,2})月(\d{1,2})日"
)


_TRIM = "《》“”\"'-_—|:：·.[]【】"


def _full_width(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line that may be the report's title: which lines it covers, its text, agency and year."""

    first: int
    last: int
    text: str
    agency: str
    year: int | None
    marked: bool = False
    rest: str = ""


def year_in(text: str) -> int | None:
    """The first year 1990–2099 named in a text, in digits or Chinese numerals."""
    flat = squeeze(text)
    if match := _YEAR.search(flat):
        return int(match.group(1))
    if match := _HAN_YEAR.search(flat):
        digits = "".join(_HAN_DIGIT.get(c, "") for c in match.group(1))
        return int(digits) if len(digits) == 4 and digits[:2] in ("19", "20") else None
    return None


def agency_in(title: str) -> str:
    """The agency a title names: what stands before 政府信息公开 without years and leading words."""
    flat = squeeze(title)
    match = _REPORT.search(flat)
    head = flat[: match.start()] if match else flat
    head = _HAN_YEAR.sub("", _YEAR.sub("", head)) if head else ""
    head = head.strip(_TRIM)
    while lead := _LEAD.match(head):
        head = head[lead.end() :]
    return _full_width(re.sub(r"(年度|年|的|\(\)|关于)$", "", head).strip(_TRIM))


def title_at(lines: Sequence[tuple[str, bool]], n: int) -> TitleLine | None:
    """The title that begins or ends at line `n`, or None. A title may be broken over lines, and prose may run on
    behind it. `lines` are (text, marked as title by the file)."""
    text, marked = lines[n]
    part = _segment(text) if marked else text
    flat = squeeze(part)
    match = _REPORT.search(flat)
    if match is None:
        return _broken(lines, n)
    tail = flat[match.end() :]
    rest = ""
    if len(tail) > 12:
        if match.end() > 60 or not year_in(flat[: match.end()]):
            return None
        rest = text[_reach(text, match.end()) :].strip()
        flat = flat[: match.end()]
    if len(flat) > 70 or _NOT_TITLE.search(flat):
        return None
    return _with_line_before(lines, n, flat, marked, rest)


def _segment(text: str) -> str:
    parts = re.split(r"[-_|—–>]+", text)
    return next((p for p in parts if _REPORT.search(squeeze(p)) and year_in(p)), text)


def _reach(text: str, count: int) -> int:
    """How far into the text its first `count` characters without spaces reach."""
    seen = 0
    for place, char in enumerate(text):
        seen += len(squeeze(char))
        if seen >= count:
            return place + 1
    return len(text)


def _broken(lines: Sequence[tuple[str, bool]], n: int) -> TitleLine | None:
    flat = squeeze(lines[n][0])
    if len(flat) > 50 or _NOT_TITLE.search(flat) or n + 1 >= len(lines):
        return None
    after = squeeze(lines[n + 1][0])
    if len(after) > 30 or not re.search(r"(报告|年报)(\(.{4,8}\))?$", after) or _NOT_TITLE.search(after):
        return None
    joined = flat + after
    if not _REPORT.search(joined) or not re.search(r"公开", flat) or _REPORT.search(after):
        return None
    found = _with_line_before(lines, n, joined, lines[n][1], "")
    return TitleLine(found.first, n + 1, found.text, found.agency, found.year, found.marked)


def _with_line_before(
    lines: Sequence[tuple[str, bool]], n: int, flat: str, marked: bool, rest: str
) -> TitleLine:
    while lead := _LEAD.match(flat):
        flat = flat[lead.end() :]
    agency, year = agency_in(flat), year_in(flat)
    if not agency and n > 0:
        before = squeeze(lines[n - 1][0])
        if 3 <= len(before) <= 40 and _BODY.search(before) and not re.search(r"[,，。:：]", before):
            return TitleLine(
                n - 1, n, _full_width(before + flat), agency_in(before + flat), year, marked, rest
            )
    return TitleLine(n, n, _full_width(flat), agency, year, marked, rest)


def period_in(text: str) -> tuple[date, date] | None:
    """The statistical period a text names (2024年1月1日至12月31日), or None."""
    for match in _PERIOD.finditer(squeeze(text)):
        year, month, day, end_year, end_month, end_day = match.groups()
        try:
            start = date(int(year), int(month), int(day))
            end = date(int(end_year or year), int(end_month), int(end_day))
        except ValueError:
            continue
        if (end - start).days > 300:
            return start, end
    return None


def publisher_in(text: str) -> str:
    """The publishing office a line of catalogue data names (发布机构：…); empty when none."""
    match = _FIELD.search(text)
    return squeeze(match.group(2)) if match else ""


def is_agency_name(text: str) -> bool:
    """True when a short line reads like the name of an office."""
    flat = squeeze(text)
    return 4 <= len(flat) <= 40 and bool(_BODY.search(flat)) and not re.search(r"[,，。:：;；、\d]", flat)
