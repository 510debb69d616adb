"""Give a person a sign-in and a seat."""

from __future__ import annotations

import secrets

from django.db import transaction

from ..models import Agency, Person, Seat

_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def fresh_password(length: int = 16) -> str:
    """A random password in letters and digits that cannot be mistaken for one another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


@transaction.atomic
def seat_person(
    *, username: str, name: str, agency: Agency, kind: str, sample: bool = False
) -> tuple[Person, str]:
    """Make the person if new, give the seat, and return the person with the fresh password.

    The password is empty for a person who already had one: it is shown once and kept nowhere.
    """
    person, made = Person.objects.get_or_create(
        username=username, defaults={"name": name, "is_sample": sample}
    )
    Seat.objects.get_or_create(person=person, agency=agency, kind=kind)
    return person, renew_password(person) if made else ""


def renew_password(person: Person) -> str:
    """Set a fresh random password and return it; earlier sign-ins of the person end."""
    password = fresh_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    return password
