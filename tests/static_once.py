"""The gathered static files are looked through once in a process.

A test client makes the whole middleware anew, and whitenoise then asks the disk for every file: a hundredth of a
second for each client, more than most pages take. A served site does it once, at its start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

_SEEN: dict[object, dict[str, Any]] = {}


def scan_once() -> None:
    """From now on; files that are gathered anew are looked through anew."""
    scan = WhiteNoiseMiddleware.update_files_dictionary

    def update_files_dictionary(self: Any, root: str, prefix: str) -> None:
        manifest = Path(root) / "staticfiles.json"
        if not manifest.exists():
            scan(self, root, prefix)
            return
        key = (
            root,
            prefix,
            self.static_prefix,
            self.max_age,
            self.allow_all_origins,
            manifest.stat().st_mtime_ns,
        )
        if key not in _SEEN:
            scan(self, root, prefix)
            _SEEN[key] = dict(self.files)
        self.files.update(_SEEN[key])

    WhiteNoiseMiddleware.update_files_dictionary = update_files_dictionary
