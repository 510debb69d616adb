"""What is done by several acts in one transaction writes its entries at the end, after everything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.agencies.actions.importing import import_workbook
from gongkai.agencies.actions.setup import set_up_administrators
from gongkai.agencies.models import ADMINISTRATORS, Person
from gongkai.agencies.rights import acting, several
from gongkai.audit.models import Entry
from gongkai.audit.verifying import verify
from gongkai.sample.loading import load
from tests.agencies.sheet_of_a_county import county, packed
from tests.cast import SYSTEM


def all_before_the_trail(act: Any) -> int:
    """How many entries the act wrote; every other row was written before the first of them."""
    before = Entry.objects.count()
    with CaptureQueriesContext(connection) as seen:
        act()
    written = [query["sql"] for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    entries = ["audit_entry" in sql.split("(")[0] for sql in written]
    first = entries.index(True)
    assert all(entries[first:]), written[first + entries[first:].index(False)][:200]
    assert verify()
    return Entry.objects.count() - before


@pytest.mark.django_db
def test_the_first_three_administrators() -> None:
    rows = [(kind, f"admin-{n}", f"管理员{n}") for n, kind in enumerate(sorted(ADMINISTRATORS))]
    assert all_before_the_trail(lambda: set_up_administrators(rows, by=SYSTEM)) == 6


@pytest.mark.django_db
def test_the_sample() -> None:
    assert all_before_the_trail(load) > 10
    assert Person.objects.filter(is_sample=True).exists()


@pytest.mark.django_db
def test_an_imported_list_with_its_seats() -> None:
    assert all_before_the_trail(lambda: import_workbook(packed(county(3, 6)), by=SYSTEM, give_seats=True)) > 4


@pytest.mark.django_db
def test_several_acts_are_written_in_their_order_or_not_at_all() -> None:
    before = Entry.objects.count()
    with several():
        with acting(SYSTEM, "agency.create", "一"), acting(SYSTEM, "agency.create", "二"):
            pass
        with several(), acting(SYSTEM, "agency.create", "三"):
            pass
        assert Entry.objects.count() == before
    names = Entry.objects.order_by("number").values_list("object_name", flat=True)
    assert list(names)[before:] == ["二", "一", "三"]
    with pytest.raises(KeyError), several():
        _begins_and_fails()
    assert Entry.objects.count() == before + 3


def _begins_and_fails() -> None:
    with acting(SYSTEM, "agency.create", "四"):
        pass
    raise KeyError
