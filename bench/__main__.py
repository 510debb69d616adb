"""`make bench`: one JSON object a line on standard output, words on standard error."""

from __future__ import annotations

import sys

from bench import (
    board,
    checking,
    counting,
    days,
    files,
    inspection,
    ledger,
    portal,
    reading,
    reports,
    requests,
    search,
    serving,
    trail,
)
from bench.measure import Line

ALL = (
    reading.run,
    checking.run,
    counting.run,
    days.run,
    trail.run,
    serving.run,
    portal.run,
    files.run,
    ledger.run,
    reports.run,
    requests.run,
    search.run,
    inspection.run,
    board.run,
)


def main() -> None:
    """Run what was asked for by name (as the modules are called: reading, checking … requests), or everything."""
    wanted = set(sys.argv[1:])
    for measure in ALL:
        room = measure.__module__.rsplit(".", 1)[1]
        if wanted and room not in wanted:
            continue
        print(f"measuring {room} …", file=sys.stderr, flush=True)
        for line in measure():
            assert isinstance(line, Line)
            print(line.as_json(), flush=True)


main()
