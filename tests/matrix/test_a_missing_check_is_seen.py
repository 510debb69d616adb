"""The table of who gets what would notice a check that is gone: with the check taken out, it is violated."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from gongkai.agencies import rights
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import Permission
from gongkai.desk import frame
from tests.cast import Cast
from tests.matrix import test_access_matrix as matrix
from tests.matrix.crowd import filled

VIEWS = (
    "desk:people",
    "desk:people-hand-over",
    "desk:report",
    "desk:site-people",
    "desk:site-person-password",
    "desk:site-audit",
)


def _grant_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def yes(actor: Any, act: str, target: Any = None) -> Permission:
        return Permission(True, actor.seats[0] if actor.seats else None)

    # `require` and whatever asks in passing look `may` up where it was defined.
    monkeypatch.setattr(rights, "may", yes)
    for name in ("may", "require"):
        if hasattr(frame, name):
            monkeypatch.setattr(frame, name, yes)
    # An agency's page first asks whether one works there: that wall is a check as well.
    monkeypatch.setattr(frame, "agency_at", lambda actor, slug: Agency.objects.get(slug=slug))


@pytest.mark.parametrize("name", VIEWS)
def test_with_its_check_taken_out_the_table_is_violated(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    args, gets = matrix.TABLE[name][0]
    matrix.be_sure(cast, name, args, gets)
    _grant_everything(monkeypatch)
    with pytest.raises(AssertionError):
        matrix.be_sure(cast, name, args, gets)


def test_a_view_that_is_open_to_all_is_seen(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall around the whole desk taken out of one view: the visitor who is not signed in gets past it."""
    url = reverse("desk:people", args=[matrix.OWN])
    view = resolve(url).func
    assert Client().get(url).status_code == 302
    monkeypatch.setattr(view, "login_required", False, raising=False)
    assert "/sign-in/" not in Client().get(url).headers.get("Location", "")
    args, gets = matrix.TABLE["desk:people"][0]
    assert filled(cast, args)
    with pytest.raises(AssertionError):
        matrix.be_sure(cast, "desk:people", args, gets)
