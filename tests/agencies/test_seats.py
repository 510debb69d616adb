"""Who holds a seat where, and what that opens."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.seats import fresh_password, renew_password, seat_person
from gongkai.agencies.models import Agency, Person, Seat
from gongkai.agencies.queries import agencies_of, agency_for, holds_seat, open_agency, seat_names
from tests.cast import Cast


def test_only_ones_own_agency(cast: Cast) -> None:
    assert list(agencies_of(cast.clerk)) == [cast.agency]
    assert agency_for(cast.neighbour, "sample-office") == cast.other
    for person, slug in (
        (cast.neighbour, "xtxsfj"),
        (cast.clerk, "sample-office"),
        (AnonymousUser(), "xtxsfj"),
    ):
        with pytest.raises(Agency.DoesNotExist):
            agency_for(person, slug)


def test_two_seats_in_one_agency_are_one_agency(cast: Cast) -> None:
    seat_person(username="clerk", name="经办员（示例）", agency=cast.agency, kind="reviewer")
    assert list(agencies_of(cast.clerk)) == [cast.agency]
    assert sorted(seat_names(cast.clerk, cast.agency)) == ["审查员", "经办员"]


def test_a_seat_is_of_its_agency_and_kind(cast: Cast) -> None:
    assert holds_seat(cast.head, cast.agency, Seat.Kind.HEAD)
    assert not holds_seat(cast.head, cast.other, Seat.Kind.HEAD)
    assert not holds_seat(cast.clerk, cast.agency, Seat.Kind.HEAD)
    assert not holds_seat(AnonymousUser(), cast.agency, Seat.Kind.HEAD)


def test_a_closed_column_is_not_there(cast: Cast) -> None:
    assert open_agency("xtxsfj") == cast.agency
    with pytest.raises(Agency.DoesNotExist):
        open_agency("sample-office")


def test_passwords_are_fresh_and_shown_once(cast: Cast) -> None:
    person, password = seat_person(username="new", name="新人", agency=cast.agency, kind="clerk")
    assert authenticate(username="new", password=password) == person
    assert seat_person(username="new", name="新人", agency=cast.agency, kind="clerk") == (person, "")
    renewed = renew_password(person)
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
