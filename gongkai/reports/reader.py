"""python -m gongkai.reports.reader NAME: the bytes of an annual report come in, our JSON of it goes out.

Reading somebody's PDF or Word file takes memory and time that nobody knows beforehand: it happens in a process of its
own, and ends with it.
"""

from __future__ import annotations

import subprocess
import sys

from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.readers import read_bytes
from gongkai.statute.report.writers import to_json

_SECONDS = 120


class CannotRead(ValueError):
    """The file could not be read as an annual report; the message says what to do."""


def read_apart(content: bytes, name: str) -> AnnualReport:
    """The report in these bytes, read by a process of its own. Raises `CannotRead`."""
    command = [sys.executable, "-m", "gongkai.reports.reader", name]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=content, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise CannotRead("这个文件读得太久，没有读完。请换一种格式，例如 Word 文档或者网页文件。") from None
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotRead(said[-1] if done.returncode == 1 and said else "这个文件读不出来，请换一个。")
    return read_bytes(done.stdout, name)


def main() -> None:
    """Read standard input, write standard output; ends with 1 and a sentence for what is no report."""
    try:
        sys.stdout.buffer.write(to_json(read_bytes(sys.stdin.buffer.read(), sys.argv[1])))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
