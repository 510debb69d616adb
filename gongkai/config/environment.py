"""Typed readers of environment variables; a bad value stops start-up and names its variable."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str = "") -> str:
    """The variable as text without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; raises `ImproperlyConfigured` for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    lowered = value.strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} 应为 true 或 false，现在是 {value!r}。")


def whole(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within bounds, both included; raises `ImproperlyConfigured` otherwise."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} 应为 {least} 到 {most} 之间的整数，现在是 {value!r}。")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """A list written with commas; blanks around the parts are dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def origins(name: str) -> list[str]:
    """A list of addresses with their scheme, as https://www.example.gov.cn."""
    found = names(name)
    for origin in found:
        if not origin.startswith(("http://", "https://")):
            raise ImproperlyConfigured(
                f"{name} 里的每个地址要以 https:// 或 http:// 开头，现在有 {origin!r}。"
            )
    return found


def folder(name: str, default: Path) -> Path:
    """A folder, made when absent; raises `ImproperlyConfigured` when it cannot be made."""
    path = Path(text(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} 指的目录 {path} 无法使用：{error.strerror}。") from error
    return path


def secret(name: str, kept_in: Path) -> str:
    """The variable, or a random key made once and kept in a file that only its owner can read."""
    given = text(name)
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(f"{name} 至少要 32 个字符。")
        return given
    if not kept_in.exists():
        _keep_new_secret(kept_in)
    kept = kept_in.read_text(encoding="ascii").strip()
    if len(kept) < 32:
        raise ImproperlyConfigured(
            f"密钥文件 {kept_in.name} 不完整，请删除后重新启动，或用 {name} 给出密钥。"
        )
    return kept


def _keep_new_secret(kept_in: Path) -> None:
    # Written aside and moved into place whole: two processes that start together end with one key, never half of one.
    aside = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, kept_in)
    except FileExistsError:
        pass
    except OSError:
        os.replace(aside, kept_in)
    finally:
        aside.unlink(missing_ok=True)


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's database entry from sqlite:///relative, sqlite:////absolute or postgresql://user:pass@host:port/name.

    SQLite in WAL with immediate transactions and full synchronising: a request once acknowledged survives a
    power cut.
    """
    url = text(name) or f"sqlite:///{default}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(_port(name, parts) or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"{name} 应为 sqlite:///文件路径 或 postgresql://用户:口令@主机:端口/库名，现在的写法不能识别。"
    )


def _port(name: str, parts: Any) -> int | None:
    try:
        port: int | None = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} 里的端口不是数字。") from error
    return port
