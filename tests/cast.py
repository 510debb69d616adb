"""The fixed cast of every access test: one bureau with its people, its neighbour, an anonymous visitor.

The bureau is the sample with its published report on 2024; added to it are a draft on 2025 and an item not yet
public. The neighbour's column is closed to the public, though it has a public item and a draft of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.models import Column, Item
from gongkai.inforequests.models import InfoRequest
from gongkai.reports.actions.prepare import open_year
from gongkai.reports.actions.publish import publish
from gongkai.reports.models import ReportYear
from gongkai.sample.loading import PUBLISHED_AT, load


@dataclass
class Cast:
    """Who and what there is."""

    agency: Agency
    other: Agency
    clerk: Person
    reviewer: Person
    head: Person
    neighbour: Person
    work: ReportYear
    draft: ReportYear
    others_draft: ReportYear
    hidden: Item
    others_item: Item

    def browse(self, who: str) -> Client:
        """A client signed in as clerk, reviewer, head or neighbour; not signed in for anonymous."""
        client = Client()
        if who != "anonymous":
            client.force_login(getattr(self, who))
        return client


def add_item(agency: Agency, column: Column, n: int, *, public: bool = True) -> Item:
    """One more item of 2024."""
    return Item.objects.create(
        agency=agency,
        column=column,
        title=f"测试信息{n}",
        index_number=f"{agency.code}/2024-9{n:04d}",
        formed_on=date(2024, 5, 1),
        published_at=datetime(2024, 5, 6, 2, 0, tzinfo=UTC),
        is_public=public,
    )


def add_request(agency: Agency, number: str, **more: object) -> InfoRequest:
    """A request received on 3 June 2024 by a natural person, open unless said otherwise."""
    fields: dict[str, object] = {
        "requester_kind": "natural",
        "applicant": "甲某",
        "channel": "当面",
        "received_on": date(2024, 6, 3),
        "content": "测试申请内容",
        "state": "办理中",
    }
    return InfoRequest.objects.create(agency=agency, number=number, **{**fields, **more})


def assemble() -> Cast:
    """Bring the cast into an empty database."""
    loaded = load()
    people = {person.username: person for person in loaded.people}
    publish(loaded.work, by=people["head"], at=PUBLISHED_AT)
    other = Agency.objects.get(slug="sample-office")
    theirs = Column.objects.create(agency=other, slug="news", name="工作动态", order=1)
    return Cast(
        agency=loaded.agency,
        other=other,
        clerk=people["clerk"],
        reviewer=people["reviewer"],
        head=people["head"],
        neighbour=people["neighbour"],
        work=loaded.work,
        draft=open_year(loaded.agency, 2025),
        others_draft=open_year(other, 2024),
        hidden=add_item(loaded.agency, loaded.agency.columns.get(slug="czxx"), 1, public=False),
        others_item=add_item(other, theirs, 2),
    )
