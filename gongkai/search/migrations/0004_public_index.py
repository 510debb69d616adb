"""The public index: FTS5 kept by triggers on SQLite, arrays of pairs with GIN on PostgreSQL.

`prefix='5'`: a character is spelt with five letters, so one character is found without going through its pairs.
On PostgreSQL pairs are numbers in an array: a tsvector keeps 255 places of a word and one megabyte of words, and
comparing places reads every row of a common word. What was found by its pairs is compared with the text itself.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

_NAMES = "title, numbers, body, facets"
_NEW = "new.title, new.numbers, new.body, new.facets"
_OLD = "old.title, old.numbers, old.body, old.facets"
_IN = f"INSERT INTO search_publicindex(rowid, {_NAMES}) VALUES (new.id, {_NEW});"
_OUT = f"INSERT INTO search_publicindex(search_publicindex, rowid, {_NAMES}) VALUES ('delete', old.id, {_OLD});"
SQLITE = (
    f"CREATE VIRTUAL TABLE search_publicindex USING fts5({_NAMES}, content='search_publicwords', "
    "content_rowid='id', tokenize='ascii', prefix='5')",
    f"CREATE TRIGGER search_publicwords_in AFTER INSERT ON search_publicwords BEGIN {_IN} END",
    f"CREATE TRIGGER search_publicwords_out AFTER DELETE ON search_publicwords BEGIN {_OUT} END",
    f"CREATE TRIGGER search_publicwords_new AFTER UPDATE ON search_publicwords BEGIN {_OUT} {_IN} END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_publicwords_in",
    "DROP TRIGGER search_publicwords_out",
    "DROP TRIGGER search_publicwords_new",
    "DROP TABLE search_publicindex",
)
POSTGRESQL = (
    "CREATE INDEX search_publicgrams_head ON search_publicgrams USING gin (head)",
    "CREATE INDEX search_publicgrams_everything ON search_publicgrams USING gin (everything)",
)
POSTGRESQL_BACK = ("DROP INDEX search_publicgrams_head", "DROP INDEX search_publicgrams_everything")


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
    dependencies = [("search", "0003_public_entries")]
    operations = [migrations.RunPython(forwards, backwards)]
