"""The process that reads mutants: one file name a line on standard input, one line of outcome on standard output."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from gongkai.statute.report.readers import Unreadable, read_bytes


def main() -> None:
    """Read each file named; answer `ok`, `refused` or `crash …`, with the peak memory in MB."""
    for line in sys.stdin:
        path = Path(line.strip())
        try:
            read_bytes(path.read_bytes(), path.name)
            outcome = "ok"
        except Unreadable as refusal:
            outcome = (
                "refused" if str(refusal).endswith("。") else f"crash refusal without a sentence: {refusal!r}"
            )
        except BaseException as error:
            outcome = f"crash {type(error).__name__}: {error}".replace("\n", " ")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{peak} {outcome}", flush=True)


if __name__ == "__main__":
    main()
