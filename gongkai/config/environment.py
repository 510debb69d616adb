"""Typed readers of environment variables; a bad value stops start-up and names its variable."""

from __future__ import annotations

import os
import re
import secrets
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})
KNOWN: set[str] = set()
"""The names that were asked for: what else begins with GONGKAI_ is a slip, which `gongkai doctor` tells."""
_LIBPQ = frozenset(
    [
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "sslcrl",
        "ssl_min_protocol_version",
        "channel_binding",
        "gssencmode",
        "connect_timeout",
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "application_name",
        "target_session_attrs",
        "options",
        "passfile",
        "service",
    ]
)


def text(name: str, default: str = "") -> str:
    """The variable as text without surrounding blanks."""
    KNOWN.add(name)
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; raises `ImproperlyConfigured` for anything else."""
    KNOWN.add(name)
    value = os.environ.get(name)
    if value is None:
        return default
    lowered = value.strip().lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} 应为 true 或 false，现在是 {value!r}。")


def whole(name: str, default: int, *, least: int, most: int, or_nought: bool = False) -> int:
    """A whole number within bounds, both included, or 0 where that has a meaning; raises `ImproperlyConfigured`
    otherwise."""
    value = text(name) or str(default)
    if or_nought and value == "0":
        return 0
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        nought = " 0 或者 " if or_nought else " "
        raise ImproperlyConfigured(f"{name} 应为{nought}{least} 到 {most} 之间的整数，现在是 {value!r}。")
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


def wholes(name: str, default: str, *, least: int, most: int) -> list[int]:
    """Whole numbers within bounds, written with commas, one at least; raises `ImproperlyConfigured` otherwise."""
    found = names(name, default)
    if not found or not all(one.isascii() and one.isdecimal() and least <= int(one) <= most for one in found):
        raise ImproperlyConfigured(f"{name} 应为用逗号隔开的整数，至少一个，每个在 {least} 到 {most} 之间。")
    return [int(one) for one in found]


def one_of(name: str, *choices: str) -> str:
    """One of these words, the first where none is given; raises `ImproperlyConfigured` for another."""
    value = text(name, choices[0]).lower() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} 应为 {'、'.join(choices)} 中的一个，现在是 {value!r}。")
    return value


def mail_address(name: str, *, needed: bool) -> str:
    """A mail address, as gongkai@example.gov.cn; raises `ImproperlyConfigured` for none where one is needed."""
    value = text(name)
    if (value or needed) and not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value):
        raise ImproperlyConfigured(f"{name} 应为发件用的电子邮箱，例如 gongkai@example.gov.cn。")
    return value or "gongkai@localhost"


def listen_address(name: str, default: str) -> str:
    """An address to listen at: a name or a number without scheme, port and blanks; raises `ImproperlyConfigured`
    otherwise."""
    value = text(name, default) or default
    try:
        good = bool(ip_address(value))
    except ValueError:
        good = bool(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", value))
    if not good:
        raise ImproperlyConfigured(
            f"{name} 应为一个 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0，前面不写 http://，后面不写端口，现在是 {value!r}。"
        )
    return value


def domain(name: str, default: str) -> str:
    """A domain, perhaps with a port, without scheme, path and blanks; raises `ImproperlyConfigured` otherwise."""
    value = text(name, default) or default
    if not re.fullmatch(r"\w([\w.-]*\w)?(:[0-9]{1,5})?", value):
        raise ImproperlyConfigured(
            f"{name} 应为域名，例如 www.example.gov.cn，前面不写 https://，中间没有空格，现在是 {value!r}。"
        )
    return value


def be_sure(true: bool, name: str, said: str) -> None:
    """Settings that must fit together do; raises `ImproperlyConfigured`, which names the one to be changed."""
    if not true:
        raise ImproperlyConfigured(f"{name} {said}")


def site_path(name: str) -> str:
    """A path on the host under which the public pages live, with a stroke at its end, or nothing; raises
    `ImproperlyConfigured` for what is no plain path."""
    value = text(name).strip("/")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", value):
        raise ImproperlyConfigured(
            f"{name} 应为网址里的一段路径，例如 /zwgk/，只用英文字母、数字、- 和 _，现在是 {value!r}。"
        )
    return f"{value}/" if value else ""


def site_address(name: str) -> str:
    """Scheme and host, as https://www.example.gov.cn, or nothing; raises `ImproperlyConfigured` otherwise."""
    value = text(name).rstrip("/")
    if value and not re.fullmatch(r"https?://\w([\w.-]*\w)?(:[0-9]{1,5})?", value):
        raise ImproperlyConfigured(
            f"{name} 应为以 https:// 或者 http:// 开头的网站地址，后面不写路径，"
            f"例如 https://www.example.gov.cn，现在是 {value!r}。"
        )
    return value


