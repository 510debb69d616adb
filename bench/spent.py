"""What an answer costs in processor time, of the site and of a database on the same machine: it stays nearly the same
when others keep the machine busy, and the clock does not. Linux's /proc to the nanosecond; nothing elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class Meter:
    """The processes of a site and those that PostgreSQL has for its database."""

    def __init__(self, site: int, database: str | None) -> None:
        self._site, self._line = site, None
        if database:
            import psycopg

            self._line: Any = psycopg.connect(database, autocommit=True)

    def milliseconds(self) -> float:
        """Spent by all of them so far."""
        pids = [*_children(self._site)]
        if self._line:
            asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            pids += [str(row[0]) for row in self._line.execute(asked).fetchall()]
        spent = 0
        for task in (task for pid in pids for task in Path(f"/proc/{pid}/task").glob("*/schedstat")):
            try:
                spent += int(task.read_text().split()[0])
            except OSError:
                continue
        return spent / 1e6


def _children(pid: int) -> list[str]:
    text = Path(f"/proc/{pid}/task/{pid}/children")
    return text.read_text().split() if text.exists() else []
