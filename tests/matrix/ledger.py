"""The pages of gongkai/desk/ledger/."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.ledger.actions.begin import begin
from tests.cast import Cast
from tests.matrix.answers import CASEWORKERS, INSIDERS, Row, absent, ours, theirs
from tests.matrix.requests_case import nothing

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
NEITHER = tuple(who for who in INSIDERS if who not in ("clerk", "ogi_head"))
HANDLERS = ("clerk", "ogi_head")
TABLE_FILE = "序号,编号,申请时间,申请人,申请内容\n1,甲1,2021-05-06,甲某,材料\n"


def _begun(who: str) -> Callable[[Cast], int]:
    """An import of the bureau's or of the neighbour's, at its first step."""

    def begun(cast: Cast) -> int:
        agency = cast.agency if who == "clerk" else cast.other
        upload = SimpleUploadedFile("台账.csv", TABLE_FILE.encode())
        return begin(agency, upload, by=cast.actor(who)).pk

    return begun


ours_begun, theirs_begun = _begun("clerk"), _begun("neighbour")


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
    "desk:ledger-import": [(own, ours(HANDLERS)), (other, theirs())],
    "desk:ledger-import-one": [
        (own | {"pk": ours_begun}, ours(HANDLERS)),
        (other | {"pk": theirs_begun}, theirs()),
        (own | {"pk": theirs_begun}, absent() | dict.fromkeys(NEITHER, 403)),
        (own | {"pk": nothing}, absent() | dict.fromkeys(NEITHER, 403)),
    ],
}
