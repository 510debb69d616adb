"""Editions of the report form as data: headings, tables, rows, columns, cell ids, sums. A year picks its edition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...refs import Ref
from ...requesters import KINDS

COLUMNS: tuple[str, ...] = (*(kind.slug for kind in KINDS), "total")
"""The seven columns of table three, the total last."""
COLUMN_LABELS: dict[str, str] = {**{kind.slug: kind.label for kind in KINDS}, "total": "总计"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the six parts: its key, its title, and wordings accepted on reading. `ordinal` counts from 1."""

    key: str
    ordinal: int
    title: str
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table2Row:
    """A row of table two with its cell ids, one a column. `unit` is 万元 or 元 for amounts, else empty."""

    slug: str
    label: str
    accept: tuple[str, ...]
    unit: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table2Block:
    """A caption (第二十条第（一）项) with its head row, column slugs and rows."""

    caption: str
    head: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Table2Row, ...]


@dataclass(frozen=True, slots=True)
class Table3Row:
    """A row of table three. A heading row has no slug and no cells. `number` is the printed number,
    三（三）5 for r3_3_5."""

    id: str
    slug: str
    parent: str
    label: str
    cells: tuple[str, ...]

    @property
    def number(self) -> str:
        """The row's number on the form: 一, 三（一）, 三（三）5."""
        han = "零一二三四五六七八九"
        parts = [int(p) for p in self.id[1:].split("_")]
        out = han[parts[0]]
        if len(parts) > 1:
            out += f"（{han[parts[1]]}）"
        return out + (str(parts[2]) if len(parts) > 2 else "")


@dataclass(frozen=True, slots=True)
class Group4:
    """A block of five figures of table four: its slug, label and cells in the order of the results."""

    slug: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One form of the report, complete."""

    id: str
    first_year: int
    last_year: int | None
    ref: Ref
    title: str
    headings: tuple[Heading, ...]
    table2: tuple[Table2Block, ...]
    table3_note: str
    table3_head: str
    table3_group: str
    table3: tuple[Table3Row, ...]
    groups4: tuple[Group4, ...]
    results4: tuple[tuple[str, str], ...]
    litigation4: str = ""

    @property
    def table3_data(self) -> tuple[Table3Row, ...]:
        """The rows of table three that carry figures."""
        return tuple(row for row in self.table3 if row.slug)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Slugs of the outcome rows whose sum is （七）总计: 21 in 2021, 19 in 2019."""
        return tuple(r.slug for r in self.table3_data if r.id.startswith("r3_") and r.id != "r3_7")

    @property
    def cell_ids(self) -> tuple[str, ...]:
        """Every cell of the three tables in printed order."""
        two = [c for block in self.table2 for row in block.rows for c in row.cells]
        three = [c for row in self.table3_data for c in row.cells]
        return tuple(two + three + [c for group in self.groups4 for c in group.cells])


def _table2(data: list[dict[str, Any]]) -> tuple[Table2Block, ...]:
    blocks = []
    for block in data:
        columns = tuple(block["columns"])
        rows = tuple(
            Table2Row(
                r["slug"],
                r["label"],
                tuple(r.get("accept", ())),
                r.get("unit", ""),
                tuple(f"t2.{r['slug']}.{c}" for c in columns) if len(columns) > 1 else (f"t2.{r['slug']}",),
            )
            for r in block["rows"]
        )
        blocks.append(Table2Block(block["caption"], tuple(block["head"]), columns, rows))
    return tuple(blocks)


def _load(name: str) -> Edition:
    text = files("gongkai.statute.report.editions").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    three, four = data["table3"], data["table4"]
    results = tuple((r["slug"], r["label"]) for r in four["results"])
    return Edition(
        id=data["id"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        ref=Ref(data["ref"]),
        title=data["title"],
        headings=tuple(
            Heading(h["key"], n, h["title"], tuple(h.get("accept", ())))
            for n, h in enumerate(data["headings"], start=1)
        ),
        table2=_table2(data["table2"]),
        table3_note=three["note"],
        table3_head=three["head"],
        table3_group=three["group"],
        table3=tuple(
            Table3Row(
                r["id"],
                r["slug"],
                r["parent"],
                r["label"],
                tuple(f"t3.{r['slug']}.{c}" for c in COLUMNS) if r["slug"] else (),
            )
            for r in three["rows"]
        ),
        groups4=tuple(
            Group4(g["slug"], g["label"], tuple(f"t4.{g['slug']}.{s}" for s, _ in results))
            for g in four["groups"]
        ),
        results4=results,
        litigation4=four["litigation"],
    )


@cache
def editions() -> dict[str, Edition]:
    """All editions by id."""
    return {name: _load(name) for name in ("2019", "2021")}


def edition(name: str) -> Edition:
    """The edition of this id; KeyError for an unknown one."""
    return editions()[name]


def edition_for_year(year: int) -> Edition | None:
    """The form in force for the report on this year; None before 2019, when reports were free-form."""
    for candidate in editions().values():
        if candidate.first_year <= year and (candidate.last_year is None or year <= candidate.last_year):
            return candidate
    return None


def row_label(edition_id: str, cell_id: str) -> str:
    """The printed place of a cell in words: 三（一）予以公开·自然人."""
    found = edition(edition_id)
    table, slug, *rest = cell_id.split(".")
    if table == "t3":
        row = next((r for r in found.table3_data if r.slug == slug), None)
        if row is None and slug == "other_all":
            return f"三（六）其他处理·{COLUMN_LABELS[rest[0]]}"
        label = row.label if row else slug
        return f"{label}·{COLUMN_LABELS[rest[0]]}" if rest else label
    if table == "t4":
        group = next(g.label for g in found.groups4 if g.slug == slug)
        return f"{group}·{dict(found.results4)[rest[0]]}" if rest else group
    for block in found.table2:
        for r in block.rows:
            if r.slug == slug:
                return f"{r.label}·{block.head[1 + block.columns.index(rest[0])]}" if rest else r.label
    return cell_id
