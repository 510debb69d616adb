"""All tests, as `make test` runs them: the law without Django, then the platform on every database there is. With the
names of folders or files, those only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
LAW = ("statute", "readers", "checks", "writers", "ledger", "cli", "house")
SLOWEST = ("--durations", "10", "--durations-min", "1")
TOOK: list[tuple[str, float]] = []
"""How long each part took, in seconds."""
POSTGRESQL = os.environ.get("GONGKAI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


def run(title: str, folders: list[str], *options: str, **env: str) -> bool:
    """One pytest run over these folders, its ten slowest tests named; True when it passed."""
    print(f"\n=== {title}", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        os.environ.get("JOBS", "2"),
        "-rs",
        *SLOWEST,
        *options,
        *folders,
    ]
    begun = monotonic()
    passed = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}).returncode == 0
    TOOK.append((title, monotonic() - begun))
    return passed


def postgresql_answers() -> bool:
    """True where a PostgreSQL server takes the tests' sign-in."""
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def main(chosen: list[str]) -> int:
    """Run everything, or what is chosen, on every database; 0 when all passed."""
    law = [f"tests/{name}" for name in LAW if (ROOT / "tests" / name).is_dir()]
    rest = sorted(
        f"tests/{p.name}"
        for p in (ROOT / "tests").iterdir()
        if p.is_dir() and any(p.rglob("test_*.py")) and p.name not in LAW
    )
    rest, passed = chosen or rest, True
    if not chosen:
        passed &= run(
            "The law and the command line, without Django", law, "-p", "no:django", "-p", "tests.no_django"
        )
    if rest:
        passed &= run("The platform on SQLite", rest, GONGKAI_DATABASE_URL="")
        if postgresql_answers():
            passed &= run(
                "The platform on PostgreSQL", rest, "-m", "not once", GONGKAI_DATABASE_URL=POSTGRESQL
            )
        else:
            print(
                "\n=== The platform on PostgreSQL: SKIPPED, no server answers (set GONGKAI_TEST_POSTGRESQL)"
            )
    parts = "; ".join(f"{title} {seconds / 60:.1f}" for title, seconds in TOOK)
    print(f"\nMinutes: {sum(seconds for _, seconds in TOOK) / 60:.1f}. {parts}.")
    print("\nAll tests passed." if passed else "\nSome tests failed.")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
