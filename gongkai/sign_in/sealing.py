"""Enciphering what has to be read again, and keyed digests of what only has to be recognised.

Both keys are derived from the site's secret key. When that key is changed, the old one stays in SECRET_KEY_FALLBACKS
until everybody has proved a second factor once, which seals it anew; without it they have to be set up anew.
"""

from __future__ import annotations

import base64
import hmac
import os
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """It was sealed with another key, or changed since."""


@cache
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, b"gongkai.sign_in", purpose.encode()).derive(secret.encode())


def seal(data: bytes, about: str) -> str:
    """The data enciphered (AES-256-GCM), bound to `about`, so that one row's cannot be put into another."""
    nonce = os.urandom(12)
    sealed = AESGCM(_key(settings.SECRET_KEY, "seal")).encrypt(nonce, data, about.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(text: str, about: str) -> bytes:
    """What `seal` was given; raises `CannotOpen`."""
    raw = base64.b64decode(text)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_key(secret, "seal")).decrypt(raw[:12], raw[12:], about.encode())
        except InvalidTag:
            continue
    raise CannotOpen(about)


def digests(text: str, purpose: str) -> list[str]:
    """The digest as it is made now, and as it was made with each former key."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(_key(key, purpose), text.encode(), sha256).hexdigest() for key in keys]


def digest(text: str, purpose: str) -> str:
    """A keyed digest of 64 hexadecimal digits: the same text is recognised, and cannot be found from it."""
    return digests(text, purpose)[0]
