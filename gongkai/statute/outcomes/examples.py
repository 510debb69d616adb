"""Examples of what a reply states: shown beside the boxes, never put into a letter."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _examples() -> dict[str, dict[str, str]]:
    text = files("gongkai.statute.outcomes").joinpath("examples.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def example_of(reply: str, statement: str) -> str:
    """An example of this statement (slug) in this kind of reply (slug); empty where there is none."""
    found = _examples()
    return found.get(reply, {}).get(statement) or found["all"].get(statement, "")


def examples_for(reply: str) -> frozenset[str]:
    """The statements that have an example of their own in this kind of reply."""
    return frozenset(_examples().get(reply, {}))
