"""What the public can find of items: exactly what is published, and the words of the files published with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import connection
from django.db.models import QuerySet

from gongkai.files.models import StoredFile
from gongkai.search.shown import Shown, bring_in_step, register_shown

from .attached_text import read_attached, texts_of
from .clean import plain_text
from .models import Item, Publication, PublicationFile

KIND = "item"
_TOLD = ("summary", "keywords", "subject", "source", "author")


class PublicItems:
    """Items with something public, by their number."""

    def numbers(self) -> Iterator[int]:
        """All of them, rising."""
        rows = _standing().order_by("item").values_list("item", flat=True)
        return rows.iterator(chunk_size=2000)

    def after(self, number: int, most: int) -> list[int]:
        """So many of them after this one, rising."""
        rows = _standing().filter(item__gt=number).order_by("item").values_list("item", flat=True)
        return list(rows[:most])

    def newer(self, publication: int, most: int) -> list[tuple[int, int]]:
        """So many publications after this one, rising, each with its item."""
        rows = Publication.objects.filter(pk__gt=publication).order_by("pk")
        return list(rows.values_list("pk", "item")[:most])

    def prepare(self, numbers: Collection[int]) -> None:
        """Read their attachments."""
        files = StoredFile.objects.filter(
            pk__in=PublicationFile.objects.filter(
                publication__in=_standing().filter(item__in=list(numbers)), inline=False
            ).values("file")
        )
        read_attached(files)

    def shown(self, numbers: Collection[int]) -> Iterable[Shown]:
        """Those public now."""
        rows = _standing().filter(item__in=list(numbers)).prefetch_related("files")
        if connection.in_atomic_block:
            rows = rows.select_for_update(no_key=True, of=("self",))
        found = list(rows)
        texts = texts_of(file.file_id.hex for row in found for file in row.files.all())
        return [_shown(row, texts) for row in found]


def _standing() -> QuerySet[Publication]:
    """Not ended. One whose time is over stays in the index until the tick, and is found by nobody (`until`)."""
    return Publication.objects.filter(ended_at__isnull=True)


def own_words(row: Publication) -> str:
    """What a publication says itself, the words of its files left out: of this, and of nothing that the index holds,
    the public is shown the words around a hit. The text first: where only the title was hit, its beginning is shown."""
    told = row.told
    parts = [plain_text(row.html), *(told[name] for name in _TOLD), *file_names(row)]
    return "\n".join(str(part) for part in parts if part)


def file_names(row: Publication) -> list[str]:
    """The names of the files published with it, pictures in the text left out."""
    return [one["name"] for one in row.told["attachments"] if not one["inline"]]


def _shown(row: Publication, texts: dict[str, str]) -> Shown:
    last, then = row.holds_until
    parts = [own_words(row)]
    parts += [texts.get(file.file_id.hex, "") for file in row.files.all() if not file.inline]
    return Shown(
        kind=KIND,
        number=row.item_id,
        agency_id=row.agency_id,
        at=row.first_at,
        title=row.title,
        text="\n".join(part for part in parts if part),
        column_id=row.column_id,
        document_number=row.document_number,
        index_number=row.index_number,
        validity=Item.Validity.VALID if then == Item.Validity.LAPSED and last else then,
        lapses_on=last,
        in_force_on=row.in_force_on,
        until=row.until,
    )


def read_ahead(item: Item) -> None:
    """Read the item's attachments before it is published."""
    read_attached(one.file for one in item.attachments.filter(inline=False).select_related("file"))


def show_items(numbers: Collection[int]) -> None:
    """Bring the public's index in step, in the transaction of the act that published, replaced, moved or ended."""
    bring_in_step(KIND, numbers)


def register_public_search() -> None:
    """Name it to the search."""
    register_shown(KIND, PublicItems())
