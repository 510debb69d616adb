"""Who holds a seat where, and how accounts come about."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.seats import fresh_password, give_seat, renew_password, seat_person
from gongkai.agencies.models import Agency, Kind, Person, Seat
from gongkai.agencies.queries import agency_at, open_agency, seat_names
from tests.cast import SYSTEM, Cast


def test_only_ones_own_agency(cast: Cast) -> None:
    assert cast.actor("clerk").agencies == [cast.agency]
    assert agency_at(cast.actor("neighbour"), "sample-office") == cast.other
    for who, slug in (("neighbour", "xtxsfj"), ("clerk", "sample-office"), ("anonymous", "xtxsfj")):
        with pytest.raises(Agency.DoesNotExist):
            agency_at(cast.actor(who), slug)


def test_two_seats_in_one_agency_are_one_agency(cast: Cast) -> None:
    give_seat(by=SYSTEM, person=cast.clerk, kind=Kind.TEXT_REVIEWER, agency=cast.agency)
    assert cast.actor("clerk").agencies == [cast.agency]
    assert seat_names(cast.actor("clerk"), cast.agency) == ["经办员", "文字审查员"]


def test_a_section_seat_names_its_section(cast: Cast) -> None:
    assert seat_names(cast.actor("drafter"), cast.agency) == ["法治股·股室起草人"]


def test_a_closed_column_is_not_there(cast: Cast) -> None:
    assert open_agency("xtxsfj") == cast.agency
    with pytest.raises(Agency.DoesNotExist):
        open_agency("sample-office")


def test_passwords_are_fresh_and_shown_once(cast: Cast) -> None:
    person, password = seat_person(by=SYSTEM, username="new", name="新人", agency=cast.agency, kind="clerk")
    assert authenticate(username="new", password=password) == person
    again = seat_person(by=SYSTEM, username="new", name="新人", agency=cast.agency, kind="clerk")
    assert again == (person, "")
    renewed = renew_password(person, by=cast.actor("secadmin"))
    assert renewed != password
    assert authenticate(username="new", password=password) is None
    assert authenticate(username="new", password=renewed) == person


def test_a_password_is_long_and_never_the_same() -> None:
    made = {fresh_password() for _ in range(200)}
    assert len(made) == 200
    assert {len(p) for p in made} == {16}
    assert not set("".join(made)) & set("lIO01o")


@pytest.mark.django_db
def test_passwords_are_kept_with_argon2(settings: object) -> None:
    from gongkai.config import settings as ours

    settings.PASSWORD_HASHERS = ours.PASSWORD_HASHERS  # type: ignore[attr-defined]
    person = Person(username="a", name="甲")
    person.set_password("长长的密码长长的密码")
    assert person.password.startswith("argon2$argon2id$")
    assert person.check_password("长长的密码长长的密码")


def test_the_same_seat_is_not_given_twice(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(person=cast.clerk, agency=cast.agency, kind="clerk")


def test_the_database_refuses_two_administrator_seats_in_one_person(cast: Cast) -> None:
    for kind in (Kind.AUDIT_ADMIN, Kind.SECURITY_ADMIN):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(person=cast.sysadmin, kind=kind)


def test_administrator_seats_belong_to_the_site(cast: Cast) -> None:
    for kind, agency in ((Kind.SYSTEM_ADMIN, cast.agency), (Kind.CLERK, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(person=cast.nobody, kind=kind, agency=agency)
