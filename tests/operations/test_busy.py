"""A clash in the database reaches the reader as a sentence with what to do, not as a failure of the system."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg.errors
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from gongkai.operations.busy import is_conflict

SENTENCE = "刚才有别人在改同样的内容，请再试一次"
FAILS: dict[str, type[Exception]] = {
    "deadlock": psycopg.errors.DeadlockDetected,
    "serial": psycopg.errors.SerializationFailure,
    "gone": psycopg.errors.AdminShutdown,
}


@login_not_required
def clash(request: HttpRequest, how: str) -> HttpResponse:
    """Fails as Django passes the driver's error on."""
    raise OperationalError("x") from FAILS[how]("x")


urlpatterns = [path("clash/<str:how>/", clash)]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.operations.test_busy")
@pytest.mark.parametrize(("how", "status"), [("deadlock", 503), ("serial", 503), ("gone", 500)])
def test_a_clash_asks_to_try_again(static_files: None, how: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(f"/clash/{how}/")
    assert answer.status_code == status
    assert (SENTENCE in answer.content.decode()) == (status == 503)


def test_sqlites_own_refusal_is_known(tmp_path: Path) -> None:
    """The real one: another connection is writing."""
    first, second = (
        sqlite3.connect(tmp_path / "x.sqlite3", timeout=0, isolation_level=None) for _ in range(2)
    )
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as locked:
        second.execute("BEGIN IMMEDIATE")
    assert is_conflict(OperationalError(*locked.value.args))
    assert not is_conflict(OperationalError("no such table: x"))
    first.close()
    second.close()
