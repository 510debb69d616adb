"""The index over the words: FTS5 kept by triggers on SQLite, a tsvector with GIN on PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_part', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER search_part_in AFTER INSERT ON search_part BEGIN "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_part_out AFTER DELETE ON search_part BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_part_new AFTER UPDATE ON search_part BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_part_in",
    "DROP TRIGGER search_part_out",
    "DROP TRIGGER search_part_new",
    "DROP TABLE search_words",
)
POSTGRESQL = (
    "ALTER TABLE search_part ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', words)) STORED",
    "CREATE INDEX search_part_vector ON search_part USING gin (vector)",
)
POSTGRESQL_BACK = ("ALTER TABLE search_part DROP COLUMN vector",)


def _run(editor: Any, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(statement)


def forwards(apps: Any, editor: Any) -> None:
    """Make the index."""
    _run(editor, SQLITE, POSTGRESQL)


def backwards(apps: Any, editor: Any) -> None:
    """Drop the index."""
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entries_and_words")]
    operations = [migrations.RunPython(forwards, backwards)]
