"""The ways out: what each has to be able to do, and what it says when it could not."""

from __future__ import annotations

from typing import Protocol

from .models import Message


class SendFailed(Exception):
    """The message did not go; the text says why, in words for the system administrator.

    `for_good`: trying again cannot help, because the message itself or its address is wrong.
    `down`: the fault lies with the connection, so the next message would fare no better now.
    """

    def __init__(self, why: str, *, for_good: bool = False, down: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good, self.down = why, for_good, down


class Way(Protocol):
    """A way out, open for as long as there is something to send."""

    def send(self, message: Message) -> None:
        """Hand the message over; returns once the other side has taken it, raises `SendFailed`."""

    def close(self) -> None:
        """Nothing more to send for now."""
