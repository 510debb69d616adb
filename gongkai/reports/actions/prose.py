"""Write the words of a report: lay out a first draft, add, change, move, delete a paragraph, answer a question, find a
paragraph right, turn a typed number into a figure. The clerk's and the OGI office's acts, as all preparing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Max

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.report.editions import edition

from ..composers import COMPOSERS, NATIONAL, outline
from ..composition import Composition, all_facts, compose
from ..last_prose import last_report, local_subheadings, problems_of
from ..marks import BadMark, from_typed
from ..models import ProseBlock, ReportYear
from ..prose_state import WRITTEN_PARTS, seen_now
from .base import CannotPrepare, be_open, locked

_LONGEST = 5000


@contextmanager
def _writing(work: ReportYear, by: Actor, what: str, **detail: Any) -> Iterator[ReportYear]:
    """One change of the words, one after the other."""
    with acting(by, "report.prepare", work, prose=what, **detail):
        fresh = locked(work)
        be_open(fresh)
        yield fresh


def lay_out(work: ReportYear, *, by: Actor) -> int:
    """Begin the words: in each part that has none, what the format asks for and what last year's report calls for.
    What is there already stays. Returns how many paragraphs and questions were laid out. This and every act here
    raises `CannotPrepare` while the report is being signed, or once it is archived."""
    with _writing(work, by, "lay_out"):
        begun = set(work.prose.values_list("section", flat=True))
        made = [row for section in WRITTEN_PARTS if section not in begun for row in _outline(work, section)]
        ProseBlock.objects.bulk_create(made)
    return len(made)


def _outline(work: ReportYear, section: str) -> Iterator[ProseBlock]:
    government = work.agency.level == work.agency.Level.GOVERNMENT
    last, head = last_report(work), ""
    rows = [(c.subheading, c.slug, "") for c in outline(section, government=government)]
    if last is not None and section == "overview":
        rows += [(name, "local", "") for name in local_subheadings(last, NATIONAL)]
    if last is not None and section == "problems":
        rows = [("", "last_problem", problem) for problem in problems_of(last)] + rows
    for order, (subheading, slug, about) in enumerate(rows, start=1):
        shown = subheading if subheading != head else ""
        head = subheading
        yield ProseBlock(
            report=work, section=section, order=order, subheading=shown, composer=slug, about=about
        )


def add_block(
    work: ReportYear, section: str, *, subheading: str = "", composer: str = "", typed: str = "", by: Actor
) -> ProseBlock:
    """Add a paragraph at the end of a part: one of the composed ones, or one's own words. Raises `CannotPrepare`."""
    if section not in {heading.key for heading in edition("2021").headings}:
        raise CannotPrepare("年报没有这个部分，请重新打开页面。")
    with _writing(work, by, "add", section=section) as here:
        known = COMPOSERS.get(composer)
        if composer and (known is None or known.section != section):
            raise CannotPrepare("这个部分没有这一句，请从列表里重新选。")
        if known and not known.repeats and here.prose.filter(composer=composer).exists():
            raise CannotPrepare(f"“{known.name}”已经在年报里了，不用再加。")
        if not composer and not typed.strip():
            raise CannotPrepare("请写这一段的内容。")
        last = here.prose.filter(section=section).aggregate(n=Max("order"))["n"] or 0
        row = ProseBlock(
            report=here, section=section, order=last + 1, subheading=_line(subheading), composer=composer
        )
        row.text = _stored(typed, here)
        row.save()
        _find_right(row, here, by) if row.text else None
    return row


def edit_block(row: ProseBlock, *, subheading: str, typed: str, by: Actor) -> None:
    """Change a paragraph, or answer its question. Words equal to what is composed leave it composed. Raises
    `CannotPrepare`."""
    with _writing(row.report, by, "edit", block=row.pk) as here:
        fresh = here.prose.get(pk=row.pk)
        fresh.subheading, fresh.nothing = _line(subheading), False
        text = _stored(typed, here)
        composed = next((b.composed for b in compose(here).blocks if b.row.pk == row.pk), "")
        if not text and not fresh.composer:
            raise CannotPrepare("请写这一段的内容；不要这一段的，请删除。")
        fresh.text = "" if text == composed else text
        fresh.save()
        _find_right(fresh, here, by)