def templates(name: str) -> list[Path]:
    """A folder that is there, in a list, or none; raises `ImproperlyConfigured` for one that is not there."""
    value = text(name)
    if value and not Path(value).expanduser().is_dir():
        raise ImproperlyConfigured(f"{name} 指的文件夹不存在：{value}")
    return [Path(value).expanduser().resolve()] if value else []


def web_address(name: str) -> str:
    """An address that begins with https://, or with http:// on this machine, or nothing; raises
    `ImproperlyConfigured` otherwise."""
    value = text(name)
    try:
        parts = urlsplit(value)
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        good = parts.scheme == "https" or (parts.scheme == "http" and near)
        good = bool(good and parts.hostname and parts.port != 0 and value.isascii())
    except ValueError:
        good = False
    if value and (not good or not value.isprintable() or " " in value):
        raise ImproperlyConfigured(
            f"{name} 应为以 https:// 开头的完整地址；只有本机（localhost）可以用 http://。"
        )
    return value


def header_word(name: str) -> str:
    """A word that can stand in a request's head; raises `ImproperlyConfigured` for blanks and other letters."""
    value = text(name)
    if not re.fullmatch(r"[!-~]*", value):
        raise ImproperlyConfigured(f"{name} 只能由英文字母、数字和符号组成，中间没有空格。")
    return value


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


def former_secrets(name: str) -> list[str]:
    """Keys used before, written with commas, the last one first; raises `ImproperlyConfigured` for a short one."""
    found = names(name)
    if any(len(key) < 32 for key in found):
        raise ImproperlyConfigured(f"{name} 里的每个密钥至少要 32 个字符，几个之间用逗号隔开。")
    return found


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


def database(name: str, default: Path, *, customary: str = "") -> dict[str, Any]:
    """Django's database entry from sqlite:///relative, sqlite:////absolute or postgresql://user:pass@host:port/name.

    `name` goes before `customary`, also when it is set to nothing, which means the default. SQLite in WAL with
    immediate transactions and full synchronising: a request once acknowledged survives a power cut. PostgreSQL
    takes libpq's options behind a question mark (?sslmode=verify-full).
    """
    KNOWN.update({name, customary} - {""})
    name = customary if customary and name not in os.environ and text(customary) else name
    parts = urlsplit(text(name) or f"sqlite:///{default}")
    if parts.scheme == "sqlite" and parts.path and not parts.query:
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
            "OPTIONS": {"connect_timeout": "10", **_options(name, parts.query)},
        }
    raise ImproperlyConfigured(
        f"{name} 应为 sqlite:///文件路径 或 postgresql://用户:口令@主机:端口/库名，现在的写法不能识别。"
    )


def _options(name: str, query: str) -> dict[str, str]:
    try:
        found = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True)) if query else {}
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} 问号后面应写成 选项=值，用 & 隔开。") from error
    if odd := sorted(found.keys() - _LIBPQ):
        raise ImproperlyConfigured(f"{name} 里有不认识的选项 {odd[0]!r}。常用的是 sslmode、sslrootcert。")
    return found


def _port(name: str, parts: Any) -> int | None:
    try:
        port: int | None = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} 里的端口不是数字。") from error
    return port
