"""What the public can read: every public address, asked as nobody in particular."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.disclosure.models import Attachment, Item, PublicationFile
from gongkai.disclosure.queries import NoItem, public_file, public_item
from gongkai.disclosure.serving import reviewed_content
from gongkai.files.queries import Sealed
from gongkai.portal.keeping import PAGES
from tests.cast import Cast
from tests.gate.stages import SECRET, Stages

_TAG = re.compile(r"<[^>]*>")
ASKED = "字样"
"""What is searched for: in the words nobody may read and in those that were reviewed, and neither of them whole."""


_OF_NO_ITEM = ("/requests/", "/look", "/guide/", "/rules/", "/about/", "/reports/", "/robots")
"""Pages that tell of no item, asked only when all are."""


def read_by_public(stages: Stages, about: Item | None = None) -> list[str]:
    """The public addresses on which the words can be read that nobody may; none, if all is well.

    After something was done to one item (`about`): the questions of every item, and the pages that tell of all, of its
    column, of it, and of the two it might be mixed up with; otherwise every page there is.
    """
    answered = [f"item {pk}" for pk in _items(stages) if SECRET in _answered(stages, pk)]
    if answered and about is not None:
        return answered
    PAGES.forget()
    client = Client(raise_request_exception=False)
    asked = addresses(stages) if about is None else _near(stages, about)
    return answered + [
        address for address in asked if SECRET in _TAG.sub("", whole(client.get(address, follow=True)))
    ]


def _near(stages: Stages, about: Item) -> list[str]:
    here, column = (about.pk, stages.passed.pk, stages.public.pk), about.column.slug
    return [
        address
        for pattern, names in _patterns()
        for address in _filled(pattern, names, stages)
        if (names <= {"agency", "form"} and not any(word in address for word in _OF_NO_ITEM))
        or ("heading" in names and f"/{about.catalogue or 'functions'}/" in address)
        or ("column" in names and f"/{column}/" in address)
        or any(f"/{pk}/" in address for pk in here)
    ]


def _items(stages: Stages) -> list[int]:
    return [item.pk for item in (*stages.items.values(), stages.passed, stages.public)]


def _answered(stages: Stages, pk: int) -> str:
    """What the public's questions answer of an item, whatever page shows it: words, files by name and content."""
    agency = stages.cast.agency
    try:
        shown = public_item(agency, pk)
    except NoItem:
        return ""
    words = [shown.title, shown.summary, shown.content]
    for one in shown.files.all():
        words.append(one.name)
        with suppress(Sealed, NoItem):
            content = b"".join(reviewed_content(public_file(agency, pk, one.file_id)))
            words.append(content.decode("utf-8", "replace"))
    return "".join(words)


def whole(answer: Any) -> str:
    """An answer's body, streamed or not, with the names its head gives."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(dict(answer.items()))


def addresses(stages: Stages) -> list[str]:
    """Every address below the public pages, filled with each thing of the stages it can be filled with."""
    return [address for pattern, names in _patterns() for address in _filled(pattern, names, stages)]


def _patterns() -> Iterator[tuple[str, frozenset[str]]]:
    """Address patterns of the public pages: as text with {name}, and the names in it."""
    public = [
        found
        for found in get_resolver().url_patterns
        if isinstance(found, URLResolver) and found.namespace == "portal"
    ]
    assert public
    for resolver in public:
        yield from _below(resolver, "/")


def _below(resolver: URLResolver, before: str) -> Iterator[tuple[str, frozenset[str]]]:
    here = before + _plain(resolver)
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _below(entry, here)
        else:
            names = frozenset(resolver.pattern.converters) | frozenset(entry.pattern.converters)
            yield here + _plain(entry), names


def _plain(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    for name in entry.pattern.converters:
        start, end = text.index("<"), text.index(">")
        text = f"{text[:start]}{{{name}}}{text[end + 1 :]}"
    return text


def _filled(pattern: str, names: frozenset[str], stages: Stages) -> Iterator[str]:
    cast: Cast = stages.cast
    files = {str(pk) for pk in Attachment.objects.values_list("file", flat=True)}
    files |= {str(pk) for pk in PublicationFile.objects.values_list("file", flat=True)}
    items = _items(stages)
    choices: dict[str, list[Any]] = {
        "agency": [cast.agency.slug],
        "column": list(cast.agency.columns.values_list("slug", flat=True)),
        "pk": items,
        "item": items,
        "file": [*files, *(one.replace("-", "") for one in files)],
        "number": [one.replace("-", "") for one in files],
        "form": ["atom", "rss"],
        "part": [1],
        "year": [2024],
        "ending": ["html"],
        "heading": ["functions", "budgets"],
    }
    if names <= set(choices):
        yield from _combined(pattern, sorted(names), choices)
    if "search" in pattern:
        yield from (f"{address}?q={ASKED}" for address in _combined(pattern, sorted(names), choices))


def _combined(pattern: str, names: list[str], choices: dict[str, list[Any]]) -> Iterator[str]:
    if not names:
        yield pattern
        return
    for value in choices[names[0]]:
        yield from _combined(pattern.replace(f"{{{names[0]}}}", str(value)), names[1:], choices)
