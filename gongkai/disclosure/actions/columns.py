"""栏目: set up, change, move, rename, merge, remove. Every old address leads on."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting, may
from gongkai.dictionaries.queries import slips
from gongkai.search.shown import BATCH
from gongkai.statute.leaks import find_leaks
from gongkai.statute.refs import UnknownReference, parse_ref

from ..models import Column, ColumnAddress, Item, Publication
from ..models.column import LIMIT_DAYS
from ..showing import show_items
from ..tree import TREE, Planned
from .base import CannotDo

FIELDS = frozenset(
    {"name", "kind", "limit_days", "routine", "description", "keywords", "column_type", "articles", "order"}
)
"""What `add_column` and `edit_column` take."""
DEEPEST = 4
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def missing_columns(agency: Agency) -> list[Planned]:
    """What of the ready-made tree (tree.toml) the agency has not, those above before those below; of an address that
    was used before nothing is made. Two queries."""
    taken = set(Column.objects.filter(agency=agency).values_list("slug", flat=True))
    taken |= set(ColumnAddress.objects.filter(agency=agency).values_list("slug", flat=True))
    return [planned for planned in TREE if planned.slug not in taken]


def set_up_columns(agency: Agency, *, by: Actor, only: Collection[str] | None = None) -> int:
    """Set up the ready-made tree; what has an address of it already is left as it is. `only` names the addresses of
    those wanted, and what they hang on comes along. How many were made.

    For the clerk and the OGI head, and the platform's commands; so are all acts here. Raises `NotAllowed`.
    """
    with acting(by, "disclosure.columns", agency, tree=True) as doing:
        there = {column.slug: column for column in Column.objects.filter(agency=agency)}
        missing, order = missing_columns(agency), {planned.slug: n for n, planned in enumerate(TREE, 1)}
        wanted = {planned.slug for planned in missing} if only is None else set(only)
        for planned in reversed(missing):
            if planned.slug in wanted:
                wanted.add(planned.parent)
        made = 0
        for planned in missing:
            if planned.slug in wanted:
                above = there.get(planned.parent)
                there[planned.slug] = _planted(agency, planned, above, order[planned.slug])
                made += 1
        doing.detail["made"] = made
    return made


def _planted(agency: Agency, planned: Planned, parent: Column | None, order: int) -> Column:
    return Column.objects.create(
        agency=agency,
        parent=parent,
        slug=planned.slug,
        name=planned.name,
        kind=planned.kind,
        limit_days=LIMIT_DAYS[planned.kind],
        routine=planned.routine,
        description=planned.description,
        keywords=planned.keywords,
        column_type=planned.column_type,
        articles=list(planned.articles),
        order=order,
    )


def add_column(
    agency: Agency, *, slug: str, name: str, by: Actor, parent: Column | None = None, **fields: Any
) -> Column:
    """One more column; its update limit follows from its kind unless given. Raises `NotAllowed`, `CannotDo`."""
    column = Column(agency=agency, slug=slug, name=name, parent=parent)
    with acting(by, "disclosure.columns", agency, column=slug):
        fields.setdefault("limit_days", LIMIT_DAYS.get(fields.get("kind", Column.Kind.GENERAL)))
        fields.setdefault("order", Column.objects.filter(agency=agency).count() + 1)
        _may_shorten(column, fields, by)
        _fill(column, fields)
        _must_be_free(agency, slug)
        _must_hang(column, parent)
        column.save(force_insert=True)
    return column


def edit_column(column: Column, *, by: Actor, **fields: Any) -> None:
    """Change some of `FIELDS`; the address stays. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, "disclosure.columns", column, fields=sorted(fields)):
        found = Column.objects.select_for_update(no_key=True).get(pk=column.pk)
        _may_shorten(found, fields, by)
        _fill(found, fields)
        found.save()
    column.refresh_from_db()


def move_column(column: Column, parent: Column | None, *, by: Actor, order: int | None = None) -> None:
    """Hang it elsewhere in the tree; its address does not change. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, "disclosure.columns", column, under=parent.slug if parent else ""):
        # One at a time in an agency: two moves at once could hang two columns under each other.
        list(Column.objects.select_for_update(no_key=True).filter(agency=column.agency_id).order_by("pk"))
        column.refresh_from_db()
        if parent is not None:
            parent.refresh_from_db()
        _must_hang(column, parent)
        column.parent = parent
        if order is not None:
            column.order = order
        column.save(update_fields=["parent", "order"])


def rename_address(column: Column, slug: str, *, by: Actor) -> None:
    """Give it another address; the old one leads here for ever. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, "disclosure.columns", column, address=slug, before=column.slug):
        if slug == column.slug:
            return
        # Its own old address may be taken again.
        ColumnAddress.objects.filter(agency=column.agency_id, slug=slug, column=column).delete()
        _must_be_free(column.agency, slug)
        ColumnAddress.objects.create(agency=column.agency, slug=column.slug, column=column, since=by.day)
        column.slug = slug
        column.save(update_fields=["slug"])


