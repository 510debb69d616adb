"""The second factor: setting it up, proving it, recovery codes, taking it away."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from gongkai.agencies.actions.telling import alarm
from gongkai.agencies.actor import Actor
from gongkai.agencies.administrators import is_administrator
from gongkai.agencies.fitness import locked_people
from gongkai.agencies.models import Person
from gongkai.agencies.rights import acting

from ..models import Factor, Failure, RecoveryCode, Stay
from ..noting import note
from ..sealing import CannotOpen, digest, digests, seal, unseal
from .attempts import Locked
from .stays import close_all, end_others

CODES = 10
"""Recovery codes made at a time."""
SECRET_BYTES = 20
"""The length RFC 4226 recommends."""
STEP = 30
"""Seconds a code lasts."""
DRIFT = 1
"""Steps the clock of a telephone may be off, either way."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class WrongCode(Exception):
    """The code is not the present one, or has been used."""


def new_factor(person: Person) -> str:
    """The secret to be set up, in base 32: the one begun and not yet confirmed, or a new one. Raises ValueError for
    somebody who has a factor in force."""
    with transaction.atomic():
        # Two tabs that ask at once: there is no factor to be locked yet, so the person is.
        locked_people(person)
        factor = Factor.objects.select_for_update(no_key=True).filter(person=person).first()
        if factor and factor.confirmed_at:
            raise ValueError("this person has a second factor")
        if factor:
            try:
                return secret_of(factor)
            except CannotOpen:
                factor.delete()
        raw = secrets.token_bytes(SECRET_BYTES)
        Factor.objects.create(person=person, sealed=seal(raw, _about(person)), made_at=timezone.now())
    return base64.b32encode(raw).decode()


def secret_of(factor: Factor) -> str:
    """The factor's secret in base 32; raises `CannotOpen` when the site's secret key was changed."""
    return base64.b32encode(unseal(factor.sealed, _about(factor.person))).decode()


def _about(person: Person) -> str:
    return f"factor of {person.pk}"


def confirm(stay: Stay, code: str, address: str) -> list[str]:
    """Put the factor in force with a first code and return the recovery codes, which are shown once. The stay counts
    as verified; all others of the person end. Raises `WrongCode`, `Locked`."""
    person = stay.person
    with transaction.atomic():
        factor = _open(person, confirmed=False)
        if _fits(factor, code):
            factor.confirmed_at = timezone.now()
            _pass(factor, stay)
            codes = _new_codes(person)
            end_others(stay, address=address)
            note("sign_in.factor_set", person, address)
            return codes
        _fail(factor, stay.person, address)
    raise WrongCode


def prove(stay: Stay, code: str, address: str) -> None:
    """Verify the stay with the present code or a recovery code, each good once. Raises `WrongCode`, `Locked`."""
    person = stay.person
    with transaction.atomic():
        factor = _open(person, confirmed=True)
        if _fits(factor, code):
            _pass(factor, stay)
            note("sign_in.factor_passed", person, address)
            return
        if _use_recovery(person, code):
            _pass(factor, stay)
            note("sign_in.recovery_used", person, address)
            return
        _fail(factor, stay.person, address)
    raise WrongCode


def renew_codes(stay: Stay, code: str, address: str) -> list[str]:
    """Ten new recovery codes instead of the old ones, for a present code. Raises `WrongCode`, `Locked`."""
    with transaction.atomic():
        factor = _open(stay.person, confirmed=True)
        if _fits(factor, code):
            _pass(factor, stay)
            codes = _new_codes(stay.person)
            note("sign_in.recovery_made", stay.person, address)
            return codes
        _fail(factor, stay.person, address)
    raise WrongCode


def give_up(stay: Stay, code: str, address: str) -> None:
    """Do without the second factor again, for a present code; for who need not have one. Raises `WrongCode`,
    `Locked`."""
    with transaction.atomic():
        factor = _open(stay.person, confirmed=True)
        if _fits(factor, code):
            _remove(stay.person)
            note("sign_in.factor_removed", stay.person, address)
            return
        _fail(factor, stay.person, address)
    raise WrongCode


def take_away(person: Person, *, by: Actor) -> None:
    """Remove a lost factor; the person's stays end, and an administrator sets up a new one at the next sign-in. For
    the security administrator; of an administrator's, all administrators are told."""
    told = by.person is not None and is_administrator(person, by.day)
    with acting(by, "person.secure", person, what="解除管理员的第二因素" if told else "解除第二因素"):
        _remove(person)
        close_all(person, Stay.End.SECURED)
        if told:
            alarm(
                person,
                by,
                f"第二因素已经解除：{person.name}",
                f"{by.name}解除了管理员{person.name}（{person.username}）的第二因素，下次登录要重新启用。"
                "如果不是本人要求的，请马上告诉其他管理员，并请本人改密码。",
            )


def _remove(person: Person) -> None:
    Factor.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()


def _open(person: Person, *, confirmed: bool) -> Factor:
    """The factor, locked until the transaction ends; raises `Locked` after too many wrong codes."""
    factor = (
        Factor.objects.select_for_update(no_key=True)
        .filter(person=person, confirmed_at__isnull=not confirmed)
        .first()
    )
    if factor is None:
        raise WrongCode
    if factor.failures >= settings.LOCK_FAILURES and factor.last_failed_at:
        until = factor.last_failed_at + timedelta(minutes=settings.LOCK_MINUTES)
        if until > timezone.now():
            raise Locked(until)
        factor.failures = 0
    return factor


def _fits(factor: Factor, code: str) -> bool:
    """True for the code of now or of a step beside it, later than any used before; it is used thereby."""
    typed = "".join(code.split())
    if not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
        return False
    try:
        key = unseal(factor.sealed, _about(factor.person))
    except CannotOpen:
        return False
    totp = TOTP(key, STEP)
    totp.time = timezone.now().timestamp()
    if not totp.verify(int(typed), tolerance=DRIFT, min_t=factor.last_step + 1):
        return False
    factor.last_step = totp.t()
    # Sealed anew, so that it can still be opened when a former key of the site is dropped.
    factor.sealed = seal(key, _about(factor.person))
    return True


def _pass(factor: Factor, stay: Stay) -> None:
    factor.failures = 0
    factor.save()
    stay.verified_at = timezone.now()
    stay.save(update_fields=["verified_at"])


def _fail(factor: Factor, person: Person, address: str) -> None:
    factor.failures += 1
    factor.last_failed_at = timezone.now()
    factor.save(update_fields=["failures", "last_failed_at"])
    Failure.objects.create(
        at=factor.last_failed_at, person=person, address=address, what="第二因素验证码不对"
    )
    shut = factor.failures >= settings.LOCK_FAILURES
    note("sign_in.locked" if shut else "sign_in.factor_failed", person, address, "failed", factor=True)


def _new_codes(person: Person) -> list[str]:
    RecoveryCode.objects.filter(person=person).delete()
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(CODES)
    ]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=_code_digest(code)) for code in codes)
    return codes


def _use_recovery(person: Person, code: str) -> bool:
    return bool(
        RecoveryCode.objects.filter(
            person=person, digest__in=digests(_plain(code), "recovery"), used_at=None
        ).update(used_at=timezone.now())
    )


def _code_digest(code: str) -> str:
    return digest(_plain(code), "recovery")


def _plain(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())
