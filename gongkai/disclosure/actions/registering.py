"""登记台账: enter, correct, cancel an entry; draft an item from it; keep a register whole; mark documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.statute.privacy import mask

from ..models import Column, Item, RegisterEntry
from ..registers.checking import checked, in_order
from ..registers.kinds import REGISTERS
from .base import CannotDo
from .drafting import draft


class NotRight(CannotDo):
    """Something in the row must be mended: `problems` by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = dict(problems)


_TWICE = "台账里已有这个文号，请核对；同一份不用再登记。"


def enter(agency: Agency, kind: str, texts: Mapping[str, str], *, by: Actor) -> RegisterEntry:
    """Enter one row, as typed. For the clerk and the OGI head. Raises `NotAllowed`, `NotRight`."""
    entry = RegisterEntry(agency=agency, kind=kind, entered_by=by.name, entered_at=timezone.now())
    with acting(by, "disclosure.registers", entry, register=kind) as doing:
        _fill(entry, texts, by)
        _save(entry)
        doing.target = entry
    return entry


def correct(entry: RegisterEntry, texts: Mapping[str, str], *, by: Actor) -> None:
    """Correct a row; the trail names the fields, not what stood there. Raises `NotAllowed`, `NotRight`, `CannotDo`."""
    with acting(by, "disclosure.registers", entry, register=entry.kind) as doing:
        now = _locked(entry)
        if now.cancelled:
            raise CannotDo("这一条已经作废，不能更正。")
        before = {name: getattr(now, name) for name in _names(now.kind)}
        _fill(now, texts, by)
        doing.detail["fields"] = sorted(n for n, value in before.items() if getattr(now, n) != value)
        _save(now)
    entry.refresh_from_db()


def cancel(entry: RegisterEntry, *, why: str, by: Actor) -> None:
    """作废: it counts no more and can still be looked at. Raises `NotAllowed`, `CannotDo`."""
    if not why.strip():
        raise CannotDo("请写明作废的原因。")
    with acting(by, "disclosure.registers", entry, register=entry.kind, cancelled=why.strip()[:200]):
        now = _locked(entry)
        if now.cancelled:
            raise CannotDo("这一条已经作废了。")
        now.cancelled = why.strip()[:200]
        now.save(update_fields=["cancelled"])
    entry.refresh_from_db()


def draft_from(entry: RegisterEntry, column: Column, *, by: Actor) -> Item:
    """Draft the item that makes a decision public: it then goes through the gate like any. A natural person stands in
    it by family name only (个人信息保护法 25). Raises `NotAllowed`, `CannotDo`."""
    register = REGISTERS[entry.kind]
    with acting(by, "disclosure.registers", entry, register=entry.kind, drafts=True):
        now = _locked(entry)
        if not register.duty or now.publish != RegisterEntry.Publish.YES or now.cancelled:
            raise CannotDo("这一条不用公开，不能起草公开信息。")
        if now.item is not None:
            raise CannotDo(f"已经起草过：{now.item.title}。请在公开信息里接着办。")
        now.item = draft(
            now.agency,
            column,
            title=f"{register.name}决定信息公开表（{now.number}）"[:200],
            summary=_hidden(now, f"{now.title}，{now.number}")[:200],
            text=_table(now),
            document_number=now.number if len(now.number) <= 60 else "",
            formed_on=now.day,
            duty=register.duty,
            catalogue=register.catalogue,
            by=by,
        )
        now.save(update_fields=["item"])
    entry.refresh_from_db()
    return now.item


def _table(entry: RegisterEntry) -> str:
    register = REGISTERS[entry.kind]
    shown = {
        "number": entry.number,
        "day": f"{entry.day.year}年{entry.day.month}月{entry.day.day}日",
        "title": _hidden(entry, entry.title),
        "subject": entry.named,
        "category": _hidden(entry, entry.category),
    }
    rows = [(one.head, shown[one.slug]) for one in register.fields if shown.get(one.slug)]
    rows.append(("作出决定的机关", entry.agency.name))
    cells = "".join(f"<tr><th>{escape(head)}</th><td>{escape(said)}</td></tr>" for head, said in rows)
    return f"<table><tbody>{cells}</tbody></table>"


def _hidden(entry: RegisterEntry, text: str) -> str:
    if entry.natural and len(entry.subject) > 1:
        text = text.replace(entry.subject, entry.named)
    return mask(text)


def _names(kind: str) -> list[str]:
    return [one.slug for one in REGISTERS[kind].fields]


def _fill(entry: RegisterEntry, texts: Mapping[str, str], by: Actor) -> None:
    register = REGISTERS[entry.kind]
    found = checked(register, texts, by.day)
    if found.problems:
        heads = dict(in_order(register, found.problems))
        slugs = {one.head: one.slug for one in register.fields}
        raise NotRight({slugs[head]: said for head, said in heads.items()})
    for name, value in found.values.items():
        setattr(entry, name, value)


def _save(entry: RegisterEntry) -> None:
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        if "register_number_once" in str(error) or "UNIQUE" in str(error):
            raise NotRight({"number": _TWICE}) from error
        raise


def _locked(entry: RegisterEntry) -> RegisterEntry:
    rows: Any = RegisterEntry.objects.select_for_update(no_key=True, of=("self",))
    found: RegisterEntry = rows.select_related("agency", "item").get(pk=entry.pk)
    return found