def answer_nothing(row: ProseBlock, *, by: Actor) -> None:
    """Answer a question with 没有: nothing is printed, or the sentence that it means. Raises `CannotPrepare`."""
    composer = COMPOSERS.get(row.composer)
    if composer is None or composer.question is None:
        raise CannotPrepare("这一段没有问题要回答。")
    with _writing(row.report, by, "nothing", block=row.pk) as here:
        here.prose.filter(pk=row.pk).update(nothing=True, text="", seen={})


def restore(row: ProseBlock, *, by: Actor) -> None:
    """Take back what was written or answered: the paragraph is composed again, or asks again. Raises `CannotPrepare`."""
    if not row.composer:
        raise CannotPrepare("这一段是自己写的，没有自动生成的句子可以恢复。")
    with _writing(row.report, by, "restore", block=row.pk) as here:
        here.prose.filter(pk=row.pk).update(text="", nothing=False, seen={})


def find_right(row: ProseBlock, *, by: Actor) -> None:
    """Find the paragraph right as it reads now; when a figure in it changes after that, it is to be looked at again."""
    with _writing(row.report, by, "confirm", block=row.pk) as here:
        _find_right(here.prose.get(pk=row.pk), here, by)


def move(row: ProseBlock, *, up: bool, by: Actor) -> bool:
    """Put the paragraph before the one above it, or after the one below; false at the end of its part."""
    with _writing(row.report, by, "move", block=row.pk, up=up) as here:
        rows = list(here.prose.filter(section=row.section).order_by("order"))
        at = next(n for n, one in enumerate(rows) if one.pk == row.pk)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(rows):
            return False
        first, second = rows[at], rows[other]
        free = rows[-1].order + 1
        places = ((first, free), (second, first.order), (first, second.order))
        for one, order in places:
            here.prose.filter(pk=one.pk).update(order=order)
    return True


def delete_block(row: ProseBlock, *, by: Actor) -> None:
    """Delete a paragraph; its sub-heading goes to the next one when that has none."""
    with _writing(row.report, by, "delete", block=row.pk, text=row.text[:200]) as here:
        after = here.prose.filter(section=row.section, order__gt=row.order).order_by("order").first()
        if row.subheading and after is not None and not after.subheading:
            here.prose.filter(pk=after.pk).update(subheading=row.subheading)
        here.prose.filter(pk=row.pk).delete()


def to_figure(row: ProseBlock, *, start: int, end: int, key: str, by: Actor) -> None:
    """Put a figure where digits were typed. Raises `CannotPrepare` when the text is not what the page showed."""
    with _writing(row.report, by, "figure", block=row.pk, key=key) as here:
        fresh = here.prose.get(pk=row.pk)
        digits = fresh.text[start:end]
        if key not in all_facts(compose(here), here) or not digits.replace(".", "", 1).isdecimal():
            raise CannotPrepare("这一段刚才被改过，请看一遍再改。")
        fresh.text = f"{fresh.text[:start]}{{{key}}}{fresh.text[end:]}"
        fresh.save(update_fields=["text"])
        _find_right(fresh, here, by)


def _line(text: str) -> str:
    return " ".join(text.split())[:60]


def _stored(typed: str, work: ReportYear) -> str:
    text = "".join(line.strip() for line in typed.splitlines())
    if len(text) > _LONGEST:
        raise CannotPrepare(f"一段最多{_LONGEST}字，请分成几段写。")
    if not text:
        return ""
    try:
        return from_typed(text, all_facts(compose(work), work))
    except BadMark as error:
        raise CannotPrepare(str(error)) from error


def _find_right(row: ProseBlock, work: ReportYear, by: Actor) -> None:
    made: Composition = compose(work)
    laid = next(block for block in made.blocks if block.row.pk == row.pk)
    seen = seen_now(laid, made) | {"by": by.name, "on": by.day.isoformat()}
    ProseBlock.objects.filter(pk=row.pk).update(seen=seen)


__all__ = [
    "CannotPrepare",
    "add_block",
    "answer_nothing",
    "delete_block",
    "edit_block",
    "find_right",
    "lay_out",
    "move",
    "restore",
    "to_figure",
]
