"""The triggers stand after all migrations, and come back after a migration that rebuilds their table."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.models.signals import pre_migrate
from django.test import Client

from gongkai.agencies import guard as seats
from gongkai.agencies.models import Seat
from gongkai.audit import guard as trail
from gongkai.audit.triggers import GUARDS, missing, put_up_missing
from gongkai.disclosure import guard as gate
from gongkai.disclosure.models import Item, Publication, ReviewSheet, Signature
from gongkai.files.models import StoredFile

pytestmark = pytest.mark.django_db


def execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_all_stand_after_all_migrations() -> None:
    assert set(GUARDS) == {"audit", "agencies", "disclosure", "reports"}
    assert missing(connection) == []


@pytest.mark.parametrize(("guard", "count"), [(seats, (6, 3)), (trail, (5, 5)), (gate, (29, 36))])
def test_what_was_lost_is_seen_and_comes_back_with_the_next_migration(
    guard: object, count: tuple[int, int]
) -> None:
    execute(guard.take_down(connection.vendor))  # type: ignore[attr-defined]
    assert len(missing(connection)) == count[connection.vendor == "postgresql"]
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["guards"]) == (503, "missing")
    call_command("migrate", verbosity=0)
    assert missing(connection) == []
    assert Client().get("/readyz").json()["guards"] == "ok"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL switches triggers off")
def test_one_that_is_switched_off_does_not_stand() -> None:
    execute(["ALTER TABLE agencies_deputy DISABLE TRIGGER deputy_one_at_a_time"])
    assert missing(connection) == ["deputy_one_at_a_time"]


@pytest.mark.django_db(transaction=True)
def test_a_migration_may_rebuild_a_guarded_table() -> None:
    """On SQLite a new column makes a new table: refused while a trigger of another table names the old one."""
    for model in (Seat, StoredFile, Item, ReviewSheet, Signature, Publication):
        pre_migrate.send(apps.get_app_config("audit"), using="default", plan=[("some migration", False)])
        extra = models.CharField(max_length=5, default="x")
        extra.set_attributes_from_name("extra")
        for change in ("add_field", "remove_field"):
            with connection.schema_editor() as editor:
                getattr(editor, change)(model, extra)
        assert missing(connection) != []
        put_up_missing(connection)
    assert missing(connection) == []
