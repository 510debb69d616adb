"""Making and editing agencies: what fits, who may, the words no agency may be called, rings, sections."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver

from gongkai.agencies.actions.agencies import create_agency, edit_agency
from gongkai.agencies.actions.seats import give_seat
from gongkai.agencies.actions.sections import (
    add_section,
    end_section,
    merge_section,
    order_sections,
    rename_section,
)
from gongkai.agencies.checks import RESERVED, Unfit, wrong_in_agency
from gongkai.agencies.models import Agency, Kind, Seat, Section, Tenure
from gongkai.agencies.organs import sections_of
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from tests.cast import Cast

FIELDS: dict[str, Any] = {"name": "某某县水利局", "code": "MMXSLJ", "slug": "mmxslj"}


def wrong_fields(act: Any) -> set[str]:
    """The fields an act finds wrong; nothing may have been written by it."""
    before = Agency.objects.count(), Entry.objects.count()
    with pytest.raises(Unfit) as refused:
        act()
    assert (Agency.objects.count(), Entry.objects.count()) == before
    assert all(said.endswith("。") for said in refused.value.wrong.values())
    return set(refused.value.wrong)


def test_no_agency_can_be_called_like_a_page_of_the_site_or_of_the_desk() -> None:
    first = set()
    for pattern in get_resolver().url_patterns:
        words = [str(pattern.pattern)]
        if words[0] in ("", "desk/"):
            words += [str(below.pattern) for below in pattern.url_patterns]  # type: ignore[union-attr]
        first |= {word.split("/")[0] for word in words}
    fixed = {word for word in first if word and "<" not in word}
    assert {"sign-in", "account", "site", "desk", "healthz", "zfxxgk"} <= fixed
    assert fixed <= RESERVED, f"add to RESERVED: {fixed - RESERVED}"
    assert all(wrong_in_agency({"slug": word}) for word in RESERVED)


def test_an_agency_is_made_by_the_system_administrator_alone(cast: Cast) -> None:
    for who in ("clerk", "ogi_head", "head", "supervisor", "secadmin", "auditor", "anonymous"):
        with pytest.raises(NotAllowed):
            create_agency(by=cast.actor(who), **FIELDS)
    made = create_agency(by=cast.actor("sysadmin"), supervisor=cast.county, **FIELDS)
    assert (made.level, made.self_name, made.supervisor) == ("department", "本机关", cast.county)
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.object_name, entry.agency_id) == ("agency.create", "某某县水利局", made.pk)


def test_what_is_missing_badly_written_or_taken_is_named_at_its_field(cast: Cast) -> None:
    by = cast.actor("sysadmin")
    assert wrong_fields(lambda: create_agency(by=by)) == {"name", "code", "slug"}
    bad = {**FIELDS, "slug": "Site!", "postcode": "41", "email": "x", "phone": "12", "uscc": "9135"}
    assert wrong_fields(lambda: create_agency(by=by, **bad)) == set(bad) - {"name", "code"}
    taken = {"name": cast.agency.name, "code": cast.agency.code, "slug": cast.agency.slug}
    assert wrong_fields(lambda: create_agency(by=by, **taken)) == set(taken)
    assert wrong_fields(lambda: create_agency(by=by, **{**FIELDS, "name": "长" * 101})) == {"name"}
    with pytest.raises(TypeError):
        create_agency(by=by, **FIELDS, ended_on="2024-01-01")


def test_the_agency_itself_edits_what_it_tells_the_public_and_nothing_else(cast: Cast) -> None:
    assert edit_agency(
        cast.agency, by=cast.actor("clerk"), phone="0731-55550001", court=cast.agency.court
    ) == ["phone"]
    before = Entry.objects.count()
    assert edit_agency(cast.agency, by=cast.actor("clerk"), phone=" 0731-55550001 ") == []
    assert Entry.objects.count() == before
    for who in ("drafter", "section_head", "leader", "head", "neighbour", "supervisor", "secadmin"):
        with pytest.raises(NotAllowed):
            edit_agency(cast.agency, by=cast.actor(who), phone="0731-55550002")
    for name, value in (("name", "别的局"), ("portal_open", False), ("supervisor", None), ("code", "OTHER")):
        with pytest.raises(NotAllowed):
            edit_agency(cast.agency, by=cast.actor("clerk"), **{name: value})
    cast.agency.refresh_from_db()
    assert (cast.agency.phone, cast.agency.portal_open) == ("0731-55550001", True)


def test_the_address_of_an_open_column_stays(cast: Cast) -> None:
    by = cast.actor("sysadmin")
    assert cast.agency.portal_open
    assert wrong_fields(lambda: edit_agency(cast.agency, by=by, slug="elsewhere")) == {"slug"}
    assert wrong_fields(lambda: edit_agency(cast.agency, by=by, slug="elsewhere", portal_open=False)) == {
        "slug"
    }
    assert edit_agency(cast.other, by=by, slug="elsewhere") == ["slug"]


def test_rings_of_supervisors_are_refused(cast: Cast) -> None:
    by = cast.actor("sysadmin")
    assert wrong_fields(lambda: edit_agency(cast.county, by=by, supervisor=cast.county)) == {"supervisor"}
    assert wrong_fields(lambda: edit_agency(cast.county, by=by, supervisor=cast.agency)) == {"supervisor"}
    below = create_agency(by=by, supervisor=cast.agency, **FIELDS)
    with pytest.raises(Unfit, match="绕成了一圈") as refused:
        edit_agency(cast.county, by=by, supervisor=below)
    assert str(refused.value).count(cast.county.name) == 2
    Agency.objects.filter(pk=below.pk).update(ended_on="2026-01-01")
    below.refresh_from_db()
    assert wrong_fields(lambda: edit_agency(cast.other, by=by, supervisor=below)) == {"supervisor"}


def test_an_agency_that_has_ended_is_not_edited(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.other.pk).update(ended_on="2026-01-01")
    assert wrong_fields(
        lambda: edit_agency(cast.other, by=cast.actor("sysadmin"), phone="0731-55550002")
    ) == {""}
    assert wrong_fields(lambda: add_section(cast.other, "新股", by=cast.actor("sysadmin"))) == {""}


def test_sections_are_added_renamed_and_put_in_order(cast: Cast) -> None:
    by = cast.actor("ogi_head")
    third = add_section(cast.agency, " 办公室 ", by=by)
    assert (third.name, third.order) == ("办公室", 3)
    assert wrong_fields(lambda: add_section(cast.agency, "法治股", by=by)) == {"name"}
    assert wrong_fields(lambda: add_section(cast.agency, "", by=by)) == {"name"}
    assert wrong_fields(lambda: rename_section(third, "法治股", by=by)) == {"name"}
    rename_section(third, "综合股", by=by)
    order_sections(cast.agency, [third.pk], by=by)
    assert [s.name for s in sections_of(cast.agency)] == ["综合股", "法治股", "公共法律服务股"]
    theirs = add_section(cast.other, "股", by=cast.actor("sysadmin"))
    assert wrong_fields(lambda: order_sections(cast.agency, [theirs.pk], by=by)) == {""}
    assert wrong_fields(lambda: order_sections(cast.agency, [third.pk, third.pk], by=by)) == {""}
    for act in (
        lambda: add_section(cast.other, "甲股", by=by),
        lambda: rename_section(theirs, "甲股", by=by),
        lambda: end_section(theirs, by=by),
        lambda: add_section(cast.agency, "甲股", by=cast.actor("clerk")),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_section_with_seats_is_not_ended_but_merged_with_its_people(cast: Cast) -> None:
    by, section, into = cast.actor("ogi_head"), cast.section, cast.other_section
    with pytest.raises(Unfit, match=r"2个岗位.*股室起草人"):
        end_section(section, by=by)
    twice = give_seat(
        by=cast.actor("secadmin"), person=cast.drafter, kind=Kind.DRAFTER, agency=cast.agency, section=into
    )
    assert wrong_fields(lambda: merge_section(section, section, by=by)) == {"into"}
    merge_section(section, into, by=by)
    section.refresh_from_db()
    assert section.ended_on == by.day
    standing = Seat.objects.filter(section=into, ended_on__isnull=True)
    assert {(s.person.username, s.kind) for s in standing if s.person} == {
        ("drafter", "drafter"),
        ("section_head", "section_head"),
    }
    assert standing.filter(pk=twice.pk).exists()
    ended = Seat.objects.get(section=section)
    assert (ended.person, ended.ended_on) == (None, by.day)
    assert Tenure.objects.get(seat=ended).until == by.day
    assert wrong_fields(lambda: merge_section(section, into, by=by)) == {""}
    assert wrong_fields(lambda: rename_section(section, "旧名", by=by)) == {""}
    empty = add_section(cast.agency, "空股", by=by)
    end_section(empty, by=by)
    assert add_section(cast.agency, "空股", by=by) == Section.objects.get(pk=empty.pk, ended_on__isnull=True)
