"""A process that writes: `python -m tests.audit.writer THREADS ACTS`, on the database of the environment.

Every act holds another inside, changes rows that the other processes change as well, and now and then fails.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any


def main(threads: int, acts: int) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
    import django

    django.setup()
    from django.db import connection

    wrong: list[str] = []

    def work(which: int) -> None:
        try:
            for n in range(acts):
                _act(f"{os.getpid()}/{which}/{n}", n)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    running = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _act(name: str, n: int) -> None:
    from datetime import date

    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Agency
    from gongkai.agencies.rights import acting

    by = Actor.system(date(2025, 1, 2))
    first, second = Agency.objects.order_by("id")[:2]

    def touch(agency: Any) -> None:
        Agency.objects.filter(pk=agency.pk).update(phone=name[:60])

    if n % 3 == 0:
        with acting(by, "agency.edit", second, mark=name):
            touch(second)
        return
    try:
        with acting(by, "agency.edit", first, mark=name):
            with acting(by, "section.edit", first, mark=f"{name} inside"):
                touch(first)
            touch(second)
            if n % 5 == 4:
                raise InterruptedError
    except InterruptedError:
        pass


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
