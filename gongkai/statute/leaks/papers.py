"""Passports, permits to travel, residence permits, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Found, Severity, What

_PASSPORT = re.compile(
    r"护照[^。；;\n]{0,10}?(?<![A-Za-z0-9])([EeGgDdSsPpHhKk][A-Za-z]?[0-9]{7,8}|1[45][0-9]{7})(?![A-Za-z0-9])"
)
_PASSPORT_BARE = re.compile(r"(?<![A-Za-z0-9/\-])(E[A-HJ-NP-Z][0-9]{7}|[EG][0-9]{8})(?![A-Za-z0-9/\-])")
_PERMIT = re.compile(
    r"(?:通行证|回乡证|港澳证|台胞证)[^。；;\n]{0,10}?(?<![A-Za-z0-9])([CHMThmct][A-Za-z]?[0-9]{7,10}|[0-9]{8}(?:[0-9]{2})?)"
    r"(?![A-Za-z0-9])"
)
_PERMIT_BARE = re.compile(r"(?<![A-Za-z0-9/\-])([HM][0-9]{8}(?:[0-9]{2})?)(?![A-Za-z0-9/\-])")
_CODED = re.compile(r"(?:字|型号?|批号?|版本?|图号|第|款|货号|单号|编号)[:： ]?\Z")
"""What stands right before other codes: 国药准字H20230101 is a medicine, 型号 a make."""
_OFFICER = re.compile(
    r"(军官证|士兵证|残疾人?证|社保卡|社会保障|医保卡|学籍)号?[码：: ]{0,3}([A-Za-z0-9字第]{6,20})"
)
_REGIONS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"([{_REGIONS}][A-HJ-NP-Z][·• ]?(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}[DF]))"
    r"(?![A-Za-z0-9])"
)
_NOT_A_PLATE = re.compile(r"(?:ICP|备案|公网安备|许可)[^，。\n]{0,8}\Z")


def papers(plain: str) -> Iterator[Found]:
    """Numbers of papers other than the ID card, with the words before them or in a form that is theirs alone."""
    for match in _PASSPORT.finditer(plain):
        yield What.PAPER, match.start(1), match.end(1), Severity.BLOCK, "护照号码"
    for match in _PERMIT.finditer(plain):
        yield What.PAPER, match.start(1), match.end(1), Severity.BLOCK, "通行证号码"
    for match in _PASSPORT_BARE.finditer(plain):
        if not _CODED.search(plain[max(0, match.start() - 4) : match.start()]):
            yield What.PAPER, match.start(1), match.end(1), Severity.WARN, "像护照号码"
    for match in _PERMIT_BARE.finditer(plain):
        if not _CODED.search(plain[max(0, match.start() - 4) : match.start()]):
            yield What.PAPER, match.start(1), match.end(1), Severity.WARN, "像港澳居民来往内地通行证号码"
    for match in _OFFICER.finditer(plain):
        if sum(c.isdigit() for c in match[2]) >= 6:
            yield What.PAPER, match.start(2), match.end(2), Severity.BLOCK, f"{match[1]}号码"


def plates(plain: str) -> Iterator[Found]:
    """Number plates, the green ones of eight characters too."""
    for match in _PLATE.finditer(plain):
        # 五位里至少一位数字：不把“川A字样”一类的词当车牌。
        if sum(c.isdigit() for c in match[1][2:]) >= 2 and not _NOT_A_PLATE.search(
            plain[max(0, match.start() - 14) : match.start()]
        ):
            yield What.PLATE, match.start(1), match.end(1), Severity.WARN, "机动车号牌"
