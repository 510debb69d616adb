"""Having a file looked into by a process of its own, which is ended when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from .content.examine import Verdict, ending_of
from .content.kinds import BY_ENDING, mismatch
from .content.lines import Search
from .content.refusals import Marked, NotTaken

SECONDS = 30
_TOO_LONG = "内容太复杂，没有在规定时间内查完"
_MODULE = f"{__package__}.content"
_HOME = Path(__file__).resolve().parents[2]


def examine_apart(file: IO[bytes], name: str, seconds: int = SECONDS) -> Verdict:
    """Judge the file's content against its name. `file` must be a real one on disk.

    A file that hangs or crashes the reader counts as one that could not be searched, if its name is of a kind that is
    taken and its first bytes agree. Raises `Marked` and `NotTaken`.
    """
    Search().name(name)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-s", "-B", "-m", _MODULE, str(seconds)],
            stdin=file,
            capture_output=True,
            timeout=seconds + 5,
            check=False,
            env=environment(name),
            cwd=settings.FILE_UPLOAD_TEMP_DIR,
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return _unfinished(file, name)
    if "mark" in said:
        raise Marked(said["mark"], said["where"])
    if "refused" in said:
        raise NotTaken(said["refused"], said["reason"])
    return Verdict(said["kind"], said["gaps"], said["doubts"])


def environment(name: str) -> dict[str, str]:
    """What a process that looks into a file is told: its name, where the software and room for work are."""
    # Nothing of our settings: whoever takes over the reader of a file finds no key and no password there.
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    return kept | {
        "EXAMINED_NAME": name,
        "PYTHONPATH": str(_HOME),
        "PYTHONUTF8": "1",
        "TMPDIR": str(settings.FILE_UPLOAD_TEMP_DIR),
        "TEMP": str(settings.FILE_UPLOAD_TEMP_DIR),
    }


def _unfinished(file: IO[bytes], name: str) -> Verdict:
    from .content.kinds import KINDS, sniff  # noqa: PLC0415

    kind = BY_ENDING[ending_of(name)]
    file.seek(0)
    found = sniff(file)  # type: ignore[arg-type]
    if found not in (kind.slug, "package", "ole"):
        raise mismatch(ending_of(name), KINDS[found])
    return Verdict(kind.slug, gaps=[_TOO_LONG])
