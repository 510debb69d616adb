"""Numbers of the register, without gaps, and tracking codes that cannot be guessed."""

from __future__ import annotations

import secrets

from gongkai.agencies.models import Agency

from .models import InfoRequest, Register, RegisterNumber
from .models.numbering import PATTERN

_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Read over the telephone and copied by hand: no letter that looks or sounds like another or like a digit."""
FIELDS = {"code": "机关代字", "year": "年份", "serial": "顺序号"}
"""What a pattern may hold; `serial` it must."""


class BadPattern(ValueError):
    """A pattern that would make the same number twice or no number at all; says what to write."""


def tracking_code() -> str:
    """A fresh code of twelve characters, 56 bits, as ABCD-EFGH-3467 would be typed without the dashes."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def checked_pattern(pattern: str) -> str:
    """The pattern, if it makes numbers; raises `BadPattern`."""
    try:
        first, second = (pattern.format(code="甲", year=2025, serial=n) for n in (1, 2))
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise BadPattern(
            "编号样式里只能用 {code}（机关代字）、{year}（年份）、{serial}（顺序号）三种花括号。"
        ) from error
    if first == second:
        raise BadPattern("编号样式里要有 {serial}（顺序号），否则每件申请的编号都一样。")
    if pattern.format(code="甲", year=2025, serial=1) == pattern.format(code="甲", year=2026, serial=1):
        raise BadPattern("编号样式里要有 {year}（年份），否则每年的编号会重复。")
    if len(pattern.format(code="甲乙丙丁戊己", year=2025, serial=99999)) > 60:
        raise BadPattern("编号样式太长，编号最多60个字。")
    return pattern


def allot(agency: Agency, year: int) -> RegisterNumber:
    """The next number of the agency's register of the year, within the transaction that registers the request.

    The register's row is locked until that transaction ends, so that a request that is rolled back gives its number
    back and two at once get two. A new year's register takes over the pattern of the last. A number that a case taken
    over from an old ledger bears already is written down as that case's, and the next one is given.
    """
    before = Register.objects.filter(agency=agency).order_by("-year").first()
    Register.objects.get_or_create(
        agency=agency, year=year, defaults={"pattern": before.pattern if before else PATTERN}
    )
    register = Register.objects.select_for_update(no_key=True).get(agency=agency, year=year)
    code = agency.document_code or agency.short_name or agency.code
    while True:
        register.last += 1
        number = register.pattern.format(code=code, year=year, serial=register.last)
        printed = InfoRequest.objects.filter(agency=agency, number=number).first()
        made = RegisterNumber.objects.create(
            register=register, serial=register.last, number=number, request=printed
        )
        if printed is None:
            break
    register.save(update_fields=["last"])
    return made
