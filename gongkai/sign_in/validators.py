"""The password rule as the framework asks for it, with what the site knows of the person."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from gongkai.agencies.models import Person, Seat

from .models import OldPassword
from .rule import Lengths, shortcomings


@cache
def common_passwords() -> frozenset[str]:
    """The framework's list of twenty thousand."""
    return frozenset(CommonPasswordValidator().passwords)


def own_words(person: Person) -> list[str]:
    """What stands for the person in a password: user name, name, the agencies' names and signs."""
    words = [person.username, person.name, settings.SITE["name"]]
    if person.pk:
        agencies = Seat.objects.filter(person=person, agency__isnull=False).values_list(
            "agency__name", "agency__short_name", "agency__slug", "agency__document_code"
        )
        words += [word for names in agencies for word in names]
    return [word for word in words if word]


class PasswordRule:
    """Length or classes, nothing common, nothing that stands for the person."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with every shortcoming."""
        found = shortcomings(
            password,
            lengths=Lengths(settings.PASSWORD_LENGTH, settings.PASSWORD_SHORT_LENGTH),
            own=own_words(user) if isinstance(user, Person) else (),
            weak=common_passwords(),
        )
        if found:
            raise ValidationError([ValidationError(sentence, code="password_rule") for sentence in found])

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        long, short = settings.PASSWORD_LENGTH, settings.PASSWORD_SHORT_LENGTH
        less = f"；有小写字母、大写字母、数字、其他符号中的三种时，{short} 个就够" if short < long else ""
        return f"至少 {long} 个字符{less}。不要用常见密码、键盘上连着的键、用户名、姓名、单位名称。"


class NotReused:
    """None of the last few passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password the person has, or had of late."""
        if not isinstance(user, Person) or not user.pk or not settings.PASSWORD_HISTORY:
            return
        old = OldPassword.objects.filter(person=user).values_list("encoded", flat=True)
        known = {user.password, *old[: settings.PASSWORD_HISTORY]}
        if any(check_password(password, encoded) for encoded in known if encoded):
            raise ValidationError(
                f"最近用过的 {settings.PASSWORD_HISTORY} 个密码不能再用，请换一个新的。",
                code="password_reused",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return f"不能是最近用过的 {settings.PASSWORD_HISTORY} 个密码。" if settings.PASSWORD_HISTORY else ""
