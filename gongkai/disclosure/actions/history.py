"""补录: what was reviewed on paper and public before the platform came, brought in with its review sheets.

It enters the same gate: a sheet with all its steps, each signed by somebody named, and a publication bound to it. Done
by the platform's commands only (a transfer is an operator's work, in the trail with its reason), never from a desk:
there nobody can say of himself that others signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.dictionaries.queries import calendar, slips
from gongkai.search.indexing import index_many

from ..clean import clean_html
from ..content import canonical, digest_of
from ..duedays import set_due
from ..found import Find
from ..gate import Passage
from ..models import Column, IndexNumber, Item, Publication, ReviewSheet, ReviewStep, Signature
from ..numbers import allot
from ..routes import Route, Step, preset
from ..scanning import public_finds
from ..searching import document_of
from ..showing import show_items
from .base import CannotDo
from .publishing import snapshot
from .submitting import steps_of


@dataclass(frozen=True, slots=True)
class SignedOnPaper:
    """Who signed on paper: name, seat, day, opinion, and what: levels and checks as `routes.RIGHTS` names them."""

    name: str
    seat: str
    on: date
    what: tuple[str, ...]
    opinion: str = "同意公开。"


@dataclass(frozen=True, slots=True)
class Past:
    """An item that was public before: where it stood, what it said, when it was published, who had reviewed it.

    `fields` are further fields of an item by name, `formed_on` among them; `index_number` is the old one, a new one is
    given where it is empty. `let_stand` says of finds that may stay public why: by what a find is bound to (`leaks_of`).
    """

    column: Column
    title: str
    text: str
    formed_on: date
    published_at: datetime
    signed: tuple[SignedOnPaper, ...]
    index_number: str = ""
    let_stand: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


def bring_in(
    agency: Agency, past: Sequence[Past], *, reason: str, by: Actor, indexed: bool = True
) -> list[Item]:
    """Bring in items that were public before, in a handful of queries for any number; all or none. Without `indexed`
    they are found once the search was looked through (`search rebuild`, the tick).

    For the platform's commands. Each is signed for on paper at every check and level, nobody twice at two levels, on a
    day not later than its publication; attachments are added by a later version. All are searched for what must not go
    out first: `LeaksFound` (a `CannotDo`) says what was found in which. Raises `NotAllowed`, `CannotDo`.
    """
    with acting(by, "disclosure.bring_in", agency, items=len(past), reason=reason) as doing:
        if not reason.strip():
            raise CannotDo("请写明补录的原因。")
        for one in past:
            _must_be_past(one, agency)
        if found := leaks_of(agency, past):
            raise LeaksFound(found)
        doing.detail["let_stand"] = sum(len(one.let_stand) for one in past)
        items = _items(agency, past)
        sheets = _sheets(items, past, reason.strip(), by)
        _sign(sheets, past)
        ReviewSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(
            result=ReviewSheet.Result.PASSED, closed_at=F("submitted_at")
        )
        Publication.objects.bulk_create(
            [_publication(sheet, one, by) for sheet, one in zip(sheets, past, strict=True)], batch_size=200
        )
        if indexed:
            index_many([document_of(item) for item in items])
            show_items([item.pk for item in items])
    return items


@dataclass(frozen=True, slots=True)
class Leak:
    """A grave find in something to be brought in: the which-th, its title, the find."""

    number: int
    title: str
    find: Find


class LeaksFound(CannotDo):
    """What must not go out stands in what was to be brought in; nothing was. `leaks` has all of it."""

    def __init__(self, leaks: list[Leak]) -> None:
        told = [f"第{one.number}条“{one.title}”：{one.find.where}有{one.find.label}" for one in leaks[:20]]
        more = f"，等 {len(leaks)} 处" if len(leaks) > 20 else ""
        super().__init__(
            f"要补录的信息里有不能公开的内容，一条也没有导入。{'；'.join(told)}{more}。"
            "请删改以后再导入；确实可以公开的，逐处写明理由。"
        )
        self.leaks = leaks


def leaks_of(agency: Agency, past: Sequence[Past]) -> list[Leak]:
    """Everything grave in the words of what is to be brought in that nobody said may stay; two queries."""
    words = tuple(slips(agency))
    found = []
    for number, one in enumerate(past, 1):
        told = {"title": one.title, "attachments": [], **one.fields, "text": clean_html(one.text)}
        found += [
            Leak(number, one.title, find)
            for find in public_finds(told, words)
            if find.blocks and not one.let_stand.get(find.bound, "").strip()
        ]
    return found


def _publication(sheet: ReviewSheet, one: Past, by: Actor) -> Publication:
    leave, at = Passage(sheet, sheet.content), one.published_at
    return Publication(**snapshot(sheet.item, leave, at, by.name, first=at))


def _must_be_past(one: Past, agency: Agency) -> None:
    if one.column.agency_id != agency.pk:
        raise CannotDo(f"“{one.title}”的栏目不是本机关的。")
    if one.published_at > timezone.now():
        raise CannotDo(f"“{one.title}”的发布时间还没有到，不是补录，请走审查。")
    wanted = {step.what for step in preset("full").steps if step.what != "first"}
    signed = [what for who in one.signed for what in who.what]
    if not wanted <= set(signed) or len(signed) != len(set(signed)):
        raise CannotDo(f"“{one.title}”的纸质审查不全：四关和终审都要有人签字，每项一个人。")
    if len({who.name for who in one.signed}) < len(one.signed):
        raise CannotDo(f"“{one.title}”的纸质审查里，一个人签了两次。")
    if any(who.on > timezone.localdate(one.published_at) for who in one.signed):
        raise CannotDo(f"“{one.title}”的签字日期晚于发布日期。")


def _items(agency: Agency, past: Sequence[Past]) -> list[Item]:
    known = calendar()
    items = [
        Item(
            agency=agency,
            column=one.column,
            title=one.title,
            text=clean_html(one.text),
            formed_on=one.formed_on,
            index_number=one.index_number,
            state=Item.State.PUBLISHED,
            **{"source": agency.name, **one.fields},
        )
        for one in past
    ]
    numbers = _numbered(agency, items)
    for item in items:
        set_due(item, known)
    Item.objects.bulk_create(items, batch_size=200)
    for number, item in numbers:
        number.item = item
    IndexNumber.objects.bulk_create([number for number, _ in numbers], batch_size=200)
    return items


def _numbered(agency: Agency, items: list[Item]) -> list[tuple[IndexNumber, Item]]:
    """New numbers for those that bring none along, by year."""
    found: list[tuple[IndexNumber, Item]] = []
    bare = [item for item in items if not item.index_number]
    for year in sorted({item.formed_on.year for item in bare}):
        mine = [item for item in bare if item.formed_on.year == year]
        for number, item in zip(allot(agency, year, len(mine)), mine, strict=True):
            item.index_number = number.number
            found.append((number, item))
    return found


def _sheets(items: list[Item], past: Sequence[Past], reason: str, by: Actor) -> list[ReviewSheet]:
    sheets = []
    for item, one in zip(items, past, strict=True):
        content = canonical(item, [], [])
        sheets.append(
            ReviewSheet(
                item=item,
                serial=1,
                version=item.version,
                content=content,
                digest=digest_of(content),
                route="补录纸质审查",
                paper=True,
                reason=reason[:300],
                submitted_by_name=by.name,
                submitted_at=one.published_at,
            )
        )
    return list(ReviewSheet.objects.bulk_create(sheets, batch_size=200))


def _sign(sheets: list[ReviewSheet], past: Sequence[Past]) -> None:
    """Signatures and steps: the steps are those that were signed, a stage each signer."""
    steps = [
        step for sheet, one in zip(sheets, past, strict=True) for step in steps_of(sheet, _route_of(one))
    ]
    ReviewStep.objects.bulk_create(steps, batch_size=200)
    signatures = [
        _signature(sheet, stage, who, one.published_at)
        for sheet, one in zip(sheets, past, strict=True)
        for stage, who in enumerate(one.signed, 1)
    ]
    Signature.objects.bulk_create(signatures, batch_size=200)
    own = Signature.objects.filter(sheet=OuterRef("sheet"), stage=OuterRef("stage"))
    ReviewStep.objects.filter(sheet__in=sheets).update(signature=Subquery(own.values("pk")[:1]))


def _signature(sheet: ReviewSheet, stage: int, who: SignedOnPaper, at: datetime) -> Signature:
    return Signature(
        sheet=sheet,
        name=who.name,
        seat=who.seat,
        stage=stage,
        covers=list(who.what),
        agreed=True,
        grounds=who.opinion,
        digest=sheet.digest,
        at=at,
        signed_on=who.on,
    )


def _route_of(one: Past) -> Route:
    return Route(
        "补录纸质审查",
        tuple(Step(what, n, ()) for n, who in enumerate(one.signed, 1) for what in who.what),
    )
