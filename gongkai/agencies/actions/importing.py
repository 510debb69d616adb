"""Import the list of agencies, sections, people and asked-for seats: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError
from django.utils import timezone

from ..actor import Actor
from ..first_passwords import fresh_passwords
from ..fitness import locked_people
from ..models import Agency, Person, SeatProposal, Section
from ..rights import acting, require, several
from ..sheets.checking import check
from ..sheets.plan import Plan
from ..sheets.problems import Problem, Unfit
from .proposals import give_proposed

MEANWHILE = "检查以后有人改动了同样的内容，这次没有写入。请重新导入一次。"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, in words with numbers; the first passwords of new people as user name, name, password,
    which stand nowhere else; how many seats were given at once."""

    counts: dict[str, int]
    passwords: list[tuple[str, str, str]] = field(default_factory=list)
    seats_given: int = 0


def preview(data: bytes, *, by: Actor) -> dict[str, int]:
    """What importing this workbook would write, in words with numbers; nothing is written.

    For the system administrator. Raises `NotAllowed`; `Unfit` with every problem by row.
    """
    require(by, "agency.create")
    require(by, "person.create")
    return _checked(data).counts


def import_workbook(data: bytes, *, by: Actor, give_seats: bool = False) -> Imported:
    """Write everything in the workbook in one transaction, or nothing, and return what was written.

    For the system administrator. Agencies are matched by their code, people by user name; what the workbook does
    not name stays as it is. Seats become proposals, which give no right until the security administrator confirms
    them; `give_seats` confirms them at once, for who may give seats (the platform's own command). Raises
    `NotAllowed`; `Unfit` with every problem by row.
    """
    require(by, "agency.create")
    require(by, "person.create")
    if give_seats:
        require(by, "seat.give")
    plan = _checked(data)
    # Sealing takes seconds, and nobody else can write while a transaction is open on SQLite: it is done before.
    passwords = fresh_passwords([person.username for person in plan.new_people])
    try:
        with several():
            plan = _checked(data)
            if any(person.username not in passwords for person in plan.new_people):
                raise Unfit([Problem("", 0, "", MEANWHILE)])
            given = _write(plan, passwords, by, give_seats=give_seats)
    except IntegrityError as error:
        raise Unfit([Problem("", 0, "", MEANWHILE)]) from error
    first = [(p.username, p.name, passwords[p.username][0]) for p in plan.new_people]
    return Imported(plan.counts, first, given)


def _checked(data: bytes) -> Plan:
    from ..sheets.reading import read  # noqa: PLC0415 - its library is large, and few processes import a sheet

    plan, problems = check(read(data))
    if problems:
        raise Unfit(problems)
    return plan


def _write(plan: Plan, passwords: dict[str, tuple[str, str]], by: Actor, *, give_seats: bool) -> int:
    _lock(plan)
    _write_agencies(plan, by)
    _write_sections(plan, by)
    _write_people(plan, passwords, by)
    proposals = _propose(plan, by)
    return give_proposed(proposals, by=by) if give_seats else 0


def _lock(plan: Plan) -> None:
    """What stands and is to change: agencies, then sections, then people; those who get seats with them."""
    codes = {agency.code for agency, _ in plan.changed_agencies} | plan.supervisors.keys()
    list(Agency.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("pk"))
    sections = [section.pk for section in plan.changed_sections]
    list(Section.objects.select_for_update(no_key=True).filter(pk__in=sections).order_by("pk"))
    names = {person.username for person, _ in plan.changed_people} | {key[0] for key in plan.seats}
    locked_people(*Person.objects.filter(username__in=names))


def _write_agencies(plan: Plan, by: Actor) -> None:
    if plan.new_agencies:
        codes = [agency.code for agency in plan.new_agencies]
        with acting(by, "agency.create", "表格导入", codes=codes):
            Agency.objects.bulk_create(plan.new_agencies)
    touched = plan.agencies_touched
    if touched:
        fields = sorted({name for _, names in plan.changed_agencies for name in names})
        with acting(by, "agency.edit", "表格导入", codes=touched, fields=fields):
            changed = [agency for agency, _ in plan.changed_agencies]
            if changed:
                Agency.objects.bulk_update(changed, fields)
    _write_supervisors(plan)


def _write_supervisors(plan: Plan) -> None:
    """Whom each agency answers to: only now has every one of them its number."""
    named = {*plan.supervisors, *plan.supervisors.values()} - {None}
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=named)}
    for code, supervisor in plan.supervisors.items():
        agencies[code].supervisor = agencies[supervisor] if supervisor else None
    Agency.objects.bulk_update([agencies[code] for code in plan.supervisors], ["supervisor"])


def _write_sections(plan: Plan, by: Actor) -> None:
    if not (plan.new_sections or plan.changed_sections):
        return
    names = [f"{code} {section.name}" for code, section in plan.new_sections]
    changed = [str(section) for section in plan.changed_sections]
    with acting(by, "section.edit", "表格导入", new=names, changed=changed):
        homes = Agency.objects.in_bulk([code for code, _ in plan.new_sections], field_name="code")
        for code, section in plan.new_sections:
            section.agency = homes[code]
        Section.objects.bulk_create([section for _, section in plan.new_sections])
        if plan.changed_sections:
            Section.objects.bulk_update(plan.changed_sections, ["order", "ended_on"])


def _write_people(plan: Plan, passwords: dict[str, tuple[str, str]], by: Actor) -> None:
    if plan.new_people:
        names = [person.username for person in plan.new_people]
        with acting(by, "person.create", "表格导入", usernames=names):
            now = timezone.now()
            for person in plan.new_people:
                person.password = passwords[person.username][1]
                person.password_set_at, person.must_change_password = now, True
            Person.objects.bulk_create(plan.new_people)
    if plan.changed_people:
        names = [person.username for person, _ in plan.changed_people]
        fields = sorted({name for _, changed in plan.changed_people for name in changed})
        with acting(by, "person.edit", "表格导入", usernames=names, fields=fields):
            Person.objects.bulk_update([person for person, _ in plan.changed_people], fields)


def _propose(plan: Plan, by: Actor) -> Sequence[SeatProposal]:
    if not plan.seats:
        return []
    people = Person.objects.in_bulk({key[0] for key in plan.seats}, field_name="username")
    homes = Agency.objects.in_bulk({key[1] for key in plan.seats}, field_name="code")
    sections = {
        (section.agency_id, section.name): section
        for section in Section.objects.filter(agency__in=homes.values())
    }
    now = timezone.now()
    with acting(by, "seat.propose", "表格导入", seats=[" ".join(filter(None, key)) for key in plan.seats]):
        return SeatProposal.objects.bulk_create(
            SeatProposal(
                person=people[username],
                agency=homes[code],
                section=sections[homes[code].pk, section] if section else None,
                kind=kind,
                proposed_at=now,
                proposed_by=by.name,
            )
            for username, code, section, kind in plan.seats
        )
