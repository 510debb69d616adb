"""The cast that is put back is the cast that was made: row by row, and the guard of the trail has seen it."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests import kept
from tests.cast import assemble


@pytest.mark.django_db
def test_every_row_is_there_again(static_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    with transaction.atomic():
        made = assemble()
        rows = kept.rows()
        transaction.set_rollback(True)
    taken = dict(kept._KEPT)
    assert rows.keys() - {"auth_permission", "django_content_type", "dictionaries_word"}
    with transaction.atomic():
        again = assemble()
        assert taken == kept._KEPT, "made anew"
        assert kept.rows() == rows
        assert (again.people, again.hidden, again.draft) == (made.people, made.hidden, made.draft)
        transaction.set_rollback(True)
