"""The citizen's pages of 互动交流: the same for all, and no message without its code."""

from __future__ import annotations

from tests.matrix.answers import POST, Row, everyone
from tests.matrix.portal_requests import NOWHERE, TO_THE_START, _behind_the_code, _page, other, own

TABLE: dict[str, list[Row]] = {
    "portal:messages": _page(),
    "portal:message-help": _page(),
    "portal:message-start": _page(),
    "portal:message-track": _page(),
    "portal:message-step": [
        *((own | {"step": step}, TO_THE_START) for step in ("kind", "what", "files", "who", "check")),
        (own | {"step": "nowhere"}, NOWHERE),
        (other | {"step": "kind"}, NOWHERE),
    ],
    "portal:message-done": _behind_the_code(),
    "portal:message-case": _behind_the_code(),
    "portal:message-case-request": _behind_the_code(),
    "portal:message-request": _behind_the_code(),
    "portal:message-leave": [
        (own, everyone(405)),
        (own, TO_THE_START, POST),
        (other, NOWHERE, POST),
    ],
}
