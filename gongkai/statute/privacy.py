"""Personal data and secrecy marks in a text, with their places, and the masking of what is found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .refs import Ref, rests_on


class Kind(StrEnum):
    """What was found."""

    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    EMAIL = "email"
    LANDLINE = "landline"
    SECRECY_MARK = "secrecy_mark"


LABELS: dict[Kind, str] = {
    Kind.ID_NUMBER: "身份证号",
    Kind.MOBILE: "手机号码",
    Kind.BANK_CARD: "银行卡号",
    Kind.EMAIL: "电子邮箱",
    Kind.LANDLINE: "固定电话",
    Kind.SECRECY_MARK: "密级标志",
}


class Certainty(StrEnum):
    """How sure a hit is."""

    CERTAIN = "certain"
    """Form and check digit, or form and star, leave hardly a doubt."""
    LIKELY = "likely"
    """The form fits; a person has to look."""
    WEAK = "weak"
    """A hint only: the form fits many harmless things too, or the check digit is wrong."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: `start` and `end` are character offsets into the text as given, `text` what stands there."""

    kind: Kind
    start: int
    end: int
    text: str
    certainty: Certainty
    note: str

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return LABELS[self.kind]

    @property
    def blocks(self) -> bool:
        """Whether publishing has to wait until a reviewer has cleared it: ID, mobile, card and secrecy mark."""
        return self.kind in _GATE and self.certainty is not Certainty.WEAK


_GATE = frozenset({Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD, Kind.SECRECY_MARK})
PERSONAL: frozenset[Kind] = frozenset({Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD, Kind.EMAIL})
"""What `mask` hides unless told otherwise; a landline is usually the office's own."""

_RANK = {Certainty.CERTAIN: 0, Certainty.LIKELY: 1, Certainty.WEAK: 2}
_ORDER = {kind: n for n, kind in enumerate(Kind)}

# One character for one, so that offsets stay those of the original text.
_FULL = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―－﹣−"), "-")
_BLANKS = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff"), " ")
PLAIN = {**_FULL, **_DASHES, **_BLANKS, ord("＠"): "@", ord("．"): ".", ord("＋"): "+", ord("＿"): "_"}

_UNSEEN = re.compile(
    "["
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]+"
)
"""What takes no room and is copied along: joiners, soft hyphens, marks of direction (all of Unicode's category Cf),
selectors of variants, empty fillers."""

_GROUP = re.compile(r"[0-9]+[Xx](?![0-9A-Za-z])|[0-9]+|(?<=[ -])[Xx](?![0-9A-Za-z])")
_GAP = re.compile(r"[ -]{1,3}|[ ]?\r?\n[ ]?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_MOST_GROUPS, _MOST_DIGITS = 6, 19
_RUN_ON_ID = re.compile(
    r"(?=([1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]))"
)
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]{9}")
_MOBILE_CUTS = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 7), (5, 6), (3, 3, 5)})
_DOTTED = re.compile(r"(?<![0-9A-Za-z.])1[3-9][0-9]([.·•・])[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z]|\.[0-9])")
_LANDLINE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[1-9][0-9]{6,7}")
_BRACKETED = re.compile(r"[(（](0(?:10|2[0-9]|[3-9][0-9]{2}))[)）] ?([1-9][0-9]{6,7})(?![0-9])")
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")
_EMAIL_HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])")

