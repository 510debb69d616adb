"""The process that reads, shows and cleans one file: a line of JSON and the content on standard input, the same back.

What a file does to its reader ends with this process; it knows no settings, no keys and no database.
"""

from __future__ import annotations

import json
import os
import sys

from .asked import answer

MEMORY = 1536 * 1024 * 1024


def _limit(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - only where there is one
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer one question."""
    _limit(int(sys.argv[1]))
    asked = json.loads(sys.stdin.buffer.readline())
    said, content = answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    # The libraries' own clearing up is of no use to anybody and may itself fail on a bad file.
    os._exit(0)


main()
