"""The pages of gongkai/desk/registers/."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.disclosure.actions.register_import import begin
from gongkai.disclosure.actions.registering import enter
from gongkai.disclosure.models import RegisterEntry
from tests.cast import SYSTEM, Cast
from tests.disclosure.test_registers import PENALTY, sheet
from tests.matrix.answers import INSIDERS, Row, absent, ours, theirs
from tests.matrix.requests_case import HANDLERS, nothing, other, own

NEITHER = tuple(who for who in INSIDERS if who not in HANDLERS)


def _entry(of: str) -> Callable[[Cast], int]:
    def entry(cast: Cast) -> int:
        agency = getattr(cast, of)
        number = f"测罚〔2025〕{RegisterEntry.objects.count() + 1}号"
        return enter(agency, "penalties", {**PENALTY, "day": "2023-03-06", "number": number}, by=SYSTEM).pk

    return entry


def _import(of: str, who: str) -> Callable[[Cast], int]:
    def made(cast: Cast) -> int:
        row = ["测罚〔2025〕900号", "2025-03-05", "测试案由"]
        return begin(getattr(cast, of), "penalties", sheet("penalties", [row]), by=cast.actor(who)).pk

    return made


def _of(kind: str = "penalties", **more: object) -> dict[str, object]:
    return {"kind": kind, **more}


mine, theirs_entry = _entry("agency"), _entry("other")
ours_begun, theirs_begun = _import("agency", "clerk"), _import("other", "neighbour")


def _acted() -> list[Row]:
    return [
        (own | _of(pk=mine), ours(HANDLERS)),
        (other | _of(pk=theirs_entry), theirs()),
        (own | _of(pk=theirs_entry), absent() | dict.fromkeys(NEITHER, 403)),
    ]


def _by_kind(kind: str = "penalties") -> list[Row]:
    return [
        (own | _of(kind), ours(HANDLERS)),
        (other | _of(kind), theirs()),
        (own | _of("nothing"), absent() | dict.fromkeys(NEITHER, 403)),
    ]


TABLE: dict[str, list[Row]] = {
    "desk:registers": [(own, ours()), (other, theirs())],
    "desk:register": [
        (own | _of(), ours()),
        (own | _of("normative_documents"), ours()),
        (own | _of("fees_10k_yuan"), ours()),
        (own | _of("nothing"), absent()),
        (other | _of(), theirs()),
    ],
    "desk:register-new": _by_kind(),
    "desk:register-entry": [
        (own | _of(pk=mine), ours()),
        (own | _of(pk=theirs_entry), absent()),
        (own | _of("licences", pk=mine), absent()),
        (own | _of(pk=nothing), absent()),
    ],
    "desk:register-correct": _acted(),
    "desk:register-cancel": _acted(),
    "desk:register-draft": _acted(),
    "desk:register-keep": _by_kind(),
    "desk:register-documents": [
        *_by_kind("normative_documents"),
        (own | _of("penalties"), absent() | dict.fromkeys(NEITHER, 403)),
    ],
    "desk:register-template": _by_kind(),
    "desk:register-import": _by_kind(),
    "desk:register-import-one": [
        (own | _of(pk=ours_begun), ours(HANDLERS)),
        (other | _of(pk=theirs_begun), theirs()),
        (own | _of(pk=theirs_begun), absent() | dict.fromkeys(NEITHER, 403)),
        (own | _of("licences", pk=ours_begun), absent() | dict.fromkeys(NEITHER, 403)),
    ],
    "desk:evaluations": [(own, ours()), (other, theirs())],
    "desk:transfers": [(own, ours(HANDLERS)), (other, theirs())],
    "desk:transfer-list": [
        (own | {"year": 2024, "ending": "xlsx"}, ours(HANDLERS)),
        (own | {"year": 2024, "ending": "docx"}, ours(HANDLERS)),
        (own | {"year": 1900, "ending": "xlsx"}, absent() | dict.fromkeys(NEITHER, 403)),
        (own | {"year": 2024, "ending": "exe"}, absent() | dict.fromkeys(NEITHER, 403)),
        (other | {"year": 2024, "ending": "xlsx"}, theirs()),
    ],
}
