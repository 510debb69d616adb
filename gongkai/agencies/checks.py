"""What may stand in the fields of an agency, a section, a person: what is wrong, in words with what to do.

One place for the pages, the acts and the sheets. What stands unchanged is not judged again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from . import credit_code
from .models import Agency, Person

K = TypeVar("K", bound=Hashable)

RESERVED = frozenset(
    [
        "account",
        "accounts",
        "admin",
        "agencies",
        "api",
        "audit",
        "data",
        "desk",
        "docs",
        "favicon",
        "files",
        "healthz",
        "help",
        "look",
        "look.css",
        "media",
        "notices",
        "outbox",
        "people",
        "readyz",
        "robots.txt",
        "search",
        "sign-in",
        "sign-out",
        "site",
        "sitemap.xml",
        "static",
        "system",
        "tasks",
        "zfxxgk",
    ]
)
"""Words that stand at the first level of the site's or the desk's addresses, or may one day."""
IDENTITY = (
    "name",
    "short_name",
    "slug",
    "code",
    "document_code",
    "uscc",
    "level",
    "supervisor",
    "makes_rules",
    "portal_open",
)
"""What says which agency it is and whom it answers to: the system administrator's alone."""
CONTACT = (
    "self_name",
    "office",
    "address",
    "postcode",
    "phone",
    "fax",
    "email",
    "office_hours",
    "reconsideration_organs",
    "court",
)
"""What letters and the guide tell the public: kept by the agency itself."""
REQUIRED = {"name": "全称", "code": "机构代码", "slug": "网址代号", "self_name": "自称", "level": "层级"}

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_PHONE = re.compile(r"[0-9+\-—()（） ,，、;；/转]*")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Unfit(ValueError):
    """Something cannot be kept as it was given; `wrong` says what is wrong, by field, "" for the whole."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("".join(wrong.values()))
        self.wrong = dict(wrong)


def tidy(value: Any) -> Any:
    """Text as it is kept: no blanks around lines, no empty lines, no control characters; other things unchanged."""
    if not isinstance(value, str):
        return value
    lines = (_CONTROL.sub("", line).strip() for line in value.replace("\r\n", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def _slug(value: str) -> str:
    if len(value) < 2 or not _SLUG.fullmatch(value):
        return "网址代号只用小写字母、数字和短横，至少两个字符，例如 xtxsfj。"
    return f"“{value}”是系统用的词，请换一个网址代号。" if value in RESERVED else ""


def _code(value: str) -> str:
    return "" if _CODE.fullmatch(value) else "机构代码只用字母、数字和短横，例如 XTXSFJ。"


def _phone(value: str) -> str:
    digits = sum(letter.isdigit() for letter in value)
    return "" if _PHONE.fullmatch(value) and digits >= 7 else "电话要带区号，例如 0731-55556666。"


def _postcode(value: str) -> str:
    return "" if re.fullmatch(r"[0-9]{6}", value) else "邮政编码是6位数字，例如 411200。"


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        return "电子邮箱的写法不对，例如 sfj@example.gov.cn。"
    return ""


def _level(value: str) -> str:
    return "" if value in Agency.Level.values else f"层级从这几个里选一个：{'、'.join(Agency.Level.labels)}。"


def _mobile(value: str) -> str:
    return "" if _MOBILE.fullmatch(value) else "手机是11位数字，以1开头，例如 13800138000。"


def _username(value: str) -> str:
    try:
        UnicodeUsernameValidator()(value)
    except ValidationError:
        return "用户名只用字母、数字、汉字和 @ . + - _，中间不留空格。"
    return ""


_AGENCY: dict[str, Callable[[str], str]] = {
    "slug": _slug,
    "code": _code,
    "uscc": credit_code.what_is_wrong,
    "level": _level,
    "postcode": _postcode,
    "phone": _phone,
    "fax": _phone,
    "email": _email,
}
_PERSON: dict[str, Callable[[str], str]] = {"username": _username, "phone": _mobile, "email": _email}


def wrong_in_agency(values: Mapping[str, Any], standing: Agency | None = None) -> dict[str, str]:
    """What is wrong with these fields of an agency, by field; what stands unchanged in it is left alone."""
    wrong: dict[str, str] = {}
    for name, value in values.items():
        if not isinstance(value, str):
            continue
        if standing is not None and tidy(getattr(standing, name)) == value:
            continue
        said = _said(Agency, name, value, REQUIRED.get(name, ""), _AGENCY)
        if said:
            wrong[name] = said
    return wrong


def wrong_in_person(values: Mapping[str, str], standing: Person | None = None) -> dict[str, str]:
    """What is wrong with these fields of a person, by field; what stands unchanged is left alone."""
    words = {"username": "用户名", "name": "姓名"}
    wrong: dict[str, str] = {}
    for name, value in values.items():
        if standing is not None and tidy(getattr(standing, name)) == value:
            continue
        said = _said(Person, name, value, words.get(name, ""), _PERSON)
        if said:
            wrong[name] = said
    return wrong


def _said(
    model: type[Model], name: str, value: str, required: str, checks: Mapping[str, Callable[[str], str]]
) -> str:
    if not value:
        return f"请填写{required}。" if required else ""
    most = getattr(model._meta.get_field(name), "max_length", None)
    if most and len(value) > most:
        return f"最多{most}个字，现在有{len(value)}个，请缩短。"
    if "\n" in value and name != "reconsideration_organs":
        return "这一项只写一行，请去掉换行。"
    check = checks.get(name)
    return check(value) if check else ""


def wrong_section_name(name: str) -> str:
    """What is wrong with the name of a section; empty when it is right."""
    if not name:
        return "请填写股室名称。"
    if len(name) > 60:
        return f"股室名称最多60个字，现在有{len(name)}个，请缩短。"
    return "股室名称只写一行，请去掉换行。" if "\n" in name else ""


def ring_through(start: K, above: Mapping[K, K | None]) -> list[K]:
    """The ring that leads from `start` up through its supervisors back to it; empty when there is none."""
    way = [start]
    here = above.get(start)
    while here is not None and here not in way:
        way.append(here)
        here = above.get(here)
    return way if here == start else []
