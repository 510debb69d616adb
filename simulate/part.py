"""One part of the simulation in a process and a scratch database of its own: `python -m simulate.part COUNT SEED FOLDER`;
one line of JSON, exit 1 when wrong."""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path


def main() -> int:
    """Set up the database, simulate, tell."""
    count, seed, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    os.environ["GONGKAI_DATA_DIR"] = str(folder)
    os.environ["GONGKAI_DATABASE_URL"] = f"sqlite:///{folder / 'simulate.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        # A scratch database is thrown away: it need not survive a power cut.
        cursor.execute("PRAGMA synchronous=OFF")
    gc.freeze()
    return _run(count, seed)


def _run(count: int, seed: int) -> int:
    from gongkai.agencies.models import Agency
    from simulate.judging import Wrong
    from simulate.running import simulate

    agency = Agency.objects.create(slug="simulated", name="模拟局", code="SIM", document_code="模")
    try:
        found = simulate(agency, count, seed, lambda done: _say(f"seed {seed}: {done} of {count} …"))
    except Wrong as wrong:
        print(json.dumps({"wrong": str(wrong), "seed": seed}, ensure_ascii=False))
        return 1
    print(json.dumps(asdict(found)))
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
