"""Sections of an agency (股室): add, rename, put in order, end, merge into another."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from ..actor import Actor
from ..checks import Unfit, tidy, wrong_section_name
from ..models import Agency, Seat, Section
from ..rights import acting
from ..searching import index_seats
from .closing import move_seats


def add_section(agency: Agency, name: str, *, by: Actor) -> Section:
    """Set up a section at the end of the list; one of this name that had ended stands again.

    For the OGI head and the system administrator. Raises `NotAllowed`, `Unfit`.
    """
    name = tidy(name)
    with acting(by, "section.edit", agency, what="设立股室", name=name) as doing:
        _refuse_ended(agency)
        _refuse_name(agency, name, None)
        last = agency.sections.aggregate(most=Max("order"))["most"] or 0
        section, made = Section.objects.get_or_create(
            agency=agency, name=name, defaults={"order": min(last + 1, 32767)}
        )
        if not made:
            section.ended_on = None
            section.save(update_fields=["ended_on"])
        doing.target = section
    return section


def rename_section(section: Section, name: str, *, by: Actor) -> None:
    """Give the section another name; its seats and their work stay. For the OGI head and the system administrator.

    Raises `NotAllowed`, `Unfit`.
    """
    name = tidy(name)
    with acting(by, "section.edit", section, what="股室更名", before=section.name, after=name):
        _refuse_gone(section)
        _refuse_name(section.agency, name, section)
        section.name = name
        section.save(update_fields=["name"])
        index_seats(Seat.objects.filter(section=section))


def order_sections(agency: Agency, numbers: Sequence[int], *, by: Actor) -> None:
    """Put the sections into this order; those not named follow as they stood.

    For the OGI head and the system administrator. Raises `NotAllowed`, `Unfit` for another agency's section.
    """
    with acting(by, "section.edit", agency, what="调整股室顺序"):
        list(agency.sections.select_for_update(no_key=True).order_by("pk"))
        standing = {section.pk: section for section in agency.sections.all()}
        if set(numbers) - standing.keys() or len(set(numbers)) < len(numbers):
            raise Unfit({"": "股室有变动，请刷新页面后再调整顺序。"})
        rest = [pk for pk in standing if pk not in set(numbers)]
        for place, pk in enumerate([*numbers, *rest], start=1):
            standing[pk].order = place
        Section.objects.bulk_update(standing.values(), ["order"])


def end_section(section: Section, *, by: Actor) -> None:
    """End a section as of the actor's day. Refused while seats stand in it: end or hand over these first, or merge.

    For the OGI head and the system administrator. Raises `NotAllowed`, `Unfit`.
    """
    with acting(by, "section.edit", section, what="撤销股室"):
        _refuse_gone(section)
        seats = list(
            Seat.objects.filter(section=section, ended_on__isnull=True).select_related("person", "section")
        )
        if seats:
            named = "、".join(
                f"{seat.get_kind_display()}（{seat.person or '空缺'}）" for seat in seats[:5]
            ) + ("等" if len(seats) > 5 else "")
            raise Unfit(
                {
                    "": f"{section.name}还有{len(seats)}个岗位：{named}。"
                    "请先请安全管理员撤销这些岗位，或者改用“并入其他股室”，岗位会一起过去。"
                }
            )
        section.proposed_seats.all().delete()
        section.ended_on = by.day
        section.save(update_fields=["ended_on"])


def merge_section(section: Section, into: Section, *, by: Actor) -> None:
    """End the section; its seats go on in the other one, with their holders and the work in hand. Where the holder
    has the same seat there already, the work moves to that one and this one ends.

    For the OGI head and the system administrator. Raises `NotAllowed`, `Unfit`.
    """
    with acting(by, "section.edit", section, what="股室并入", into=into.name):
        _refuse_gone(section, into)
        if into.pk == section.pk or into.agency_id != section.agency_id:
            raise Unfit({"into": "请选本机关的另一个股室。"})
        move_seats(section, into, by=by)
        section.proposed_seats.all().delete()
        section.ended_on = by.day
        section.save(update_fields=["ended_on"])


def _refuse_ended(agency: Agency) -> None:
    if Agency.objects.select_for_update(no_key=True).get(pk=agency.pk).ended_on:
        raise Unfit({"": "这个机关已经撤销或者并入别的机关，不能再设股室。"})


def _refuse_gone(*sections: Section) -> None:
    numbers = [section.pk for section in sections]
    for locked in Section.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"):
        if locked.ended_on:
            raise Unfit({"": f"{locked.name}已经撤销了，请刷新页面。"})


def _refuse_name(agency: Agency, name: str, own: Section | None) -> None:
    said = wrong_section_name(name)
    taken = Section.objects.filter(agency=agency, name=name)
    taken = taken.exclude(pk=own.pk) if own else taken.filter(ended_on__isnull=True)
    if not said and taken.exists():
        said = f"本机关已经有（或者有过）“{name}”，请换一个名称。" if own else f"本机关已经有“{name}”。"
    if said:
        raise Unfit({"name": said})
