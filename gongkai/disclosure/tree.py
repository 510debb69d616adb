"""The ready-made tree of columns (tree.toml): the sections the platform requires, and those of the founding report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from gongkai.statute.duties import ARTICLE_20, ARTICLE_21_COUNTY


@dataclass(frozen=True, slots=True)
class Planned:
    """A column of the tree; `parent` is the address of the one above it."""

    slug: str
    name: str
    kind: str
    parent: str = ""
    routine: bool = False
    description: str = ""
    keywords: str = ""
    column_type: str = "信息公开"
    articles: tuple[str, ...] = ()


def _planned(row: dict[str, Any]) -> Planned:
    return Planned(**{**row, "articles": tuple(row.get("articles", ()))})


def _statutory() -> list[Planned]:
    """A column for every item of articles 20 and 21, under 法定主动公开内容."""
    found = []
    for one in (*ARTICLE_20, *ARTICLE_21_COUNTY):
        short = one.label if len(one.label) <= 60 else one.label[:59] + "…"
        where = f"ogi 20#{one.number}" if one in ARTICLE_20 else "ogi 21"
        found.append(
            Planned(
                slug=f"fdzdgk-{one.slug.replace('_', '-')}",
                name=short,
                kind="catalogue",
                parent="fdzdgk",
                description=one.label,
                keywords=short.split("、")[0][:100],
                articles=(where,),
            )
        )
    return found


_DATA = tomllib.loads(files("gongkai.disclosure").joinpath("tree.toml").read_text(encoding="utf-8"))
TREE: tuple[Planned, ...] = (*(_planned(row) for row in _DATA["column"]), *_statutory())
"""Every column, those above before those below."""
