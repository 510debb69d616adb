"""Where this installation keeps what is not in the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def files_folder() -> Path:
    """The folder of the private files; it may not be there yet."""
    return Path(settings.FILES_DIR)


def key_files() -> list[Path]:
    """The key files kept in the data folder, without which the private files and second factors cannot be read."""
    wanted = (settings.DATA_DIR / "secret-key", settings.FILE_KEYS_FILE)
    return [path for path in wanted if path is not None and path.is_file()]


def stored(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file in the folder with its name below it, in order; without what is still being written."""
    for here, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(".part"):
                path = Path(here, name)
                yield path.relative_to(folder).as_posix(), path
