"""The server: granian in front of the WSGI application, the same command on Linux and Windows."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from .memory import give_memory_back
from .worker_beside import worker_beside


def main(port: int | None = None) -> None:
    """Serve the site until it is stopped: bring the database up to date, gather static files, listen.

    `port` goes before the PORT of the environment. Ends the process with a plain message when a setting is
    bad or the port is taken. The workers are forked from this process, so it must not have set any PDF: the
    threads that set one do not live on in a fork, and a worker would wait for them for ever.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        django.setup()
        host, chosen = settings.SERVE_HOST, settings.SERVE_PORT if port is None else port
    except ImproperlyConfigured as error:
        sys.exit(f"设置有误，没有启动：{error}")
    be_sure_port_is_free(host, chosen)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"正在提供服务：{address(host, chosen)}（按 Ctrl+C 停止）", flush=True)
    with worker_beside(wanted=settings.SERVE_WORKER):
        give_memory_back()
        _listen(host, chosen, settings.SERVE_WORKERS, settings.SERVE_THREADS)


def serve_afresh() -> None:
    """Serve from a process that has done nothing else, in the place of this one; does not return.

    For commands that made files before: what they left behind (threads, open files) must not reach the workers.
    """
    command = [sys.executable, "-m", "gongkai", "serve", "--port", str(settings.SERVE_PORT)]
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module
    try:
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
    except KeyboardInterrupt:
        sys.exit(0)


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the site."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104
    return f"http://{everywhere.get(host, host)}:{port}/"


def be_sure_port_is_free(host: str, port: int) -> None:
    """End the process with what to do when somebody else listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            sys.exit(
                f"端口 {port} 已被占用，没有启动。请换一个端口，例如：PORT={other} make run，或者 gongkai serve --port {other}"
            )


def _listen(host: str, port: int, workers: int, threads: int) -> None:
    Granian(
        "gongkai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=settings.SERVE_BACKLOG,
        # Ctrl+C reaches parent and worker at once, and the worker, told twice, may never answer.
        workers_kill_timeout=3,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
