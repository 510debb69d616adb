"""Argon2id as the sign-in uses it: slow for whoever guesses, bounded in memory for the site.

m = 19 MiB, t = 2, p = 1 is OWASP's first recommendation (Password Storage Cheat Sheet). Django's own parameters take
100 MiB a hash, so that four people who sign in at once would take 400 MiB. However many sign in together, two hashes
are worked out at a time in each process; the others wait a few hundredths of a second.
"""

from __future__ import annotations

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
"""Hashes worked out at the same time in one process: 38 MiB at most."""
_room = threading.BoundedSemaphore(AT_ONCE)


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane. Older hashes are renewed at the next sign-in."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash, once there is room to work it out."""
        with _room:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one, once there is room to work it out."""
        with _room:
            return super().verify(password, encoded)
