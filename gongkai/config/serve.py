"""The server: granian in front of the WSGI application, the same command on Linux and Windows."""

from __future__ import annotations

import os
import socket
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main(port: int | None = None) -> None:
    """Serve the site until it is stopped: bring the database up to date, gather static files, listen.

    `port` goes before PORT. Ends the process with a plain message when a setting is bad or the port is taken.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    if port is not None:
        os.environ["PORT"] = str(port)
    try:
        django.setup()
        be_sure_port_is_free(settings.SERVE_HOST, settings.SERVE_PORT)
    except ImproperlyConfigured as error:
        sys.exit(f"设置有误，没有启动：{error}")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _listen(settings.SERVE_HOST, settings.SERVE_PORT, settings.SERVE_WORKERS, settings.SERVE_THREADS)


def be_sure_port_is_free(host: str, port: int) -> None:
    """End the process with what to do when somebody else listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            sys.exit(f"端口 {port} 已被占用，没有启动。请换一个端口，例如：PORT={other} make run")


def _listen(host: str, port: int, workers: int, threads: int) -> None:
    Granian(
        "gongkai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
