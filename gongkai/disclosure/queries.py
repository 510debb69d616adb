"""What is asked about columns, items, reviews and publications. The public's questions read publications only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from gongkai.agencies.models import Agency

from .models import (
    Column,
    ColumnAddress,
    Item,
    Publication,
    PublicationFile,
    PublishedRelation,
    ReviewSheet,
)
from .models.publication import NOT_YET
from .statutory import RULES

__all__ = [
    "NoColumn",
    "NoItem",
    "column_of",
    "columns_by_address",
    "columns_of",
    "item_of",
    "items_due",
    "items_in",
    "items_of",
    "items_to_evaluate",
    "live_items",
    "moved_to",
    "neighbours_of",
    "policies",
    "policy_years",
    "public_file",
    "public_item",
    "public_items",
    "public_items_of_kind",
    "related_to",
    "sheet_of",
    "sheets_waiting",
    "tree_of",
    "versions_of",
    "withdrawn_item",
    "withdrawn_numbers",
]
NoColumn = Column.DoesNotExist
"""The agency has no such column."""
NoItem = Publication.DoesNotExist
"""There is no such item, or not for the public."""


def _live(now: datetime | None, by_way_of: str = "") -> Q:
    """What the public reads at a time, now unless said."""
    moment, at = now or timezone.now(), f"{by_way_of}__" if by_way_of else ""
    return Q(**{f"{at}ended_at__isnull": True}) & (
        Q(**{f"{at}until__isnull": True}) | Q(**{f"{at}until__gt": moment})
    )


def columns_of(agency: Agency, now: datetime | None = None, *, only_filled: bool = False) -> QuerySet[Column]:
    """The agency's columns in order, each with `public_items`, the number of items the public can read in it; with
    `only_filled` those that have one."""
    live = _live(now, "publications") & Q(publications__isnull=False)
    found = Column.objects.filter(agency=agency).annotate(public_items=Count("publications", filter=live))
    # A counting query has no order of its own.
    found = found.order_by("order", "id")
    return found.filter(public_items__gt=0) if only_filled else found


def columns_by_address(agency: Agency) -> dict[str, Column]:
    """The agency's columns in order by their addresses, nothing counted."""
    return {column.slug: column for column in Column.objects.filter(agency=agency)}


