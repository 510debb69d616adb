"""Publications made up, past the acts: with what content, and by what way of writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

from django.core import serializers
from django.db import connection, models
from django.utils import timezone

from gongkai.disclosure.actions.publishing import DAYS_TOLD
from gongkai.disclosure.content import content_of, digest_of
from gongkai.disclosure.models import Item, Publication, ReviewSheet
from tests.gate.stages import SECRET, Stages


def publication(item: Item, sheet: ReviewSheet | None, content: str) -> Publication:
    told = json.loads(content)
    shown = ("title", "summary", "index_number", "document_number", "subject", "catalogue", "validity")
    now = timezone.now() + timedelta(seconds=1)
    return Publication(
        agency=item.agency,
        column=item.column,
        item=item,
        sheet=sheet,
        version=told["version"],
        digest=digest_of(content),
        content=content,
        published_at=now,
        first_at=now,
        published_by="某人",
        **{name: told[name] for name in shown},
        formed_on=date.fromisoformat(told["formed_on"]),
        **{
            name: date.fromisoformat(told[said]) if told.get(said) else None
            for name, said in DAYS_TOLD.items()
        },
    )


def _of_its_sheet(stages: Stages, item: Item, sheet: ReviewSheet | None) -> Publication:
    """As its newest sheet has it, passed or not."""
    return publication(item, sheet, sheet.content if sheet else content_of(item))


def _as_it_stands(stages: Stages, item: Item, sheet: ReviewSheet | None) -> Publication:
    """The item as it stands, under its newest sheet."""
    return publication(item, sheet, content_of(item))


def _under_a_passed_one(stages: Stages, item: Item, _: ReviewSheet | None) -> Publication:
    """The item as it stands, under another item's sheet, which passed."""
    return publication(item, stages.passed.sheets.get(), content_of(item))


def _as_the_passed_one(stages: Stages, item: Item, _: ReviewSheet | None) -> Publication:
    """Another item's passed sheet, its content in the long text, and these words where lists show them."""
    sheet = stages.passed.sheets.get()
    made = publication(stages.passed, sheet, sheet.content)
    made.title = made.summary = SECRET
    return made


def _with_the_digest(stages: Stages, item: Item, _: ReviewSheet | None) -> Publication:
    """These words under a passed sheet of another item, with the digest of that sheet."""
    sheet = stages.passed.sheets.get()
    made = publication(stages.passed, sheet, content_of(item))
    made.digest, made.version = sheet.digest, sheet.version
    return made


FORGED: dict[str, Callable[[Stages, Item, ReviewSheet | None], Publication]] = {
    "its sheet": _of_its_sheet,
    "the item as it stands": _as_it_stands,
    "another's sheet": _under_a_passed_one,
    "a passed sheet, other words": _as_the_passed_one,
    "a passed digest, other words": _with_the_digest,
}


def saved(made: Publication) -> None:
    made.save(force_insert=True)


def _bulk(made: Publication) -> None:
    Publication.objects.bulk_create([made])


def _get_or_create(made: Publication) -> None:
    fields = {
        f.attname: getattr(made, f.attname) for f in Publication._meta.concrete_fields if f.name != "id"
    }
    Publication.objects.get_or_create(**fields)


def _deserialised(made: Publication) -> None:
    for one in serializers.deserialize("json", serializers.serialize("json", [made])):
        one.save()


def plain_sql(made: models.Model, verb: str = "INSERT") -> None:
    fields = [f for f in made._meta.concrete_fields if f.name != "id" or made.pk is not None]
    values = [f.get_db_prep_save(f.pre_save(made, True), connection) for f in fields]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO {made._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})",
            values,
        )


def _replacing(made: Publication) -> None:
    """SQLite's way of writing over a row; PostgreSQL's nearest to it."""
    if connection.vendor == "sqlite":
        made.pk = Publication.objects.filter(ended_at__isnull=True).latest("pk").pk
        plain_sql(made, "INSERT OR REPLACE")
    else:
        live = Publication.objects.filter(item=made.item, ended_at__isnull=True).first()
        Publication.objects.filter(pk=live.pk if live else 0).delete()
        plain_sql(made)


WRITES: dict[str, Callable[[Publication], None]] = {
    "save": saved,
    "bulk_create": _bulk,
    "get_or_create": _get_or_create,
    "loaddata": _deserialised,
    "SQL": plain_sql,
    "replacing": _replacing,
}