_LEVEL = r"(?:绝 {0,4}密|机 {0,4}密|秘 {0,4}密)"
_STAR = "[★☆✩✭⭐*＊]"
_TERM = r"(?:[0-9]{1,3} ?(?:年|个月|月)|[一二三四五六七八九十]{1,3} ?(?:年|个月)|长期|永久|[^\s，。；、）)】]{1,6}前)"
_ORDINARY = r"(?<!国家)(?<!商业)(?<!工作)(?<!商业的)"
_MARKS: tuple[tuple[re.Pattern[str], Certainty, str], ...] = (
    (
        re.compile(rf"{_ORDINARY}{_LEVEL} {{0,3}}{_STAR}(?: {{0,3}}{_TERM})?"),
        Certainty.CERTAIN,
        "带★的密级标志",
    ),
    (re.compile(rf"{_STAR} {{0,3}}{_LEVEL}(?![\u4e00-\u9fff])"), Certainty.CERTAIN, "带★的密级标志"),
    (re.compile(rf"密 {{0,4}}级 {{0,3}}[:：] {{0,3}}{_LEVEL}"), Certainty.CERTAIN, "密级栏里写着密级"),
    (
        re.compile(rf"(?m)^[ ]{{0,40}}({_LEVEL})(?: {{0,4}}{_TERM})?[ ]{{0,40}}\r?$"),
        Certainty.LIKELY,
        "单独一行的密级",
    ),
    (
        re.compile(rf"[【\[(（〔] {{0,3}}({_LEVEL})(?: {{0,3}}{_TERM})? {{0,3}}[】\])）〕]"),
        Certainty.LIKELY,
        "括号里的密级",
    ),
    (re.compile(rf"工作秘密 {{0,3}}{_STAR}(?: {{0,3}}{_TERM})?"), Certainty.LIKELY, "工作秘密标志"),
)


def visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without what cannot be seen, and for every character left its offset in the text as given."""
    if _UNSEEN.search(text) is None:
        return text, range(len(text))
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for gap in _UNSEEN.finditer(text):
        parts.append(text[at : gap.start()])
        origin += range(at, gap.start())
        at = gap.end()
    parts.append(text[at:])
    origin += range(at, len(text))
    return "".join(parts), origin


@rests_on(Ref("pipl", 25), Ref("pipl", 28), Ref("secrets_law", 35))
def find_personal_data(text: str) -> list[Hit]:
    """Every ID number, mobile, bank card, e-mail, landline and secrecy mark in a text, in order, none overlapping.

    Full-width digits, spaces or hyphens between groups of digits, and signs that cannot be seen are read through;
    offsets are those of `text` as given. Time grows in step with the length of the text. 个人信息保护法 25；保密法 35.
    """
    shown, origin = visible(text)
    found = [
        (kind, origin[start], origin[end - 1] + 1, certainty, note)
        for kind, start, end, certainty, note in _all(shown.translate(PLAIN))
    ]
    if shown is not text:
        # An unseen sign may as well be the only thing that keeps two numbers apart.
        found += _all(text.translate(PLAIN))
    found.sort(key=lambda f: (_RANK[f[3]], f[1] - f[2], _ORDER[f[0]], f[1]))
    taken = bytearray(len(text))
    kept: list[Hit] = []
    for kind, start, end, certainty, note in found:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(Hit(kind, start, end, text[start:end], certainty, note))
    return sorted(kept, key=lambda hit: hit.start)


@rests_on(Ref("pipl", 25), Ref("pipl", 51), Ref("design"))
def mask(text: str, kinds: Collection[Kind] = PERSONAL) -> str:
    """The text with personal data starred out, of the same length; separators within a number stay.

    ID keeps the first 3 and last 2, a mobile 3 and 4, a card its last 4, an e-mail its first character and
    host. Weak hits are masked as well: a mistyped ID number is still somebody's.
    """
    parts, at = [], 0
    for hit in find_personal_data(text):
        if hit.kind in kinds and hit.kind in _KEEP:
            parts += [text[at : hit.start], _masked(hit)]
            at = hit.end
    return "".join([*parts, text[at:]])


_KEEP = {
    Kind.ID_NUMBER: (3, 2),
    Kind.MOBILE: (3, 4),
    Kind.BANK_CARD: (0, 4),
    Kind.LANDLINE: (3, 4),
    Kind.EMAIL: (1, 0),
}


def _masked(hit: Hit) -> str:
    body, tail = hit.text, ""
    if hit.kind is Kind.EMAIL:
        at = re.search("[@＠]", body)
        cut = at.start() if at else len(body)
        body, tail = body[:cut], body[cut:]
    places = [i for i, c in enumerate(body) if c.isalnum() or hit.kind is Kind.EMAIL]
    if hit.kind is Kind.MOBILE:
        places = places[-11:]
    front, back = _KEEP[hit.kind]
    hidden = set(places[front : len(places) - back])
    return "".join("*" if i in hidden else c for i, c in enumerate(body)) + tail


_Found = tuple[Kind, int, int, Certainty, str]


def id_check_digit(first17: str) -> str:
    """The eighteenth character of an ID number from its first seventeen digits (ISO 7064 MOD 11-2): 0–9 or X."""
    return _CHECK[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def luhn(digits: str) -> bool:
    """Whether a row of digits passes the Luhn sum, as bank card numbers do."""
    total = 0
    for n, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + n % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _all(plain: str) -> Iterator[_Found]:
    for find in (_numbers, _run_on, _dotted, _emails, _bracketed, _marks):
        yield from find(plain)


def _numbers(plain: str) -> Iterator[_Found]:
    """Numbers made of one to six neighbouring groups of digits, or of single digits spaced out."""
    for run in _runs(plain):
        if len(run) > _MOST_GROUPS and all(end - start == 1 for start, end in run):
            if len(run) <= _MOST_DIGITS and "\n" not in plain[run[0][0] : run[-1][1]]:
                yield from _judged(plain, run)
            continue
        for first in range(len(run)):
            total = 0
            for last in range(first, min(first + _MOST_GROUPS, len(run))):
                total += run[last][1] - run[last][0]
                if total > _MOST_DIGITS:
                    break
                if total >= 11:
                    yield from _judged(plain, run[first : last + 1], alone=last - first + 1 == len(run))


def _runs(plain: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of digits joined by a space, a hyphen or one line end, as (start, end) pairs."""
    run: list[tuple[int, int]] = []
    for match in _GROUP.finditer(plain):
        if run and not _GAP.fullmatch(plain, run[-1][1], match.start()):
            yield run
            run = []
        run.append(match.span())
    if run:
        yield run


