"""The trail after a backup was restored elsewhere: entries went in one after another, and the chain holds."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.operations.content import MAKE
from tests.operations.installation import installation

NUMBERS = """
import json
from django.db import connection
from gongkai.audit.models import Entry
with connection.cursor() as cursor:
    # In the order in which they were written, not in that of the key; where they lie tells nothing, as a small row
    # goes where a page still has room.
    cursor.execute("SELECT number FROM audit_entry" + (" ORDER BY xmin::text::bigint, cmin::text::bigint, number" if connection.vendor == "postgresql" else ""))
    print(json.dumps([row[0] for row in cursor.fetchall()]))
"""


@pytest.mark.slow
def test_entries_go_in_by_number_and_the_chain_goes_on(tmp_path: Path) -> None:
    with installation(tmp_path / "old") as old, installation(tmp_path / "new") as new:
        old.run(MAKE)
        old.cli("backup", tmp_path / "kept", "--no-verify", "--with-keys")
        [made] = (tmp_path / "kept").glob("*.backup.zip")
        with zipfile.ZipFile(made) as zipped:
            told = json.loads(zipped.read("manifest.json"))
            rows = [json.loads(line) for line in zipped.read("rows/audit.entry.jsonl").splitlines()]
        at = told["tables"]["audit.entry"]["columns"].index("number")
        kept = [row[at] for row in rows]
        assert kept == list(range(1, len(kept) + 1))
        assert len(kept) > 5
        new.cli("restore", made)
        assert "完整" in new.cli("audit", "verify", "--head", told["trail"]["digest"])
        # One entry more tells of the restore itself, in the same chain.
        assert json.loads(new.run(NUMBERS)) == [*kept, len(kept) + 1]
        assert "完整" in new.cli("audit", "verify")