def merge_columns(column: Column, into: Column, *, by: Actor) -> None:
    """Put everything of a column into another one: items, publications, columns below it. The column is gone, its
    addresses lead to the other one for ever. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, "disclosure.columns", into, merged=column.slug) as doing:
        rows = (
            Column.objects.select_for_update(no_key=True).filter(pk__in=[column.pk, into.pk]).order_by("pk")
        )
        if len(rows) != 2 or column.agency_id != into.agency_id:
            raise CannotDo("请选择本机关的另一个栏目。")
        if into in ancestors(into) or column in ancestors(into):
            raise CannotDo("不能并入自己的下级栏目，请先移动下级栏目。")
        doing.detail["items"] = Item.objects.filter(column=column).update(column=into)
        moved = list(
            Publication.objects.filter(column=column, ended_at__isnull=True).values_list("item", flat=True)
        )
        Publication.objects.filter(column=column).update(column=into)
        Column.objects.filter(parent=column).update(parent=into)
        ColumnAddress.objects.filter(column=column).update(column=into)
        ColumnAddress.objects.create(agency=column.agency, slug=column.slug, column=into, since=by.day)
        for at in range(0, len(moved), BATCH):
            show_items(moved[at : at + BATCH])
        column.delete()


def remove_column(column: Column, *, by: Actor) -> None:
    """Remove a column that never had anything in it; one that has is merged into another. Raises `NotAllowed`,
    `CannotDo`."""
    with acting(by, "disclosure.columns", column, removed=column.slug) as doing:
        doing.target = str(column)
        if column.items.exists() or column.children.exists() or column.old_addresses.exists():
            raise CannotDo("栏目里有信息、有下级栏目，或者用过别的网址，不能删除。请并入另一个栏目。")
        column.delete()


def ancestors(column: Column) -> list[Column]:
    """The columns above it, the nearest first."""
    found: list[Column] = []
    here = column.parent
    while here is not None and here not in found:
        found.append(here)
        here = here.parent
    return found


def _must_hang(column: Column, parent: Column | None) -> None:
    if parent is None:
        return
    above = [parent, *ancestors(parent)]
    if parent.agency_id != column.agency_id or (column.pk and column in above):
        raise CannotDo("不能放在这个栏目下面，请另选一个上级栏目。")
    if len(above) >= DEEPEST:
        raise CannotDo(f"栏目最多{DEEPEST}级，请放在上一级。")


def _must_be_free(agency: Agency, slug: str) -> None:
    if not _SLUG.match(slug) or len(slug) > 40:
        raise CannotDo("网址代号用小写字母、数字，中间可以用短横线，最多40个，例如 tzgg。")
    taken = Column.objects.filter(agency=agency, slug=slug).exists()
    if taken or ColumnAddress.objects.filter(agency=agency, slug=slug).exists():
        raise CannotDo(f"网址代号“{slug}”已经用过。用过的网址永远有效，请另取一个。")


def _may_shorten(column: Column, fields: dict[str, Any], by: Actor) -> None:
    """Which way of review a column's items take is for who sets the ways: whoever drafts does not choose it."""
    if by.person is None or bool(fields.get("routine", column.routine)) == column.routine:
        return
    if not may(by, "disclosure.route", column.agency):
        raise CannotDo(
            "这个栏目走不走简易审查，由公开机构负责人或者主要负责人设定。请先不改这一项，告诉他们。"
        )


def _fit_for_the_public(column: Column) -> None:
    """What the column is called and says of itself is public at once, and nobody reviews it."""
    texts = (column.name, column.description, column.keywords, column.column_type)
    words = tuple(slips(column.agency))
    grave = dict.fromkeys(one.label for text in texts for one in find_leaks(text or "", words) if one.blocks)
    if grave:
        raise CannotDo(f"栏目的名称、说明里有{'、'.join(grave)}。这些一保存公众就能看到，请删去。")


def _fill(column: Column, fields: dict[str, Any]) -> None:
    if strange := set(fields) - FIELDS:
        raise CannotDo(f"不能这样修改：{'、'.join(sorted(strange))}。")
    for name, value in fields.items():
        setattr(column, name, value.strip() if isinstance(value, str) else value)
    if not column.name:
        raise CannotDo("请填写栏目名称。")
    _fit_for_the_public(column)
    if column.kind not in Column.Kind.values:
        raise CannotDo("请选择栏目类别。")
    if column.limit_days is not None and not 1 <= column.limit_days <= 3660:
        raise CannotDo("更新期限填1到3660天，不限的留空。")
    for written in column.articles:
        try:
            parse_ref(written)
        except (ValueError, UnknownReference) as error:
            raise CannotDo(f"没有“{written}”这一条，请重新选择依据的条款。") from error
