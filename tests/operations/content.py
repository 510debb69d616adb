"""What an installation of the tests holds, made and counted in its own process."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.files.actions.adding import Examined, add_file
from gongkai.files.actions.keeping import check
from gongkai.files.content.examine import Verdict
from gongkai.files.models import StoredFile
from gongkai.operations.rows import applied, lines, models_at

SYSTEM = Actor.system(date(2025, 1, 2), "tests")
MAKE = (
    "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
    "from tests.operations.content import make; make()"
)
TELL = "from tests.operations.content import tell; tell()"


def agency() -> Agency:
    """The one agency."""
    return Agency.objects.get(slug="a")


def keep(name: str, content: bytes) -> StoredFile:
    """A file kept by the act, its text looked through before (another test's subject)."""
    upload: Any = InMemoryUploadedFile(io.BytesIO(content), "file", name, "", len(content), None)
    examined = Examined(name, upload, Verdict("txt"), "", False)
    return add_file(by=SYSTEM, agency=agency(), upload=examined)


def make() -> None:
    """The sample year, an agency more, files of several sizes."""
    from gongkai.sample.loading import load

    load()
    Agency.objects.create(slug="a", name="甲局 “引号” \\ 斜线\n换行", code="A")
    for n in range(30):
        keep(f"old-{n}.txt", bytes([65 + n % 26]) * (1 + n * 9_973))
    keep("large.txt", b"large " * 400_000)


def tell() -> None:
    """Rows by table with a digest over them, and how the files are; as JSON."""
    import hashlib

    tables = {
        model._meta.label_lower: hashlib.sha256(b"".join(lines(model, "default"))).hexdigest()
        for model in models_at("default", applied("default"))
    }
    checked = check()
    standing = StoredFile.objects.filter(removed_at__isnull=True).count()
    print(
        json.dumps(
            {
                "tables": tables,
                "good": checked.good,
                "damaged": [str(pk) for pk, *_ in checked.damaged],
                "missing": [str(pk) for pk, *_ in checked.missing],
                "standing": standing,
            }
        )
    )
