"""Fifty registrations by five processes at once in one database: what tests/…/test_parallel_registration.py runs.

`python -m tests.inforequests.many_at_once set-up` makes the agency; `… register 10` registers ten and prints their
numbers, a line each. The database is the one that the environment names.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.inforequests.actions.register import Intake

DAY = date(2025, 2, 21)
SLUG = "a"


def paper() -> Intake:
    """A request handed in at the counter."""
    from gongkai.inforequests.actions.register import Intake

    return Intake("in_person", "natural", "甲某", "申请内容", DAY)


def set_up() -> None:
    """The tables and the agency."""
    from django.core.management import call_command

    from gongkai.agencies.models import Agency

    call_command("migrate", verbosity=0)
    Agency.objects.create(slug=SLUG, name="甲局", code="A", document_code="甲")


def register_some(count: int) -> None:
    """Register so many, one after the other."""
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.actions.register import register

    agency = Agency.objects.get(slug=SLUG)
    for _ in range(count):
        print(register(agency, paper(), by=Actor.system(DAY, "测试")).number, flush=True)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    if sys.argv[1] == "set-up":
        set_up()
    else:
        register_some(int(sys.argv[2]))
