"""The process that looks into one file: content on standard input, the name in the environment, the verdict as JSON.

A file may be made to hang or to fill the memory of whoever opens it; here that ends with this process.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from .examine import examine
from .refusals import Marked, NotTaken

MEMORY = 768 * 1024 * 1024


def _limit(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - only where there is one
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Judge the file and say so on standard output."""
    name, seconds = os.environ["EXAMINED_NAME"], int(sys.argv[1])
    _limit(seconds)
    said: dict[str, Any]
    with os.fdopen(os.dup(0), "rb") as file:
        try:
            verdict = examine(file, name)
            said = {"kind": verdict.kind, "gaps": verdict.gaps, "doubts": verdict.doubts}
        except Marked as marked:
            said = {"refused": str(marked), "reason": "secrecy", "mark": marked.mark, "where": marked.where}
        except NotTaken as refused:
            said = {"refused": str(refused), "reason": refused.reason}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
    # The libraries' own clearing up is of no use to anybody and may itself fail on a bad file.
    os._exit(0)


main()
