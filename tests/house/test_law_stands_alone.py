"""The house rules of the law: no today, no framework, every symbol explained, every rule with its reference."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATUTE = sorted((ROOT / "gongkai" / "statute").rglob("*.py"))
_TODAY = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", STATUTE, ids=_name)
def test_no_today_in_the_law(path: Path) -> None:
    found = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and ((node.value.id if isinstance(node.value, ast.Name) else node.value.attr), node.attr) in _TODAY
    ]
    assert not found, f"{_name(path)} asks what day it is, line {found}"


@pytest.mark.parametrize("path", STATUTE, ids=_name)
def test_every_public_symbol_of_the_law_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{_name(path)} has no docstring"
    bare = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and _is_public(tree, node)
    ]
    assert not bare, f"{_name(path)}: no docstring on {bare}"


def _is_public(tree: ast.Module, node: ast.AST) -> bool:
    if node in tree.body:
        return True
    return any(
        node in c.body for c in tree.body if isinstance(c, ast.ClassDef) and not c.name.startswith("_")
    )


def test_the_law_and_the_command_line_import_no_framework() -> None:
    code = (
        "import pkgutil, importlib, sys, gongkai.statute as s\n"
        "for m in pkgutil.walk_packages(s.__path__, 'gongkai.statute.'): importlib.import_module(m.name)\n"
        "import gongkai.cli\n"
        "sys.exit(','.join(n for n in ('django', 'sqlite3', 'psycopg') if n in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_law_symbol_has_a_reference_that_resolves() -> None:
    from gongkai.statute.lawmap import symbols
    from gongkai.statute.refs import Ref

    found = list(symbols())
    assert len(found) > 100, "the walk over the law finds too little to mean anything"
    for symbol in found:
        assert symbol.refs, f"{symbol.name} has no reference"
        for ref in symbol.refs:
            assert isinstance(ref, Ref)
            assert ref.says, f"{symbol.name}: {ref} says nothing"
