"""Whatever writes goes through `acting` or `record`; every act asked for is in the table, and every row is asked for.

Read from the source, so that a new act is caught before anybody has run it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "gongkai"
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
WRITTEN_DOWN = {"acting", "moving", "on_item", "record", "note", "note_view", "note_refusal"}
ASKS = {
    "acting": 1,
    "require": 1,
    "may": 1,
    "look_at_personal": 1,
    "note_view": 1,
    "of_agency": 0,
    "of_site": 0,
}
"""Which argument of these names the act."""

_INSIDE = "done inside another act, whose entry tells of it"
_STAY = "signing in and out are written down by enter and leave; this keeps the stay itself"
_OWN_TYPING = "what somebody typed and had not sent yet: nobody else sees it, and it goes after a while"
_COUNT = "how often an address tried; gone after two days"
EXCEPTIONS: dict[str, str] = {
    "agencies/actions/closing.py:end_seats": _INSIDE,
    "agencies/actions/closing.py:move_seats": _INSIDE,
    "agencies/actions/deputies.py:call_off": _INSIDE,
    "agencies/actions/handover.py:empty": _INSIDE,
    "agencies/actions/handover.py:seat_holder": _INSIDE,
    "agencies/actions/proposals.py:give_proposed": _INSIDE,
    "disclosure/actions/putting_back.py:put_back": _INSIDE,
    "disclosure/actions/reopening.py:close_open": _INSIDE,
    "disclosure/actions/reopening.py:reopen": _INSIDE,
    "disclosure/actions/reopening.py:wrote": _INSIDE,
    "files/actions/passing.py:move_files": _INSIDE,
    "files/actions/passing.py:pass_on_to": _INSIDE,
    "inforequests/actions/drafts.py:begin": _OWN_TYPING,
    "inforequests/actions/drafts.py:drop": _OWN_TYPING,
    "inforequests/actions/drafts.py:keep_step": _OWN_TYPING,
    "inforequests/actions/drafts.py:sweep": _OWN_TYPING,
    "inforequests/actions/past_cases.py:take_back": _INSIDE,
    "inforequests/actions/past_cases.py:take_over": _INSIDE,
    "inforequests/actions/limits.py:count_draft": _COUNT,
    "inforequests/actions/limits.py:count_failure": _COUNT,
    "inforequests/actions/limits.py:count_submission": _COUNT,
    "inforequests/actions/online.py:submit_online": "the registration, which is done inside, leaves the entry",
    "inforequests/actions/online.py:take_message": "the act that is done inside leaves the entry",
    "ledger/actions/reading.py:check": _INSIDE,
    "oversight/actions/message_base.py:write_event": _INSIDE,
    "oversight/actions/message_limits.py:count_draft": _COUNT,
    "oversight/actions/message_limits.py:count_failure": _COUNT,
    "oversight/actions/message_limits.py:count_submission": _COUNT,
    "oversight/actions/messages.py:open_row": _INSIDE,
    "files/actions/passing.py:hand_to": _INSIDE,
    "oversight/actions/orders.py:hand_over": _INSIDE,
    "oversight/actions/orders.py:write_event": _INSIDE,
    "sign_in/actions/factors.py:new_factor": "a secret begun; `confirm`, which puts it in force, leaves the entry",
    "sign_in/actions/keeping.py:drop": _OWN_TYPING,
    "sign_in/actions/keeping.py:drop_sent": _OWN_TYPING,
    "sign_in/actions/keeping.py:keep": _OWN_TYPING,
    "sign_in/actions/stays.py:begin": _STAY,
    "sign_in/actions/stays.py:close_all": _INSIDE,
    "sign_in/actions/stays.py:seen": _STAY,
    "sign_in/actions/tidying.py:tidy": "what has run out: counters, kept forms, sessions; nothing of the agency's",
}
"""Writes that leave no entry, with the reason: file:function."""
AWAITED: dict[str, str] = {}
"""Rows of the table that nothing asks for yet, with the room that will."""


def _called(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            target = inner.func
            yield (target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")), inner


def _is_write(name: str, call: ast.Call) -> bool:
    if name in WRITES:
        return isinstance(call.func, ast.Attribute)
    # update() of a set of rows; that of a digest or a dictionary is none.
    return name == "update" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call)


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}


def _reach(name: str, functions: dict[str, ast.FunctionDef]) -> set[str]:
    """The function and those of its file that it calls, directly or not."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [called for called, _ in _called(functions[here]) if called in functions]
    return seen


def _unwritten() -> set[str]:
    found = set()
    for path in sorted(ROOT.glob("*/actions/*.py")):
        functions = _functions(ast.parse(path.read_text(encoding="utf-8")))
        for name in functions:
            if name.startswith("_"):
                continue
            calls = [c for reached in _reach(name, functions) for c in _called(functions[reached])]
            if any(_is_write(*call) for call in calls) and not any(n in WRITTEN_DOWN for n, _ in calls):
                found.add(f"{path.relative_to(ROOT)}:{name}")
    return found


def test_every_write_leaves_an_entry() -> None:
    unwritten = _unwritten()
    assert unwritten == set(EXCEPTIONS), (
        f"write without an entry: {sorted(unwritten - set(EXCEPTIONS))}; "
        f"exceptions no longer needed: {sorted(set(EXCEPTIONS) - unwritten)}"
    )


def test_the_test_would_notice() -> None:
    bare = ast.parse(
        "def a():\n    _b()\ndef _b():\n    Thing.objects.create(x=1)\ndef c():\n    digest.update(b'')"
    )
    functions = _functions(bare)
    assert any(_is_write(*call) for name in _reach("a", functions) for call in _called(functions[name]))
    assert not any(_is_write(*call) for call in _called(functions["c"]))


def _table() -> set[str]:
    tree = ast.parse((ROOT / "agencies" / "acts.py").read_text(encoding="utf-8"))
    return {
        call.args[0].value
        for name, call in _called(tree)
        if name == "Act" and call.args and isinstance(call.args[0], ast.Constant)
    }


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_act_asked_for_is_in_the_table() -> None:
    table = _table()
    assert len(table) > 30
    strange = set()
    for path, tree in _sources():
        for name, call in _called(tree):
            at = ASKS.get(name)
            if at is None or len(call.args) <= at or not isinstance(call.args[at], ast.Constant):
                continue
            slug = call.args[at].value  # type: ignore[attr-defined]
            if slug not in table:
                strange.add(f"{path.relative_to(ROOT)}: {slug}")
    assert not strange


def test_every_row_of_the_table_is_asked_for() -> None:
    words = {
        node.value
        for path, tree in _sources()
        if path != ROOT / "agencies" / "acts.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unasked = _table() - words
    assert unasked == set(AWAITED), f"asked for nowhere: {sorted(unasked ^ set(AWAITED))}"
