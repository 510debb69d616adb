"""python -m gongkai.reports.maker FORMAT: our JSON of a report comes in, the file goes out.

For a server: setting a PDF or a Word file takes much memory, which goes back to the machine when this process ends.
"""

from __future__ import annotations

import sys

from gongkai.statute.report.readers import read_bytes
from gongkai.statute.report.writers import to_bytes


def main() -> None:
    """Read standard input, write standard output; ends with 1 and a sentence for input that is no report."""
    try:
        report = read_bytes(sys.stdin.buffer.read())
        sys.stdout.buffer.write(to_bytes(report, sys.argv[1]))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