def _judged(plain: str, groups: list[tuple[int, int]], *, alone: bool = True) -> Iterator[_Found]:
    """One number, if these groups make one; `alone` when no other figures stand next to them."""
    start, end = groups[0][0], groups[-1][1]
    digits = "".join(plain[a:b] for a, b in groups).upper()
    lines = plain.count("\n", start, end)
    if lines > 1:
        return
    if lines:
        yield from _broken(plain, groups, digits, alone=alone)
        return
    found = _as_id(digits)
    if found is None and digits.isdigit():
        found = _as_mobile(plain, groups, digits) or _as_card(groups, digits) or _as_landline(groups, digits)
    if found is None:
        return
    kind, certainty, note = found
    if kind is Kind.MOBILE and start and plain[start - 1] == "+":
        start -= 1
    yield kind, start, end, certainty, note


def _broken(plain: str, groups: list[tuple[int, int]], digits: str, *, alone: bool) -> Iterator[_Found]:
    """A number that a line's end cuts in two, as in a narrow cell. Of a mobile no figures may stand beside it: a column
    of amounts would be full of them."""
    start, end = groups[0][0], groups[-1][1]
    found = _as_id(digits)
    if found and found[1] is Certainty.CERTAIN:
        yield Kind.ID_NUMBER, start, end, Certainty.LIKELY, "拆成两行的身份证号"
    elif alone and len(groups) == 2 and digits.isdigit():
        mobile = _as_mobile(plain, [(end - len(digits), end)], digits)
        if mobile and mobile[1] is Certainty.LIKELY and not _IN_A_FIGURE.match(plain[start - 1 : start]):
            yield Kind.MOBILE, start, end, Certainty.LIKELY, "拆成两行的手机号码"


_IN_A_FIGURE = re.compile(r"[A-Za-z.,/_]")
_Judgement = tuple[Kind, Certainty, str] | None


def _as_id(digits: str) -> _Judgement:
    if len(digits) == 18 and digits[:17].isdigit() and digits[0] != "0" and _born(digits[6:14]):
        if id_check_digit(digits[:17]) == digits[17]:
            return Kind.ID_NUMBER, Certainty.CERTAIN, "校验码相符的身份证号"
        return Kind.ID_NUMBER, Certainty.WEAK, "像身份证号，但校验码不符，可能有一位写错"
    if len(digits) == 15 and digits.isdigit() and digits[0] != "0" and _born("19" + digits[6:12]):
        return Kind.ID_NUMBER, Certainty.WEAK, "像15位旧身份证号"
    return None


def _born(day: str) -> bool:
    if day[:2] not in ("19", "20"):
        return False
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return True


