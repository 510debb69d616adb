"""First passwords for many people at once: random, sealed quickly, and still Argon2id.

A full-strength seal is meant to slow the guessing of a password that somebody thought up. A first password here has
sixteen random characters out of fifty-five, some 92 bits, which no guessing reaches at any speed; so it is sealed
at the least setting the OWASP password storage sheet still recommends (7 MiB, five passes), about a tenth of the work.
It has to be changed at the first sign-in, and the framework seals anew, at full strength, whatever it meets that was
sealed with less.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher

from .actions.seats import fresh_password


class _QuickArgon2(Argon2PasswordHasher):
    """Argon2id at OWASP's least memory; the settings are part of what is stored, so the usual one verifies it."""

    time_cost = 5
    memory_cost = 7168
    parallelism = 1


def fresh_passwords(usernames: Sequence[str]) -> dict[str, tuple[str, str]]:
    """A first password and its seal for each user name. Argon2 lets other threads work meanwhile."""
    usual = get_hasher()
    hasher = _QuickArgon2() if isinstance(usual, Argon2PasswordHasher) else usual
    words = [fresh_password() for _ in usernames]
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        seals = list(pool.map(lambda word: hasher.encode(word, hasher.salt()), words))
    return {name: (word, seal) for name, word, seal in zip(usernames, words, seals, strict=True)}
