"""导出台账: a sheet of the part asked for, for the office's own use or for publication; every one is an act."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..queries import Wanted, asked_for, is_empty_year
from ..sheets import FORMS as FORMS
from ..sheets import Copy, Sheet, sheet_of

COPIES: dict[Copy, str] = {"own": "ledger.export", "public": "ledger.publish"}
"""The two copies, with the act each is: with names for the office's own use, without for publication."""


class NothingToExport(ValueError):
    """No request meets what was asked; says in Chinese what to do."""


def export(agency: Agency, wanted: Wanted, *, copy: Copy, ending: str, by: Actor) -> Sheet:
    """Make a sheet of the ledger: the caseworkers' act for the copy with names, that of everybody who may see the list
    for the one without (个人信息保护法 25、51).

    The trail says which copy of how many requests of which year, before the first byte goes. Raises `NotAllowed`;
    `NothingToExport` where no request meets the conditions; KeyError for an ending that does not exist.
    """
    count = asked_for(agency, wanted).count()
    if not count and not is_empty_year(wanted, count):
        raise NothingToExport("没有符合这些条件的申请，没有可以导出的内容。请少选几个条件。")
    year = wanted.year or "全部"
    with acting(by, COPIES[copy], agency, year=year, form=ending, count=count, part=wanted.narrowed):
        return sheet_of(agency, wanted, copy, ending)