_CODE_GOES_ON = re.compile(r"[A-Za-z]{1,20}\d")


def _as_mobile(plain: str, groups: list[tuple[int, int]], digits: str) -> _Judgement:
    match = _MOBILE.fullmatch(digits)
    if match is None or not _typed_as_mobile([b - a for a, b in groups]):
        return None
    after = plain[groups[-1][1] : groups[-1][1] + 2]
    if _CODE_GOES_ON.match(plain, groups[-1][1]):
        # 13812345678wx is a number with a word behind it; 13812345678a9 is part of a longer code.
        return Kind.MOBILE, Certainty.WEAK, "像手机号码，但后面连着编码"
    if after[:1] == "." and after[1:].isdigit():
        return Kind.MOBILE, Certainty.WEAK, "像手机号码，但带小数"
    return Kind.MOBILE, Certainty.LIKELY, "手机号码"


def _typed_as_mobile(sizes: list[int]) -> bool:
    """Whether groups of these sizes are how a mobile number is typed, a country code before it or not."""
    sizes = sizes[1:] if len(sizes) > 1 and sizes[0] in (2, 4) and sum(sizes) > 11 else sizes
    extra = sum(sizes) - 11
    return (sizes[0] - extra, *sizes[1:]) in _MOBILE_CUTS


def _as_card(groups: list[tuple[int, int]], digits: str) -> _Judgement:
    if not 16 <= len(digits) <= 19 or len(set(digits)) < 4 or digits[0] == "0" or not luhn(digits):
        return None
    sizes = [b - a for a, b in groups]
    if len(sizes) > 1 and any(size != 4 for size in sizes[:-1]) and (len(sizes), sizes[0]) != (2, 6):
        return None
    if len(digits) == 18 or len(groups) > 1 or digits[0] not in "345679":
        # 18 digits are also the shape of an ID number and of a 统一社会信用代码.
        return Kind.BANK_CARD, Certainty.LIKELY, "像银行卡号"
    return Kind.BANK_CARD, Certainty.CERTAIN, "校验位相符的银行卡号"


def _as_landline(groups: list[tuple[int, int]], digits: str) -> _Judgement:
    if len(groups) > 3 or _LANDLINE.fullmatch(digits) is None:
        return None
    return Kind.LANDLINE, Certainty.WEAK, "固定电话，可能是单位的公开电话"


def _run_on(plain: str) -> Iterator[_Found]:
    """ID numbers inside longer rows of digits, as when a column ran into the next one."""
    for run in re.finditer(r"[0-9]{18,}[Xx]?", plain):
        for match in _RUN_ON_ID.finditer(plain, run.start(), run.end()):
            digits = match[1].upper()
            if _born(digits[6:14]) and id_check_digit(digits[:17]) == digits[17]:
                yield (
                    Kind.ID_NUMBER,
                    match.start(1),
                    match.end(1),
                    Certainty.LIKELY,
                    "夹在长串数字里的身份证号",
                )


def _dotted(plain: str) -> Iterator[_Found]:
    for match in _DOTTED.finditer(plain):
        yield Kind.MOBILE, match.start(), match.end(), Certainty.LIKELY, "用点隔开的手机号码"


def _emails(plain: str) -> Iterator[_Found]:
    for at in re.finditer("@", plain):
        local = _EMAIL_LOCAL.search(plain[max(0, at.start() - 64) : at.start()])
        host = _EMAIL_HOST.match(plain, at.end())
        if local and host and not _MOBILE.fullmatch(local[0]):
            start = at.start() - len(local[0])
            yield Kind.EMAIL, start, host.end(), Certainty.LIKELY, "电子邮箱"


def _bracketed(plain: str) -> Iterator[_Found]:
    for match in _BRACKETED.finditer(plain):
        yield Kind.LANDLINE, match.start(), match.end(), Certainty.WEAK, "固定电话，可能是单位的公开电话"


def _marks(plain: str) -> Iterator[_Found]:
    for pattern, certainty, note in _MARKS:
        for match in pattern.finditer(plain):
            start, end = match.span(1) if match.re.groups else match.span()
            yield Kind.SECRECY_MARK, start, end, certainty, note
