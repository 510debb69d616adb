"""先审查、后公开: whatever somebody tries, nothing is read by the public that was not reviewed exactly so.

Every item that may not be public, by every way (ways.py), on this database; afterwards every public address is asked.
And the test would notice: with a trigger away, the words are there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, connection, transaction

from gongkai.disclosure.guard import take_down
from gongkai.disclosure.models import Item, Publication
from tests.gate.public_side import addresses, read_by_public
from tests.gate.stages import OPEN, Stages, newest, stages
from tests.gate.ways import Way, ways

REFUSED = (
    *(DatabaseError, ValueError, PermissionDenied, ObjectDoesNotExist),
    *(LookupError, AssertionError, AttributeError, TypeError),
)

STOPPED_ANYWAY = {
    "the item says that it is published",
    "the item says that it passed and is due",
    "one person signs every step",
    "what ended is copied",
    "the search says something else of it",
    "the item is put into the search",
}
"""What leads nowhere without a trigger either: nobody reads an item's state, and the set time asks the gate; one
signature a person and one publication a sheet are constraints of their tables; the search shows what the publication says."""


@pytest.fixture
def case(db: None, static_files: None) -> Stages:
    """The items at their stages."""
    return stages()


def attempt(way: Way, case: Stages, item: Item) -> str:
    """Try a way, and say why it was refused; empty when nothing refused it."""
    fresh = Item.objects.select_related("agency", "column").get(pk=item.pk)
    try:
        with transaction.atomic():
            way(case, fresh, newest(fresh))
    except REFUSED as refused:
        return f"{type(refused).__name__}: {refused}"
    return ""


def leaks(case: Stages, wanted: Callable[[str, str], bool] = lambda stage, way: True) -> list[str]:
    """By which way of which item the words came to be read, and where. Everything tried is taken back again."""
    found = []
    for stage, item in case.items.items():
        for name, way in ways():
            if not wanted(stage, name):
                continue
            with transaction.atomic():
                if not attempt(way, case, item) and (read := read_by_public(case, item)):
                    found.append(f"{stage}: {name}: {read[0]}")
                transaction.set_rollback(True)
    return found


def away(*triggers: str) -> None:
    """Some triggers taken down, within the test's own transaction."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    names = {f"disclosure_{one}" for one in triggers}
    down = [one for one in take_down(connection.vendor) if names & set(one.split())]
    assert len(down) == len(triggers)
    with connection.cursor() as cursor:
        for statement in down:
            cursor.execute(statement)


def test_the_public_reads_what_passed_and_nothing_else(case: Stages) -> None:
    asked = addresses(case)
    assert len(asked) > 30
    assert read_by_public(case) == []
    live = Publication.objects.filter(title__contains=OPEN, ended_at__isnull=True)
    assert set(live.values_list("item", flat=True)) == {
        case.public.pk,
        case.items["revised"].pk,
        case.items["replaced"].pk,
    }


def test_no_way_leads_round_the_gate(case: Stages) -> None:
    assert len(list(ways())) >= 100
    assert leaks(case) == []


def test_every_way_is_really_tried(case: Stages) -> None:
    """With no trigger standing, and only then, each of the ways past the acts reaches the public with some item: none
    is refused for a slip of the test's own."""
    for statement in take_down(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    past = {name for name, _ in ways() if not name.endswith(("publishes", "sets a time", "is history"))}
    past -= STOPPED_ANYWAY
    through: set[str] = set()
    for stage in case.items:
        tried = past - through
        found = leaks(case, lambda s, way, stage=stage, tried=tried: s == stage and way in tried)
        through |= {one.split(": ")[1] for one in found}
    assert past == through


@pytest.mark.parametrize(
    ("triggers", "stage", "way"),
    [
        (["publish_reviewed"], "draft", "a passed digest, other words by SQL"),
        (["publish_reviewed"], "withheld", "its sheet by save"),
        (["publish_fixed"], "draft", "its title by SQL"),
        (["publish_ended"], "withdrawn", "what ended is raised by SQL"),
        (["file_reviewed"], "file after", "a file is added to it"),
        (["sheet_pass"], "submitted", "the sheet passes by SQL"),
        (["sheet_pass", "sheet_fixed"], "changed after", "a passed sheet gets this content"),
        (["sheet_pass", "step_kept"], "submitted", "the steps not signed are deleted"),
        (["step_sign"], "all but the final", "the steps take over other signatures"),
        (["step_sign"], "submitted", "one person signs all in one"),
        (["step_sign", "signature_drafter"], "submitted", "the drafter signs all in one"),
        (["sheet_new"], "draft", "a sheet is born passed"),
        (["sheet_pass"], "draft", "a sheet with the final level only"),
    ],
)
def test_without_its_triggers_the_words_are_out(
    case: Stages, triggers: list[str], stage: str, way: str
) -> None:
    only = lambda s, w: (s, w) == (stage, way)  # noqa: E731
    assert leaks(case, only) == []
    away(*triggers)
    assert leaks(case, only) != []


def test_no_administration_page_knows_these_records() -> None:
    registered = {model._meta.app_label for model in admin.site._registry}
    assert "disclosure" not in registered
