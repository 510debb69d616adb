"""The citizen's pages of 依申请公开: the same for all, and no case without its code."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.matrix.answers import POST, Row, everyone

PUBLIC, NOWHERE, TO_THE_START = everyone(200), everyone(404), everyone(302)
own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}


def any_letter(cast: Cast) -> int:
    """A letter's number; without the code none is there."""
    return 1


def _page(**more: Any) -> list[Row]:
    return [(own | more, PUBLIC), (other | more, NOWHERE)]


def _behind_the_code(**more: Any) -> list[Row]:
    return [(own | more, TO_THE_START), (other | more, NOWHERE)]


TABLE: dict[str, list[Row]] = {
    "portal:request-help": _page(),
    "portal:request-paper": _page(),
    "portal:request-start": _page(),
    "portal:request-track": _page(),
    "portal:request-step": [
        *((own | {"step": step}, TO_THE_START) for step in ("kind", "who", "what", "how", "files", "check")),
        (own | {"step": "nowhere"}, NOWHERE),
        (other | {"step": "kind"}, NOWHERE),
    ],
    "portal:request-done": _behind_the_code(),
    "portal:request-case": _behind_the_code(),
    "portal:request-reply": _behind_the_code(),
    "portal:request-withdraw": _behind_the_code(),
    "portal:request-letter": _behind_the_code(pk=any_letter),
    "portal:request-given": _behind_the_code(pk=any_letter),
    "portal:request-leave": [
        (own, everyone(405)),
        (own, TO_THE_START, POST),
        (other, NOWHERE, POST),
    ],
}
