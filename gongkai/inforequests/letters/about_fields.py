"""What each field of a template is, and a sample of it: for the legend, the check and the preview."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from .catalogue import LetterKind

_DATA: dict[str, tuple[str, str | list[str]]] = {
    name: (row[0], row[1])
    for name, row in tomllib.loads(
        files("gongkai.inforequests.letters").joinpath("fields.toml").read_text(encoding="utf-8")
    ).items()
}
LISTS = frozenset(name for name, (_, sample) in _DATA.items() if isinstance(sample, list))
"""Fields of several lines."""


def meaning_of(name: str) -> str:
    """The field in a few words."""
    return _DATA[name][0]


def legend_of(kind: LetterKind) -> list[tuple[str, str, bool]]:
    """The fields of a kind of letter: name, meaning, whether the letter is incomplete without it; those first."""
    must = [name for name in kind.must if name != "标题"]
    rest = sorted(kind.fields - set(must))
    return [(name, meaning_of(name), name in must) for name in dict.fromkeys([*must, *rest])]


def sample_of(kind: LetterKind) -> dict[str, Any]:
    """A letter of this kind as it might be filled in; nobody's case."""
    found: dict[str, Any] = {name: _DATA[name][1] for name in kind.fields}
    found["标题"] = kind.title
    found["文号"] = f"{found['编号']}-{kind.suffix}"
    if all(variant == "C" for variant in kind.remedies):
        found["救济途径"] = ""
    return found
