"""按台账统计: from which year a register is whole, and which columns and items hold documents that count."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..models import Column, DocumentMark, Item, RegisterKept
from ..registers.counting import FIRST_YEAR
from ..registers.kinds import REGISTERS
from .base import CannotDo


def keep(agency: Agency, kind: str, *, since: int, opening: int | None = None, by: Actor) -> RegisterKept:
    """From this year on the report counts the register. `opening`: documents in force when the year began, where not
    all of them are listed. For the clerk and the OGI head. Raises `NotAllowed`, `CannotDo`."""
    if not FIRST_YEAR <= since <= by.day.year + 1:
        raise CannotDo(f"年份请填{FIRST_YEAR}到{by.day.year + 1}。")
    if opening is not None and not REGISTERS[kind].issued:
        opening = None
    kept = RegisterKept(agency=agency, kind=kind)
    with acting(by, "disclosure.registers", kept, register=kind, since=since, opening=opening) as doing:
        kept, _ = RegisterKept.objects.update_or_create(
            agency=agency,
            kind=kind,
            defaults={"since": since, "opening": opening, "by": by.name, "at": timezone.now()},
        )
        doing.target = kept
    return kept


def keep_no_more(agency: Agency, kind: str, *, by: Actor) -> None:
    """The figures are entered by hand again; the rows stay. Raises `NotAllowed`."""
    with acting(by, "disclosure.registers", agency, register=kind, kept=False):
        RegisterKept.objects.filter(agency=agency, kind=kind).delete()


def mark_column(column: Column, kind: str, *, by: Actor) -> None:
    """The items of this column are documents of a kind; none with an empty one. Raises `NotAllowed`, `CannotDo`."""
    _must_be_documents(kind)
    with acting(by, "disclosure.registers", column, column=column.slug, register=kind):
        if kind:
            DocumentMark.objects.update_or_create(
                column=column, defaults={"agency": column.agency, "kind": kind}
            )
        else:
            DocumentMark.objects.filter(column=column).delete()


def mark_item(item: Item, kind: str | None, *, by: Actor) -> None:
    """This item is a document of a kind, or none (an empty kind), whatever its column; None: as its column says.

    Raises `NotAllowed`, `CannotDo`.
    """
    _must_be_documents(kind or "")
    with acting(by, "disclosure.registers", item, register=kind):
        if kind is None:
            DocumentMark.objects.filter(item=item).delete()
        else:
            DocumentMark.objects.update_or_create(item=item, defaults={"agency": item.agency, "kind": kind})


def _must_be_documents(kind: str) -> None:
    if kind and not (kind in REGISTERS and REGISTERS[kind].issued):
        raise CannotDo("请选择规章或者行政规范性文件。")
