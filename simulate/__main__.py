"""`make simulate`: REQUESTS=10000 SEED=1, in a scratch database of its own; one line of JSON, exit 1 when wrong."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path


def main() -> int:
    """Set up a scratch SQLite database, simulate, tell."""
    count, seed = int(os.environ.get("REQUESTS", "10000")), int(os.environ.get("SEED", "1"))
    with tempfile.TemporaryDirectory(prefix="gongkai-simulate-") as folder:
        os.environ["GONGKAI_DATA_DIR"] = folder
        os.environ["GONGKAI_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'simulate.sqlite3'}"
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
        return _run(count, seed)


def _run(count: int, seed: int) -> int:
    from gongkai.agencies.models import Agency
    from simulate.judging import Wrong
    from simulate.running import simulate

    agency = Agency.objects.create(slug="simulated", name="模拟局", code="SIM", document_code="模")
    start = time.perf_counter()
    try:
        found = simulate(
            agency, count, seed, lambda done: print(f"{done} of {count} …", file=sys.stderr, flush=True)
        )
    except Wrong as wrong:
        print(json.dumps({"wrong": str(wrong), "seed": seed}, ensure_ascii=False))
        return 1
    print(json.dumps({**asdict(found), "seed": seed, "seconds": round(time.perf_counter() - start)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
