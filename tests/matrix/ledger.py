"""The pages of gongkai/desk/ledger/."""

from __future__ import annotations

from tests.matrix.answers import CASEWORKERS, Row, absent, ours, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}


def _file(copy: str, ending: str) -> dict[str, str]:
    return {"copy": copy, "ending": ending}


TABLE: dict[str, list[Row]] = {
    "desk:ledger": [(own, ours()), (other, theirs())],
    "desk:ledger-export": [(own, ours()), (other, theirs())],
    "desk:ledger-file": [
        (own | _file("own", "xlsx"), ours(CASEWORKERS)),
        (own | _file("own", "csv"), ours(CASEWORKERS)),
        (own | _file("public", "xlsx"), ours()),
        (own | _file("public", "csv"), ours()),
        (own | _file("else", "xlsx"), absent()),
        (own | _file("own", "exe"), absent()),
        (other | _file("own", "xlsx"), theirs()),
    ],
}
