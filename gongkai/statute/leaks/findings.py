"""A finding of the search for what must not go out: what, where, how grave, why, and by which article."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ..refs import Ref


class What(StrEnum):
    """What was found."""

    MARK = "mark"
    INTERNAL = "internal"
    ID_NUMBER = "id_number"
    PAPER = "paper"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    EMAIL = "email"
    ADDRESS = "address"
    PLATE = "plate"
    MINOR = "minor"
    NAME = "name"
    WORD = "word"


LABELS: dict[What, str] = {
    What.MARK: "密级标志",
    What.INTERNAL: "内部资料",
    What.ID_NUMBER: "身份证号",
    What.PAPER: "护照、通行证号",
    What.MOBILE: "手机号码",
    What.LANDLINE: "个人电话",
    What.BANK_CARD: "银行卡号",
    What.EMAIL: "电子邮箱",
    What.ADDRESS: "住址",
    What.PLATE: "车牌号",
    What.MINOR: "未成年人信息",
    What.NAME: "姓名",
    What.WORD: "错敏词",
}


class Severity(StrEnum):
    """Whether publishing waits for it."""

    BLOCK = "block"
    """It does not go out until it is redacted, or a reviewer has cleared it with a reason."""
    WARN = "warn"
    """A person has to look at it."""


REFS: dict[What, Ref] = {
    What.MARK: Ref("secrets_law", 35),
    What.INTERNAL: Ref("secrets_law", 64),
    What.ID_NUMBER: Ref("pipl", 25),
    What.PAPER: Ref("pipl", 25),
    What.MOBILE: Ref("pipl", 25),
    What.LANDLINE: Ref("pipl", 25),
    What.BANK_CARD: Ref("pipl", 28),
    What.EMAIL: Ref("pipl", 25),
    What.ADDRESS: Ref("pipl", 25),
    What.PLATE: Ref("pipl", 25),
    What.MINOR: Ref("minors_law", 103),
    What.NAME: Ref("pipl", 25),
    What.WORD: Ref("site_indicators_2019"),
}
"""The ground of each kind."""
ORDER = {what: n for n, what in enumerate(What)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One find: `start` and `end` are character offsets into the text as given, `text` what stands there.

    `why` says in words what it looks like; `instead` what should be written, of a word list's entry.
    """

    what: What
    start: int
    end: int
    text: str
    severity: Severity
    why: str
    instead: str = ""
    ref: Ref = field(default=Ref("pipl", 25), compare=False)

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return LABELS[self.what]

    @property
    def blocks(self) -> bool:
        """Whether publishing waits for it."""
        return self.severity is Severity.BLOCK


Found = tuple[What, int, int, Severity, str]
"""A find before the text is cut out: kind, start, end, severity, why."""
