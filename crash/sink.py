"""A mail server that writes down the Message-ID of each mail before it says that it took it: `python -m crash.sink FILE`."""

from __future__ import annotations

import email
import os
import socket
import sys
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Takes everything."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """One mail: written down, then taken."""
        mail = email.message_from_bytes(envelope.content)
        os.write(self.file, mail["Message-ID"].encode() + b"\n")
        return "250 taken"


def main() -> None:
    """Serve until standard input ends; say the port first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Sink(sys.argv[1]), hostname="127.0.0.1", port=port)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main()
