"""起草: begin a draft, write it, begin the next version of what was published, throw a draft away."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.rights import acting
from gongkai.statute.duties import LIMITS, statutory_catalogue

from ..clean import clean_html
from ..duedays import DUTIES, set_due
from ..models import Column, IndexNumber, Item
from ..models.item import CONCERNS
from ..numbers import allot
from ..searching import forget_item, index_item
from .base import CannotDo, must_be, on_item
from .putting_back import put_back
from .reopening import reopen, wrote

State = Item.State
FIELDS = frozenset(
    {
        *(
            "column",
            "section",
            "title",
            "summary",
            "text",
            "document_number",
            "formed_on",
            "subject",
            "source",
        ),
        *("author", "keywords", "catalogue", "ways", "audience", "validity", "validity_on", "validity_by"),
        *(
            "in_force_on",
            "lapses_on",
            "access",
            "access_reason",
            "access_basis",
            "origin",
            "responsible",
            "concerns",
        ),
        *("deidentified", "duty", "request_id", "request_number", "converted_on", "correction_note"),
    }
)
"""What `draft` and `edit` take; everything else of an item follows from acts."""
_CHOICES = ("validity", "access", "origin")
_LIMITED = (
    *("title", "summary", "document_number", "subject", "source", "author", "keywords", "audience"),
    *("validity_by", "access_reason", "access_basis", "responsible", "deidentified", "request_number"),
    "correction_note",
)
HOLDS_NO_ITEMS = (Column.Kind.ON_REQUEST,)
"""Kinds of columns whose public page lists no items."""
_KEPT_BACK = (Item.Access.ON_REQUEST, Item.Access.WITHHELD)
EDITABLE = (State.DRAFT, State.SENT_BACK, State.IN_REVIEW, State.PASSED)


def draft(
    agency: Agency, column: Column, *, title: str, by: Actor, section: Section | None = None, **fields: Any
) -> Item:
    """Begin a draft in a column, with the next index number. `fields` are some of `FIELDS`; `formed_on` is the day
    of today unless given. For clerks, drafters and heads of sections, the OGI head.

    Raises `NotAllowed`, `CannotDo` for a field that does not fit.
    """
    fields.setdefault("formed_on", by.day)
    fields.setdefault("source", agency.name)
    item = Item(agency=agency, section=section, title=title, drafted_by=by.person, drafted_at=timezone.now())
    with acting(by, "disclosure.draft", item) as doing:
        _fill(item, {"column": column, **fields})
        (number,) = allot(agency, item.formed_on.year)
        item.index_number = number.number
        set_due(item)
        item.save(force_insert=True)
        number.item = item
        number.save(force_insert=True)
        wrote(item, by)
        doing.detail["index_number"] = item.index_number
        index_item(item)
    return item


def edit(item: Item, *, by: Actor, **fields: Any) -> None:
    """Change some of `FIELDS`. A review under way or passed is over with it: all of it begins anew, whatever was
    changed (decision 0008). Nothing happens when nothing changes. Same seats as `draft`.

    What was published is changed by `revise` first. Raises `NotAllowed`, `CannotDo`.
    """
    with on_item(item, "disclosure.draft", by=by) as (found, doing):
        must_be(found, "不能直接修改。已经发布的，请先点“修订”。", *EDITABLE)
        before = {name: getattr(found, name) for name in fields if name in FIELDS}
        _fill(found, fields)
        changed = sorted(name for name, value in before.items() if getattr(found, name) != value)
        if not changed:
            return
        doing.detail["fields"] = changed
        if found.version > 1 and before.get("access") in _KEPT_BACK:
            found.disclosable_on = by.day if found.access == Item.Access.PROACTIVE else None
        set_due(found)
        wrote(found, by)
        reopen(found, f"{by.name}修改了内容")
        found.save()


def revise(item: Item, *, note: str, by: Actor) -> None:
    """Begin the next version of what was published, was withdrawn or was kept from publication; what is public stays
    so until the new version passes and is published. `note` is the public word on what changed (更正说明).

    Same seats as `draft`. Raises `NotAllowed`, `CannotDo`.
    """
    with on_item(item, "disclosure.draft", by=by) as (found, doing):
        done = (State.PUBLISHED, State.WITHDRAWN, State.EXPIRED, State.KEPT)
        must_be(found, "可以直接修改，不用修订。", *done)
        if found.state != State.KEPT and not note.strip():
            raise CannotDo("请写更正说明：公众会看到这一版改了什么。")
        found.version += 1
        found.state = State.DRAFT
        found.correction_note = note.strip()
        found.publish_at = found.publish_until = None
        wrote(found, by)
        doing.detail["version"] = found.version
        found.save()


def give_up_revision(item: Item, *, by: Actor) -> None:
    """Give up the next version of what is public: the item stands again as it was published. Same seats as `draft`.

    Raises `NotAllowed`, `CannotDo` where nothing of it is public.
    """
    with on_item(item, "disclosure.draft", by=by, given_up=True) as (found, doing):
        must_be(found, "没有正在修订的内容。", *EDITABLE)
        live = found.publications.filter(ended_at__isnull=True).first()
        if live is None:
            raise CannotDo("这条信息现在没有公开，不能放弃修订。可以继续修改，或者改公开属性。")
        reopen(found, f"{by.name}放弃修订")
        put_back(found, live)
        # The version keeps its number: the next revision gets another one, and the sheets of this one stay apart.
        found.state = State.PUBLISHED
        doing.detail["version"] = found.version
        found.save()


def throw_away(item: Item, *, by: Actor) -> None:
    """Delete a draft that was never put under review; its index number stays given. Same seats as `draft`."""
    with on_item(item, "disclosure.draft", by=by, thrown_away=True) as (found, doing):
        must_be(found, "不能删除。", State.DRAFT)
        if found.sheets.exists() or found.related_from.exists() or found.version > 1:
            raise CannotDo("送审过、发布过，或者别的信息引用了它，不能删除。可以改公开属性，或者撤回。")
        doing.detail |= {"title": found.title, "index_number": found.index_number}
        doing.target = str(found)
        IndexNumber.objects.filter(item=found).update(item=None, void_on=by.day)
        forget_item(found.pk)
        found.delete()


def _fill(item: Item, fields: dict[str, Any]) -> None:
    if strange := set(fields) - FIELDS:
        raise CannotDo(f"不能这样修改：{'、'.join(sorted(strange))}。")
    for name, value in fields.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)
    own = {one.hex for one in item.attachments.values_list("file", flat=True)} if item.pk else set()
    item.text = clean_html(item.text, own)
    _must_fit(item)


def _must_fit(item: Item) -> None:
    if item.column.agency_id != item.agency_id:
        raise CannotDo("这个栏目不是本机关的，请重新选择栏目。")
    if item.column.kind in HOLDS_NO_ITEMS:
        raise CannotDo(f"“{item.column.name}”栏目的网页不列信息，公众在里面找不到，请选择别的栏目。")
    if item.section is not None and item.section.agency_id != item.agency_id:
        raise CannotDo("这个股室不是本机关的，请重新选择股室。")
    if not item.title:
        raise CannotDo("请填写标题。")
    if item.duty not in DUTIES or item.duty not in LIMITS:
        raise CannotDo("请选择公开期限。")
    known = {one.slug for township in (False, True) for one in statutory_catalogue(township=township)}
    if item.catalogue and item.catalogue not in known:
        raise CannotDo("请选择属于法定主动公开内容的哪一项。")
    if set(item.concerns) - set(CONCERNS):
        raise CannotDo("请重新勾选涉及的内容。")
    for field in _CHOICES + _LIMITED:
        _must_be_taken(item, Item._meta.get_field(field))


def _must_be_taken(item: Item, field: Any) -> None:
    value = getattr(item, field.name)
    if field.name in _CHOICES and value not in {choice for choice, _ in field.flatchoices}:
        raise CannotDo(f"请选择{field.verbose_name}。")
    if field.max_length and len(value) > field.max_length:
        raise CannotDo(f"{field.verbose_name}最多{field.max_length}个字，现在有{len(value)}个字。")
