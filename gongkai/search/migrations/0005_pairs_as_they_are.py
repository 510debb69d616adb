"""PostgreSQL keeps the pairs as they are: it tried to compress every array, and numbers in disorder never get smaller."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def _store(kind: str, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for column in ("head", "everything"):
            editor.execute(f"ALTER TABLE search_publicgrams ALTER COLUMN {column} SET STORAGE {kind}")


def forwards(apps: Any, editor: Any) -> None:
    """Out of the row where it is long, never compressed."""
    _store("EXTERNAL", editor)


def backwards(apps: Any, editor: Any) -> None:
    """As any other array."""
    _store("EXTENDED", editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_public_index")]
    operations = [migrations.RunPython(forwards, backwards)]
