"""Choosing a new password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.models import Person

from ..asking import address_of
from ..models import OldPassword, Stay
from ..noting import note
from .stays import end_others


def change_password(request: HttpRequest, person: Person, password: str, stay: Stay) -> int:
    """Set one's own password; all other stays of the person end, this one goes on under a new session key.

    Returns how many ended. Raises ValidationError for a password that the rule does not accept.
    """
    validate_password(password, person)
    now = timezone.now()
    with transaction.atomic():
        person.set_password(password)
        person.password_set_at, person.must_change_password = now, False
        person.save(update_fields=["password", "password_set_at", "must_change_password"])
        OldPassword.objects.create(person=person, encoded=person.password, set_at=now)
        kept = OldPassword.objects.filter(person=person).values_list("pk", flat=True)
        OldPassword.objects.filter(person=person).exclude(
            pk__in=list(kept[: settings.PASSWORD_HISTORY])
        ).delete()
        ended = end_others(stay, address=address_of(request), why=Stay.End.PASSWORD)
        update_session_auth_hash(request, person)
        note("sign_in.password", person, address_of(request))
    return ended
