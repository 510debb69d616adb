"""Who is told what on an item's way: who is to sign, its drafters, who may publish it. Never a word of its content
beyond the title, which leaves the platform by mail."""

from __future__ import annotations

from django.urls import reverse

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person, Seat
from gongkai.agencies.rights import ACTS
from gongkai.tasks.telling import people_in, tell

from .models import Drafter, Item, ReviewSheet, ReviewStep, Signature
from .signing import current


def _page(item: Item) -> str:
    return reverse("desk:item", args=[item.agency.slug, item.pk])


def tell_next(sheet: ReviewSheet, by: Actor, *, again: str = "") -> None:
    """Tell those who sign next: of each step the holders of the first kind of seat that somebody fit holds."""
    item, barred = sheet.item, _barred(sheet)
    told: dict[int, Person] = {}
    for step in current(list(sheet.steps.all())):
        told |= _first_able(item, step, by, barred)
    for person in told.values():
        tell(
            person,
            subject="请审查拟公开的信息",
            body=f"“{item.title}”已经送审，轮到您审查签字。",
            key=f"review:{sheet.pk}:{len(barred)}:{again}",
            day=by.day,
            url=reverse("desk:item-review", args=[item.agency.slug, sheet.pk]),
            agency_id=item.agency_id,
        )


def _barred(sheet: ReviewSheet) -> set[int]:
    wrote = Drafter.objects.filter(item=sheet.item_id, version=sheet.version)
    signed = Signature.objects.filter(sheet=sheet, person__isnull=False)
    found = set(wrote.values_list("person", flat=True)) | set(signed.values_list("person", flat=True))
    return {pk for pk in (*found, sheet.submitted_by_id) if pk is not None}


def _first_able(item: Item, step: ReviewStep, by: Actor, barred: set[int]) -> dict[int, Person]:
    seats = list(Seat.objects.filter(agency_id=item.agency_id, kind__in=step.kinds, ended_on__isnull=True))
    working = people_in(seats, by.day)
    for kind in step.kinds:
        able = {
            person.pk: person
            for seat in seats
            if seat.kind == kind and not (seat.section_id and item.section_id not in (None, seat.section_id))
            for person in working[seat.pk]
            if person.pk not in barred
        }
        if able:
            return able
    return {}


def tell_drafters(sheet: ReviewSheet, by: Actor, words: str) -> None:
    """Tell those who wrote it that it came back. The words stand on the page, not in the message."""
    wrote = Drafter.objects.filter(item=sheet.item_id, version=sheet.version).select_related("person")
    people = {row.person.pk: row.person for row in wrote if row.person.is_active}
    if sheet.submitted_by is not None and sheet.submitted_by.is_active:
        people[sheet.submitted_by.pk] = sheet.submitted_by
    for person in people.values():
        tell(
            person,
            subject="拟公开的信息退回修改",
            body=f"“{sheet.item.title}”没有通过审查，退回修改。原因在审查表上。",
            key=f"review-back:{sheet.pk}",
            day=by.day,
            url=_page(sheet.item),
            agency_id=sheet.item.agency_id,
        )


def tell_passed(sheet: ReviewSheet, by: Actor) -> None:
    """Tell who may publish that it passed; what is kept from the public asks nobody to do anything."""
    if sheet.item.state == Item.State.PASSED:
        tell_publishers(
            sheet.item,
            by,
            subject="审查通过，请发布",
            body=f"“{sheet.item.title}”已经审查通过，可以发布。",
            key=f"review-passed:{sheet.pk}",
        )


def tell_publishers(item: Item, by: Actor, *, subject: str, body: str, key: str) -> None:
    """Tell everybody who may publish in the agency."""
    kinds = ACTS["disclosure.publish"].own
    seats = list(Seat.objects.filter(agency_id=item.agency_id, kind__in=kinds, ended_on__isnull=True))
    people = {person.pk: person for found in people_in(seats, by.day).values() for person in found}
    for person in people.values():
        tell(
            person,
            subject=subject,
            body=body,
            key=key,
            day=by.day,
            url=_page(item),
            agency_id=item.agency_id,
        )


def tell_withdrawn(item: Item, by: Actor) -> None:
    """Tell who wrote its last version, and who publishes, that it is no longer public."""
    wrote = Drafter.objects.filter(item=item, version=item.version).select_related("person")
    people = [row.person for row in wrote if row.person.is_active and row.person_id != by.somebody.pk]
    body = f"“{item.title}”已经撤回，公众看到的是撤回的理由。要重新公开的，请修订后重新送审。"
    key = f"withdrawn:{item.pk}:{item.version}"
    page = _page(item)
    for person in people:
        tell(
            person,
            subject="信息已经撤回",
            body=body,
            key=key,
            day=by.day,
            url=page,
            agency_id=item.agency_id,
        )
    tell_publishers(item, by, subject="信息已经撤回", body=body, key=key)
