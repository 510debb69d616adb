"""Many processes with many threads write at once: no gap, no fork, no deadlock, nothing of what failed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.audit.tampering import WHO

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, THREADS, ACTS = 4, 4, 15


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A database of its own: a file, or one on the server the tests run on."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{tmp_path}/trail.sqlite3"
        return
    import psycopg
    from psycopg import sql

    server = os.environ["GONGKAI_DATABASE_URL"]
    name = f"gongkai_trail_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"{server.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(code: str, env: dict[str, str]) -> str:
    begin = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'gongkai.config.settings'; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + code], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_many_write_at_once(address: str, tmp_path: Path) -> None:
    env = {**os.environ, "GONGKAI_DATABASE_URL": address, "GONGKAI_DATA_DIR": str(tmp_path)}
    run(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from gongkai.agencies.models import Agency\n"
        "for n in 'ab': Agency.objects.create(slug=n, name=n, code=n)",
        env,
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.audit.writer", str(THREADS), str(ACTS)],
            cwd=ROOT,
            env=env,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=240)
        assert writer.returncode == 0, said
    told = json.loads(
        run(
            "import json; from gongkai.audit.verifying import verify; from gongkai.audit.models import Entry\n"
            "v = verify()\n"
            "print(json.dumps([bool(v), v.count, v.last,"
            " [json.loads(d)['mark'] for d in Entry.objects.order_by('number').values_list('detail', flat=True)]]))",
            env,
        )
    )
    holds, count, last, acts = told
    single = sum(1 for n in range(ACTS) if n % 3 == 0)
    failed = sum(1 for n in range(ACTS) if n % 3 and n % 5 == 4)
    expected = (single + 2 * (ACTS - single - failed)) * PROCESSES * THREADS
    assert holds
    assert count == last == expected == len(set(acts))
    for at, act in enumerate(acts):
        if act.endswith(" inside"):
            assert acts[at + 1] == act.removesuffix(" inside"), (
                "an act inside stands right before its outer one"
            )


@pytest.mark.django_db
def test_an_entry_needs_the_transaction_of_its_act(transactional_db: None) -> None:
    from gongkai.audit.trail import record

    with pytest.raises(RuntimeError):
        record(WHO, "test.act", "测试")
