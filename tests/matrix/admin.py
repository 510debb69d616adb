"""The pages of gongkai/config/admin.py."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.models import AgencyName
from gongkai.dictionaries.actions.notices import import_notice
from gongkai.dictionaries.models import Word
from tests.cast import Cast
from tests.matrix.answers import GET, POST, Row, of_site


def word(cast: Cast) -> int:
    """A word."""
    return Word.objects.get_or_create(kind=Word.Kind.FORM, word="测试用的词")[0].pk


def notice(cast: Cast) -> int:
    """A notice entered here."""
    return import_notice(
        cast.actor("sysadmin"), "日期,类别,名称,通知文号\n2027-02-08,放假,春节,测试文号\n"
    ).pk


def section(cast: Cast) -> int:
    """A section of the bureau."""
    return cast.section.pk


def old_name(cast: Cast) -> int:
    """A name that the bureau bore."""
    return AgencyName.objects.create(agency=cast.agency, name="原名", until=date(2019, 1, 1), basis="测试").pk


SYSTEM = of_site("sysadmin")
READ_ONLY = of_site("sysadmin", status=403)
GONE = of_site("sysadmin", status=302)
"""A row that is not there: Django's pages lead back to the first page and say so."""
TABLE: dict[str, list[Row]] = {
    "dictionaries:index": [({}, SYSTEM)],
    "dictionaries:jsi18n": [({}, SYSTEM)],
    "dictionaries:app_list": [
        ({"app_label": "dictionaries"}, SYSTEM),
        ({"app_label": "agencies"}, SYSTEM),
        ({"app_label": "auth"}, of_site("sysadmin", status=404)),
    ],
    "dictionaries:dictionaries_word_changelist": [({}, SYSTEM)],
    "dictionaries:dictionaries_word_add": [({}, SYSTEM)],
    "dictionaries:dictionaries_word_change": [
        ({"object_id": word}, SYSTEM),
        ({"object_id": 987654}, GONE),
    ],
    "dictionaries:dictionaries_holidaynotice_changelist": [({}, SYSTEM)],
    "dictionaries:dictionaries_holidaynotice_add": [({}, SYSTEM)],
    # These are read here, not changed.
    "dictionaries:dictionaries_holidaynotice_change": [
        ({"object_id": notice}, SYSTEM, GET),
        ({"object_id": notice}, READ_ONLY, POST),
    ],
    "dictionaries:agencies_section_changelist": [({}, SYSTEM)],
    "dictionaries:agencies_section_change": [
        ({"object_id": section}, SYSTEM, GET),
        ({"object_id": section}, READ_ONLY, POST),
    ],
    "dictionaries:agencies_agencyname_changelist": [({}, SYSTEM)],
    "dictionaries:agencies_agencyname_change": [
        ({"object_id": old_name}, SYSTEM, GET),
        ({"object_id": old_name}, READ_ONLY, POST),
    ],
}
