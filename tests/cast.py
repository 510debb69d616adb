"""The fixed cast of every access test: one bureau with its people, its neighbour, the office above, the three
administrators, somebody without a seat, an anonymous visitor.

The bureau is the sample with its published report on 2024; added to it are two sections with their people, the
heads, a draft on 2025 and an item not yet public. The neighbour's column is closed to the public, though it has a
public item and a draft of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.test import Client
from django.utils import timezone

from gongkai.agencies.actions.seats import seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Person, Section
from gongkai.agencies.rights import may
from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in
from gongkai.disclosure.models import Column, Item
from gongkai.inforequests.models import InfoRequest
from gongkai.reports.actions.prepare import open_year
from gongkai.reports.models import ReportYear
from gongkai.sample.loading import PUBLISHED_AT, load
from gongkai.sample.publishing import publish_signed
from gongkai.sign_in.actions.stays import SESSION_KEY
from gongkai.sign_in.models import Factor, Stay
from gongkai.sign_in.sealing import seal
from tests.kept import once

SYSTEM = Actor.system(date(2024, 1, 1), "测试")
WHO = (
    "anonymous",
    "nobody",
    "clerk",
    "drafter",
    "section_head",
    "reviewer",
    "ogi_head",
    "leader",
    "head",
    "neighbour",
    "supervisor",
    "sysadmin",
    "secadmin",
    "auditor",
)
"""Everybody, in the order of the columns of the access tests."""


@dataclass
class Cast:
    """Who and what there is. `reviewer` holds all four seats of review, as in an office of few."""

    agency: Agency
    other: Agency
    county: Agency
    section: Section
    other_section: Section
    people: dict[str, Person]
    work: ReportYear
    draft: ReportYear
    others_draft: ReportYear
    hidden: Item
    others_item: Item
    extra: dict[str, object] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        """A person by name: cast.clerk, cast.head …"""
        try:
            return self.__dict__["people"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, who: str, day: date | None = None, address: str = "192.0.2.7") -> Actor:
        """This person as one who acts, today unless said otherwise; anonymous has no person."""
        return Actor.of(self.people.get(who), day or timezone.localdate(), address)

    def browse(self, who: str) -> Client:
        """A client signed in as this person; not signed in for anonymous."""
        client = Client()
        if who != "anonymous":
            sit_down(client, self.people[who])
        return client


def sit_down(client: Client, person: Person) -> Stay:
    """Signed in as from the sign-in page, with the second factor proved by who must have one."""
    now = timezone.now()
    client.force_login(person)
    stay = Stay.objects.create(
        person=person,
        since=now,
        last_seen=now,
        verified_at=now,
        address="127.0.0.1",
        browser="测试用的浏览器",
    )
    session = client.session
    session[SESSION_KEY] = stay.pk
    session.save()
    if may(Actor.of(person, timezone.localdate()), "site.view"):
        sealed = seal(b"12345678901234567890", f"factor of {person.pk}")
        Factor.objects.get_or_create(
            person=person, defaults={"sealed": sealed, "made_at": now, "confirmed_at": now}
        )
    return stay


def add_item(
    agency: Agency, column: Column, n: int, *, public: bool = True, at: datetime | None = None
) -> Item:
    """One more item of 2024: public, brought in with a review on paper, or a draft."""
    title, number, formed = f"测试信息{n}", f"{agency.code}/2024-9{n:04d}", date(2024, 5, 1)
    if not public:
        return Item.objects.create(
            agency=agency, column=column, title=title, index_number=number, formed_on=formed
        )
    signed = (
        SignedOnPaper("甲某", "办公室", formed, ("text", "policy", "political", "secrecy")),
        SignedOnPaper("乙某", "分管领导", formed, ("final",)),
    )
    past = Past(
        column=column,
        title=title,
        text="<p>测试正文</p>",
        formed_on=formed,
        published_at=at or datetime(2024, 5, 6, 2, 0, tzinfo=UTC),
        signed=signed,
        index_number=number,
    )
    return bring_in(agency, [past], reason="测试", by=SYSTEM, indexed=False)[0]


def add_request(agency: Agency, number: str, **more: object) -> InfoRequest:
    """A request received on 3 June 2024 by a natural person, open unless said otherwise."""
    fields: dict[str, object] = {
        "requester_kind": "natural",
        "applicant": "甲某",
        "channel": "in_person",
        "received_on": date(2024, 6, 3),
        "content": "测试申请内容",
        "state": "handling",
    }
    return InfoRequest.objects.create(agency=agency, number=number, **{**fields, **more})


def add_person(
    username: str, kind: str, agency: Agency | None = None, section: Section | None = None
) -> Person:
    """One more person with one seat, made as the sample's are: no change of password is due."""
    person, _ = seat_person(
        by=SYSTEM,
        username=username,
        name=f"{username}（测试）",
        kind=kind,
        agency=agency,
        section=section,
        sample=True,
    )
    return person


def assemble() -> Cast:
    """Bring the cast into an empty database; after the first time in a process, from what was kept of that."""
    return once(_assemble)


def _assemble() -> Cast:
    """By the real acts."""
    loaded = load()
    people = {person.username: person for person in loaded.people}
    publish_signed(loaded.work, clerk=people["clerk"], signers=[people["head"]], at=PUBLISHED_AT)
    agency, other = loaded.agency, Agency.objects.get(slug="sample-office")
    county = Agency.objects.create(
        slug="county-office", name="测试县人民政府", code="COUNTY", level=Agency.Level.GOVERNMENT
    )
    Agency.objects.filter(pk__in=[agency.pk, other.pk]).update(supervisor=county)
    agency.refresh_from_db()
    other.refresh_from_db()
    section = Section.objects.create(agency=agency, name="法治股", order=1)
    other_section = Section.objects.create(agency=agency, name="公共法律服务股", order=2)
    people["drafter"] = add_person("drafter", Kind.DRAFTER, agency, section)
    people["section_head"] = add_person("section_head", Kind.SECTION_HEAD, agency, section)
    people["ogi_head"] = add_person("ogi_head", Kind.OGI_HEAD, agency)
    people["leader"] = add_person("leader", Kind.LEADER, agency)
    people["supervisor"] = add_person("supervisor", Kind.SUPERVISOR, county)
    people["nobody"] = Person.objects.create(username="nobody", name="没有岗位的人（测试）", is_sample=True)
    theirs = Column.objects.create(agency=other, slug="news", name="工作动态", order=1)
    return Cast(
        agency=agency,
        other=other,
        county=county,
        section=section,
        other_section=other_section,
        people=people,
        work=loaded.work,
        draft=open_year(agency, 2025, by=SYSTEM),
        others_draft=open_year(other, 2024, by=SYSTEM),
        hidden=add_item(agency, agency.columns.get(slug="czxx"), 1, public=False),
        others_item=add_item(other, theirs, 2),
    )