def tree_of(agency: Agency, now: datetime | None = None) -> list[tuple[Column, int]]:
    """The same as a tree: every column with its depth from 0, each below the one it hangs on; one query."""
    below: dict[int | None, list[Column]] = {}
    for column in columns_of(agency, now):
        below.setdefault(column.parent_id, []).append(column)
    found: list[tuple[Column, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for column in below.get(parent, []):
            found.append((column, depth))
            walk(column.pk, depth + 1)

    walk(None, 0)
    return found


def column_of(agency: Agency, slug: str) -> Column:
    """One column of the agency; raises `NoColumn`."""
    return Column.objects.select_related("agency", "parent").get(agency=agency, slug=slug)


def moved_to(agency: Agency, slug: str) -> Column | None:
    """The column to which an address that is no more leads."""
    old = ColumnAddress.objects.filter(agency=agency, slug=slug).select_related("column").first()
    return old.column if old else None


# ---- for the public


def public_items(
    agency: Agency, column: Column | None = None, now: datetime | None = None
) -> QuerySet[Publication]:
    """What the public may read, newest first; of one column or of all. Without the text: see `public_item`."""
    found = Publication.objects.filter(_live(now), agency=agency).select_related("column").defer("content")
    return found.filter(column=column) if column else found


def public_item(agency: Agency, pk: int, now: datetime | None = None) -> Publication:
    """What the public may read of the item with this number; raises `NoItem` for anything else."""
    found = Publication.objects.filter(_live(now), agency=agency, item=pk)
    return found.select_related("column__parent", "agency").prefetch_related("files").get()


def public_items_of_kind(agency: Agency, kind: str, now: datetime | None = None) -> QuerySet[Publication]:
    """The same as `public_items`, of all columns of a kind (`models.Column.Kind`)."""
    return public_items(agency, now=now).filter(column__kind=kind)


def neighbours_of(
    shown: Publication, now: datetime | None = None
) -> tuple[Publication | None, Publication | None]:
    """The public items beside this one in its column: the newer and the older; one query by the index."""
    rows = Publication.objects.filter(_live(now), column=shown.column_id)
    newer = rows.filter(Q(first_at__gt=shown.first_at) | Q(first_at=shown.first_at, id__gt=shown.pk))
    older = rows.filter(Q(first_at__lt=shown.first_at) | Q(first_at=shown.first_at, id__lt=shown.pk))
    first = Subquery(newer.order_by("first_at", "id").values("pk")[:1])
    second = Subquery(older.order_by("-first_at", "-id").values("pk")[:1])
    found = {True: None, False: None} | {
        (row.first_at, row.pk) > (shown.first_at, shown.pk): row
        for row in Publication.objects.filter(Q(pk=first) | Q(pk=second)).defer("content")
    }
    return found[True], found[False]


def policies(agency: Agency, day: date, now: datetime | None = None) -> QuerySet[Any]:
    """政策文件: what is public in the columns of policy documents and of item 1 of art. 20, by the day it was signed,
    without its text, each with `holds`: its validity on the day as `Publication.validity_on` says it."""
    valid = Q(validity=Item.Validity.VALID)
    first = valid | Q(ended_from__isnull=False, lapses_on__lt=F("ended_from"))
    holds = Case(
        When(first & Q(lapses_on__lt=day), then=Value(str(Item.Validity.LAPSED))),
        When(~valid & ~Q(ended_from__gt=day), then=F("validity")),
        When(in_force_on__gt=day, then=Value(NOT_YET)),
        default=Value(str(Item.Validity.VALID)),
    )
    rows = public_items(agency, now=now).filter(_of_policy()).defer("content")
    return rows.annotate(holds=holds).order_by("-formed_on", "-id")


def _of_policy() -> Q:
    named = Q(catalogue=RULES) | Q(catalogue="", column__slug="fdzdgk-rules")
    return Q(column__kind=Column.Kind.POLICY) | named


def policy_years(agency: Agency, now: datetime | None = None) -> list[int]:
    """The years in which the policy documents were signed, the latest first."""
    rows = public_items(agency, now=now).filter(_of_policy()).order_by()
    return sorted(rows.values_list("formed_on__year", flat=True).distinct(), reverse=True)


def live_items(items: Collection[int], now: datetime | None = None) -> dict[int, Publication]:
    """What the public may read of these items, by number, with its column and text; one query."""
    rows = Publication.objects.filter(_live(now), item__in=list(items)).select_related("column")
    return {row.item_id: row for row in rows}


def withdrawn_item(agency: Agency, pk: int) -> Publication | None:
    """The last publication of an item that was withdrawn, for the notice in its place: its number, its days and the
    reason, never its text. None where something of it is public or it never was."""
    last = Publication.objects.filter(agency=agency, item=pk).order_by("-id").defer("content").first()
    return last if last is not None and last.ended == Publication.Ended.WITHDRAWN else None


def withdrawn_numbers(agency: Agency) -> QuerySet[Publication, int]:
    """The page numbers of everything that was withdrawn and is not public again."""
    gone = Publication.objects.filter(agency=agency, ended=Publication.Ended.WITHDRAWN)
    there = Publication.objects.filter(item=OuterRef("item"), ended_at__isnull=True)
    return gone.filter(~Exists(there)).order_by("item").values_list("item", flat=True).distinct()


def versions_of(agency: Agency, pk: int) -> list[Publication]:
    """The versions of a public item, newest first, for the notes on corrections; none where nothing is public. What was
    withdrawn stays so, its note as well."""
    rows = list(Publication.objects.filter(agency=agency, item=pk).order_by("-id"))
    if all(row.ended_at is not None for row in rows):
        return []
    return [row for row in rows if row.ended != Publication.Ended.WITHDRAWN]


def related_to(shown: Publication, now: datetime | None = None) -> list[tuple[str, bool, Publication]]:
    """What belongs to a public item and is public itself: kind of relation, whether it goes from this item to the
    other (else the other way round), the other; one query. From what was published, on both sides."""
    own = [(kind, int(pk)) for kind, pk in shown.told["relations"]]
    others = PublishedRelation.objects.filter(to=shown.item_id).values("publication")
    beside = Q(item__in=[pk for _, pk in own]) | Q(pk__in=others)
    live = Publication.objects.filter(_live(now), beside, agency=shown.agency_id)
    there = {row.item_id: row for row in live.select_related("column")}
    found = [(kind, True, there[pk]) for kind, pk in own if pk in there]
    for row in there.values():
        found += [(kind, False, row) for kind, to in row.told["relations"] if to == shown.item_id]
    return found


def public_file(agency: Agency, item: int, file: UUID, now: datetime | None = None) -> PublicationFile:
    """A file that is public with an item now, whose stored content is the one reviewed; raises `NoItem`.

    Hand its content out by `serving.reviewed_content`, which compares it once more.
    """
    found = (
        PublicationFile.objects.filter(
            _live(now, "publication"),
            publication__agency=agency,
            publication__item=item,
            file=file,
            file__removed_at__isnull=True,
            file__digest=F("digest"),
        )
        .select_related("file")
        .first()
    )
    if found is None:
        raise NoItem
    return found


# ---- for staff


def items_of(agency: Agency, *states: str) -> QuerySet[Item]:
    """The agency's items in these states, in any when none is named, each with `is_public` and `public_since`."""
    found = Item.objects.filter(agency=agency).with_public().select_related("column", "section")
    return found.filter(state__in=states) if states else found


def items_due(agency: Agency, until: date | None = None) -> QuerySet[Item]:
    """What is to be made public unasked and never was, the first due first; due by `until`, if said."""
    found = Item.objects.filter(agency=agency, publications__isnull=True, due_on__isnull=False)
    found = found.filter(due_on__lte=until) if until else found
    return found.select_related("column", "section").order_by("due_on", "pk")


def items_to_evaluate(agency: Agency, until: date) -> QuerySet[Item]:
    """What is withheld or given on request only and is to be looked at again by this day (条例第十八条)."""
    found = Item.objects.filter(agency=agency, state=Item.State.KEPT, evaluate_on__lte=until)
    return found.select_related("column", "section").order_by("evaluate_on", "pk")


def items_in(column: Column) -> QuerySet[Item]:
    """All items of a column, each with `is_public` and `public_since`."""
    return Item.objects.filter(column=column).with_public().select_related("section")


def item_of(agency: Agency, pk: int) -> Item:
    """One item of the agency; raises `Item.DoesNotExist`."""
    return Item.objects.select_related("agency", "column", "section", "drafted_by").get(agency=agency, pk=pk)


def sheet_of(agency: Agency, pk: int) -> ReviewSheet:
    """One review sheet of the agency with its item; raises `ReviewSheet.DoesNotExist`."""
    rows = ReviewSheet.objects.filter(item__agency=agency).select_related("item__agency", "item__column")
    return rows.prefetch_related("steps__signature", "signatures", "referrals").get(pk=pk)


def sheets_waiting(agency: Agency) -> QuerySet[ReviewSheet]:
    """The sheets under review, oldest first, with their steps: ask `signing.signable` which are somebody's turn."""
    rows = ReviewSheet.objects.filter(item__agency=agency, result=ReviewSheet.Result.OPEN).order_by("id")
    return rows.select_related("item__agency", "item__column").prefetch_related("steps")
