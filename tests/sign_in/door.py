"""Going in by the door: the sign-in page with a real password, as a browser does."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from gongkai.agencies.models import Person

SIGN_IN = "/desk/sign-in/"
GOOD = "Hd8w-Pz3nRk"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def give_password(person: Person, password: str = GOOD, *, must_change: bool = False) -> None:
    person.set_password(password)
    person.must_change_password = must_change
    person.password_set_at = timezone.now()
    person.save()


def try_door(
    username: str,
    password: str = GOOD,
    *,
    address: str = "198.51.100.7",
    to: str = "",
    client: Client | None = None,
) -> tuple[Client, Any]:
    """The client and the answer to the form of the sign-in page."""
    client = client or Client(REMOTE_ADDR=address, HTTP_USER_AGENT=FIREFOX)
    answer = client.post(SIGN_IN, {"username": username, "password": password, "next": to})
    return client, answer


def come_in(person: Person, **more: Any) -> Client:
    """Signed in by the page, no second factor proved."""
    give_password(person)
    client, answer = try_door(person.username, **more)
    assert answer.status_code == 302, answer.content.decode()
    return client


def said(answer: Any) -> str:
    """The page's words, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def key_on(page: Any) -> str:
    """The secret as the page tells it for typing."""
    block = re.search(r'<p class="key">(.*?)</p>', page.content.decode(), re.S)
    assert block
    return "".join(re.findall(r"<span>(\w+)</span>", block.group(1)))


def code_of(secret: str, at: datetime | None = None) -> str:
    """What a telephone shows."""
    totp = TOTP(base64.b32decode(secret))
    totp.time = (at or timezone.now()).timestamp()
    return f"{totp.token():06d}"
