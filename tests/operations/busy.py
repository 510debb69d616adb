"""Processes that keep an installation busy while it is backed up: `python -m tests.operations.busy WHAT STOP`.

WHAT is write, rotate or remove; it goes on until the file STOP is there, and does at least one round.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from pathlib import Path


def main(what: str, stop: Path) -> None:
    import django

    django.setup()
    act = {"write": write, "rotate": rotate, "remove": remove}[what]
    for n in itertools.count():
        act(n)
        if stop.exists() or n == 10_000:
            break


def write(n: int) -> None:
    """A file and a change of the agency, each an act with its entry; the change tells how many there were."""
    from gongkai.agencies.rights import acting
    from tests.operations.content import SYSTEM, agency, keep

    home = agency()
    keep(f"{os.getpid()}-{n}.txt", f"第{n}份。".encode() * 5000)
    with acting(SYSTEM, "agency.edit", home, mark=n):
        type(home).objects.filter(pk=home.pk).update(phone=f"0731-{n}")


def rotate(n: int) -> None:
    """A fresh key, and every file under it."""
    from django.conf import settings

    from gongkai.files.actions.keeping import rotate as run
    from gongkai.files.keys import add_key, kept_keys
    from tests.operations.content import SYSTEM

    if n < 20:
        add_key(settings.FILE_KEYS_FILE)
    settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    run(by=SYSTEM)


def remove(n: int) -> None:
    """The oldest of the files that are there."""
    from gongkai.files.actions.removing import remove_file
    from gongkai.files.models import StoredFile
    from tests.operations.content import SYSTEM

    oldest = StoredFile.objects.filter(removed_at__isnull=True, name__startswith="old").order_by("pk").first()
    if oldest is None:
        # Nothing is left: the rounds must last all the same until everybody is told to stop.
        time.sleep(0.05)
    else:
        remove_file(oldest, by=SYSTEM)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    main(sys.argv[1], Path(sys.argv[2]))
