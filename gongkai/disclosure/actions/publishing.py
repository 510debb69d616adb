"""发布: the one function by which anything becomes public; at once, at a set time, until a set time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import require

from ..content import FORM
from ..gate import GateClosed, Passage, passage
from ..models import Item, Publication, PublicationFile, PublishedRelation
from ..scanning import scan_ahead
from ..showing import read_ahead, show_items
from .base import CannotDo, must_be, on_item

State = Item.State


DAYS_TOLD = {"in_force_on": "in_force_on", "ended_from": "validity_on", "lapses_on": "lapses_on"}
"""The days that say whether a document holds: the field of a publication, and what the content calls it."""


def publish(item: Item, *, by: Actor, at: datetime, until: datetime | None = None) -> Publication:
    """Make public exactly what passed the review; the version before it is replaced. `at` is now.

    For clerks, the OGI head, and the platform at the time that was set. Raises `NotAllowed`, `GateClosed`, `CannotDo`.
    """
    require(by, "disclosure.publish", item)
    if Item.objects.filter(pk=item.pk, state=State.PASSED).exists():
        read_ahead(item)
        scan_ahead(item)
    with on_item(item, "disclosure.publish", by=by) as (found, doing):
        leave = passage(found)
        must_be(found, "不能发布。", State.PASSED)
        if until is not None and until <= at:
            raise CannotDo("下线的时间要晚于发布的时间。")
        found.publications.filter(ended_at__isnull=True).update(
            ended_at=at, ended=Publication.Ended.REPLACED, ended_by=by.name
        )
        made = Publication(**snapshot(found, leave, at, by.name, until=until))
        made.save(force_insert=True)
        PublicationFile.objects.bulk_create(files_of(made))
        PublishedRelation.objects.bulk_create(relations_of(made))
        found.state = State.PUBLISHED
        found.publish_at = found.publish_until = None
        found.save(update_fields=["state", "publish_at", "publish_until"])
        show_items([found.pk])
        doing.detail |= {"version": made.version, "digest": made.digest, "sheet": leave.sheet.serial}
    return made


def snapshot(
    item: Item,
    leave: Passage,
    at: datetime,
    by: str,
    *,
    until: datetime | None = None,
    first: datetime | None = None,
) -> dict[str, object]:
    """The fields of the publication of this content, from the content itself and from nothing else; `first` is when
    the item was first published, looked up unless given."""
    made = Publication(content=leave.content)
    told = made.told
    if told["form"] != FORM:
        raise GateClosed("审查表是旧版本的平台写的，请修订后重新送审。")
    if first is None:
        first = item.publications.order_by("id").values_list("first_at", flat=True).first()
    return {
        "agency": item.agency,
        "column": item.column,
        "item": item,
        "sheet": leave.sheet,
        "version": told["version"],
        "digest": leave.sheet.digest,
        "content": leave.content,
        **{
            name: told[name]
            for name in (
                *("title", "summary", "index_number", "document_number"),
                *("subject", "catalogue", "validity"),
            )
        },
        "formed_on": date.fromisoformat(told["formed_on"]),
        **{
            name: date.fromisoformat(told[said]) if told.get(said) else None
            for name, said in DAYS_TOLD.items()
        },
        "published_at": at,
        "first_at": first or at,
        "until": until,
        "published_by": by,
    }


def files_of(made: Publication) -> list[PublicationFile]:
    """The files that are public with it, from its content."""
    return [
        PublicationFile(
            publication=made,
            file_id=one["file"],
            name=one["name"],
            order=n,
            digest=one["digest"],
            size=one["size"],
            inline=one["inline"],
        )
        for n, one in enumerate(made.told["attachments"], 1)
    ]


def relations_of(made: Publication) -> list[PublishedRelation]:
    """What belongs to it, from its content."""
    return [PublishedRelation(publication=made, kind=kind, to_id=to) for kind, to in made.told["relations"]]


def schedule(item: Item, *, at: datetime, until: datetime | None = None, by: Actor) -> None:
    """Set the time at which the tick publishes what passed, and perhaps the one at which it ends; the gate is asked
    again then. For the seats that publish. Raises `NotAllowed`, `GateClosed`, `CannotDo`."""
    require(by, "disclosure.publish", item)
    scan_ahead(item)
    with on_item(item, "disclosure.publish", by=by, at=at.isoformat()) as (found, _):
        passage(found)
        must_be(found, "不能定时发布。", State.PASSED)
        if at <= timezone.now() or (until is not None and until <= at):
            raise CannotDo("定时发布的时间要晚于现在，下线的时间要晚于发布的时间。")
        found.publish_at, found.publish_until = at, until
        found.save(update_fields=["publish_at", "publish_until"])


def unschedule(item: Item, *, by: Actor) -> None:
    """Take the set time back. For the seats that publish."""
    with on_item(item, "disclosure.publish", by=by, unscheduled=True) as (found, _):
        found.publish_at = found.publish_until = None
        found.save(update_fields=["publish_at", "publish_until"])


def expire(publication: Publication, *, by: Actor, now: datetime) -> None:
    """Close a publication whose time is over; the public reads it no more from that moment in any case."""
    with on_item(publication.item, "disclosure.publish", by=by, expired=True) as (found, _):
        ended = Publication.objects.filter(pk=publication.pk, ended_at__isnull=True, until__lte=now).update(
            ended_at=now, ended=Publication.Ended.EXPIRED, ended_by=by.name
        )
        if ended and found.state == State.PUBLISHED:
            found.state = State.EXPIRED
            found.save(update_fields=["state"])
        show_items([found.pk])
