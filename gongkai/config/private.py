"""Readers of the variables of the private files: their folder, their keys, their scanner."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gongkai.files.keys import BadKeys, kept_keys, read_keys

from . import environment as env

_PACKAGE = Path(__file__).resolve().parent.parent


def private_folder(name: str, default: Path, *, never_in: Path) -> Path:
    """A folder that only its owner may enter; raises `ImproperlyConfigured` where the public could reach it."""
    path = Path(env.text(name) or default).expanduser().resolve()
    for public, word in ((never_in.resolve(), "静态文件目录"), (_PACKAGE, "程序目录")):
        if path.is_relative_to(public) or public.is_relative_to(path):
            raise ImproperlyConfigured(
                f"{name} 指的目录 {path} 和{word} {public} 套在一起，放进去的文件可能被公众取走，请换一个目录。"
            )
    env.folder(name, default)
    try:
        path.chmod(0o700)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} 指的目录 {path} 无法设为私有：{error.strerror}。") from error
    return path


def file_keys(name: str, kept_in: Path) -> dict[str, bytes]:
    """Keys by their names, the active one first: from the variable as id:hex,id:hex (64 hexadecimal digits each),
    else from the file, which is made with one fresh key when absent."""
    given = env.names(name)
    try:
        return read_keys(given) if given else kept_keys(kept_in)
    except BadKeys as error:
        raise ImproperlyConfigured(f"{name if given else kept_in.name}：{error}") from error


def host_and_port(name: str) -> tuple[str, int] | None:
    """A server written as host:port, or nothing; raises `ImproperlyConfigured` otherwise."""
    value = env.text(name)
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535):
        raise ImproperlyConfigured(f"{name} 应写成 主机:端口，例如 127.0.0.1:3310，现在是 {value!r}。")
    return host.strip("[]"), int(port)
