"""附件 and 相关信息: what hangs on an item. Every change reopens the review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.agencies.actor import Actor
from gongkai.files.models import StoredFile
from gongkai.files.names import clean_name
from gongkai.files.queries import files_of_owner, owner_key

from ..clean import clean_html
from ..models import Attachment, Item, Relation
from .base import CannotDo, must_be, on_item
from .drafting import EDITABLE
from .reopening import reopen, wrote

MOST = 50
"""Attachments of one item."""


def attach(item: Item, file: StoredFile, *, by: Actor, name: str = "", inline: bool = False) -> Attachment:
    """Attach a stored file of the agency as the last one, under a clean name; `inline` for a picture in the text.

    Same seats as `draft`; so are those of all acts here. Raises `NotAllowed`, `CannotDo`.
    """
    with on_item(item, "disclosure.draft", by=by, attached=str(file.pk)) as (found, _):
        _begin(found, by, "附件有改动")
        _must_be_its_own(file, found)
        if found.attachments.count() >= MOST:
            raise CannotDo(f"一条信息最多{MOST}个附件。")
        last = found.attachments.order_by("-order").values_list("order", flat=True).first() or 0
        made = Attachment.objects.create(
            item=found,
            file=file,
            name=_named(name or file.name, file),
            order=last + 1,
            inline=inline,
        )
        found.save()
    return made


def room_for_one(item: Item, *, instead: bool = False) -> int:
    """How many files the store may hold for the item when one more is put to it, or
    `instead` of another: those exchanged or taken off stay
    there, and do not count against what hangs on it. Raises `CannotDo` where no more may."""
    if not instead and item.attachments.count() >= MOST:
        raise CannotDo(f"一条信息最多{MOST}个附件。请先去掉不要的。")
    return files_of_owner(item).count() + 1


def replace_file(attachment: Attachment, file: StoredFile, *, by: Actor, name: str = "") -> None:
    """Put another file in the place of an attachment's, as redaction does; the old file stays in the store. Its name
    stays unless another is given, with the ending of the new file."""
    with on_item(attachment.item, "disclosure.draft", by=by, attached=str(file.pk)) as (found, doing):
        _begin(found, by, "附件有改动")
        _must_be_its_own(file, found)
        old = attachment.file
        doing.detail["instead_of"] = str(old.pk)
        stem = attachment.name.removesuffix(f".{old.ending}")
        attachment.file, attachment.name = file, _named(name or stem, file)
        attachment.save(update_fields=["file", "name"])
        found.text = found.text.replace(f'"files/{old.pk.hex}"', f'"files/{file.pk.hex}"')
        found.save()


def name_attachment(attachment: Attachment, name: str, *, by: Actor) -> None:
    """Give an attachment another name."""
    with on_item(attachment.item, "disclosure.draft", by=by) as (found, _):
        _begin(found, by, "附件有改动")
        attachment.name = _named(name, attachment.file)
        attachment.save(update_fields=["name"])
        found.save()


def order_attachments(item: Item, order: Sequence[int], *, by: Actor) -> None:
    """Put the attachments in this order, given by their numbers; those left out follow."""
    with on_item(item, "disclosure.draft", by=by) as (found, _):
        _begin(found, by, "附件有改动")
        rank = {pk: n for n, pk in enumerate(order, 1)}
        rows = list(found.attachments.order_by("order", "id"))
        for n, row in enumerate(sorted(rows, key=lambda row: rank.get(row.pk, MOST + 1)), 1):
            row.order = n
        Attachment.objects.bulk_update(rows, ["order"])
        found.save()


def detach(attachment: Attachment, *, by: Actor) -> None:
    """Take an attachment off the item, and pictures of it out of the text; the file itself stays in the store."""
    with on_item(attachment.item, "disclosure.draft", by=by, detached=str(attachment.file_id)) as (found, _):
        _begin(found, by, "附件有改动")
        attachment.delete()
        found.text = clean_html(
            found.text, {one.hex for one in found.attachments.values_list("file", flat=True)}
        )
        found.save()


def relate(item: Item, to: Iterable[tuple[str, Item]], *, by: Actor) -> None:
    """Set what the item is to other items of the agency: (kind of `Relation.Kind`, item) pairs, replacing all."""
    with on_item(item, "disclosure.draft", by=by) as (found, _):
        _begin(found, by, "相关信息有改动")
        wanted = [Relation(item=found, kind=Relation.Kind(kind).value, to=other) for kind, other in to]
        if any(one.to.agency_id != found.agency_id or one.to.pk == found.pk for one in wanted):
            raise CannotDo("相关信息只能选本机关的其他信息。")
        found.relations.all().delete()
        Relation.objects.bulk_create(wanted, ignore_conflicts=True)
        found.save()


def _begin(item: Item, by: Actor, why: str) -> None:
    must_be(item, "不能直接修改。已经发布的，请先点“修订”。", *EDITABLE)
    wrote(item, by)
    reopen(item, f"{by.name}：{why}")


def _must_be_its_own(file: StoredFile, item: Item) -> None:
    """A file uploaded for this item, or for nothing yet: one of a request or a letter never goes public this way."""
    if file.agency_id != item.agency_id or file.removed_at is not None:
        raise CannotDo("这个文件不是本机关的，或者已经删除，请重新上传。")
    if (file.owner_kind, file.owner_id) not in (("", ""), owner_key(item)):
        raise CannotDo("这个文件是别的事项的，不能直接放进来。请另外上传。")


def _named(wanted: str, file: StoredFile) -> str:
    """A clean name with the file's own ending."""
    stem = clean_name(wanted)
    ending = f".{file.ending}"
    return (stem if stem.lower().endswith(ending) else f"{stem}{ending}")[-120:]


__all__ = [
    "MOST",
    "attach",
    "detach",
    "name_attachment",
    "order_attachments",
    "relate",
    "replace_file",
    "room_for_one",
]
