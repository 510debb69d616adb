"""Load the sample year: agency, people, items, entered figures, prose. Running it again changes nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongkai.agencies.actions.seats import renew_password, seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import ADMINISTRATORS, Agency, Kind, Person
from gongkai.agencies.rights import several
from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in
from gongkai.disclosure.models import Column
from gongkai.reports.actions.prepare import enter_figure, open_year, write_prose
from gongkai.reports.models import ReportYear

YEAR = 2024
YEAR_END = date(YEAR + 1, 1, 8)
"""The day on which the sample clerk writes the report."""
_SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLISHED_AT = datetime(YEAR + 1, 1, 16, 9, 30, tzinfo=_SHANGHAI)
"""The sample report's day of publication, as made up as the rest of the sample."""
NOTICE = "本条为示例数据，标题和内容由平台自拟，用于演示栏目和年报统计，不是该机关实际发布的信息。"


@dataclass(slots=True)
class Loaded:
    """What the loading did: the agency, its report, and the passwords made in this run by username."""

    agency: Agency
    work: ReportYear
    people: list[Person] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)


def sample_data() -> dict[str, Any]:
    """The sample year as data."""
    text = files("gongkai.sample").joinpath("xiangtan_justice.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@several()
def load(*, renew_passwords: bool = False) -> Loaded:
    """Bring the sample into the database. Passwords are fresh for people made now, or for all if asked."""
    data = sample_data()
    agency = _agency(data["agency"], portal_open=True)
    other = _agency(data["other"], portal_open=False)
    by = Actor.system(timezone.localdate(), "示例数据")
    passwords: dict[str, str] = {}
    people: list[Person] = []
    for home, rows in (
        (agency, data["people"]),
        (other, data["other_people"]),
        (None, data["administrators"]),
    ):
        for row in rows:
            person, password = _person(row, home, by)
            if renew_passwords and not password and person.is_sample:
                password = renew_password(person, by=by)
            people.append(person)
            if password:
                passwords[person.username] = password
    _items(agency, data["columns"], by)
    return Loaded(agency, _report(agency, people[0], data), people, passwords)


def _person(row: dict[str, Any], home: Agency | None, by: Actor) -> tuple[Person, str]:
    password = ""
    for kind in row["kinds"]:
        place = None if Kind(kind) in ADMINISTRATORS else home
        person, made = seat_person(
            by=by, username=row["username"], name=row["name"], kind=kind, agency=place, sample=True
        )
        password = password or made
    return person, password


def _agency(row: dict[str, Any], *, portal_open: bool) -> Agency:
    agency, _ = Agency.objects.get_or_create(
        slug=row["slug"], defaults={**row, "portal_open": portal_open, "is_sample": True}
    )
    return agency


def _items(agency: Agency, columns: list[dict[str, Any]], by: Actor) -> None:
    """The year's items, brought in with a made-up review on paper: through the same gate as what is written here."""
    if agency.columns.exists():
        return
    past: list[Past] = []
    for order, row in enumerate(columns, start=1):
        titles, days, slug, name = row.pop("titles"), row.pop("days", []), row.pop("slug"), row.pop("name")
        column = add_column(agency, slug=slug, name=name, by=by, order=order, **row)
        past += [
            _past(column, title, days[n] if days else _day(n, len(titles))) for n, title in enumerate(titles)
        ]
    bring_in(agency, past, reason="示例数据：审查记录和信息一样，都是自拟的。", by=by)


def _day(n: int, of: int) -> date:
    """A weekday of the year, the nth of so many spread over it."""
    day = date(YEAR, 1, 8) + timedelta(days=n * 340 // of)
    return day if day.weekday() < 5 else day - timedelta(days=2)


def _past(column: Column, title: str, formed: date) -> Past:
    published = formed + timedelta(days={4: 3, 5: 2}.get(formed.weekday(), 1))
    return Past(
        column=column,
        title=title,
        text=f"<p>{NOTICE}</p>",
        formed_on=formed,
        published_at=datetime.combine(published, time(9, 30), _SHANGHAI),
        signed=(
            SignedOnPaper(
                "审查员（示例）", "示例岗位", formed, ("text", "policy", "political", "secrecy"), "示例意见"
            ),
            SignedOnPaper("负责人（示例）", "示例岗位", formed, ("final",), "示例意见"),
        ),
        fields={"summary": f"{title}（示例）", "subject": "司法行政"},
    )


def _report(agency: Agency, clerk: Person, data: dict[str, Any]) -> ReportYear:
    by = Actor.of(clerk, YEAR_END)
    work = open_year(agency, YEAR, by=by)
    if work.entered.exists():
        return work
    at = datetime(YEAR + 1, 1, 8, 10, 0, tzinfo=_SHANGHAI)
    for group in data["entered"]:
        for cell, value in group["cells"].items():
            enter_figure(work, cell=cell, value=value, source=group["source"], by=by, at=at)
    for section, blocks in data["prose"].items():
        write_prose(work, section, blocks, by=by)
    return work
