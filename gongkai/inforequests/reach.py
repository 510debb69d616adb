"""How a requester can be identified and reached: what can be seen to be wrong with a number or an address, in words;
the public form and the desk ask the same."""

from __future__ import annotations

import re
import unicodedata

from gongkai.agencies.credit_code import what_is_wrong
from gongkai.statute.privacy import Certainty, Kind, find_personal_data

from .models import InfoRequest

ID_CARD, CREDIT_CODE = "居民身份证", "统一社会信用代码"
CHECKED = (ID_CARD, "港澳台居民居住证")
"""Papers whose number has a check digit."""
_PHONE = re.compile(r"[0-9+()（）转xX,，/ -]{7,40}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def plain(text: str) -> str:
    """Full-width digits and letters made plain, blanks around taken away."""
    return unicodedata.normalize("NFKC", text).strip()


def wrong_number(kind: str, number: str) -> str:
    """What is wrong with the number of a paper, in words; empty when it is right or cannot be checked."""
    if kind == CREDIT_CODE:
        return what_is_wrong(number)
    if kind not in CHECKED:
        return ""
    if len(number) != 18:
        return f"{kind}号码是 18 位，现在是 {len(number)} 位，请对照证件重新填写。"
    hits = find_personal_data(number)
    if any(hit.kind is Kind.ID_NUMBER and hit.certainty is Certainty.CERTAIN for hit in hits):
        return ""
    return f"{kind}号码的校验位不对，可能有一位写错了，请对照证件逐位核对。"


def wrong_phone(given: str) -> str:
    """Any way of writing a number, but a number."""
    good = not given or (_PHONE.fullmatch(given) and sum(c.isdigit() for c in given) >= 7)
    return "" if good else "联系电话写法不对，请写手机号码，或者区号加固定电话号码。"


def wrong_mail(given: str) -> str:
    """Something an e-mail can be sent to."""
    good = not given or _MAIL.fullmatch(given)
    return "" if good else "电子邮箱写法不对，请写成例如 name@example.com。"


def lacks(request: InfoRequest, way: str) -> str:
    """What a way of sending needs and nobody wrote down of the requester; empty where it is known or not needed."""
    given = getattr(request, "requester", None)
    if way in ("ems", "registered") and not getattr(given, "address", ""):
        return "通信地址"
    if way == "email" and not getattr(given, "email", ""):
        return "电子邮箱"
    return "传真号码" if way == "fax" and not getattr(given, "fax", "") else ""
