"""Asking other sites whether a page is there: politely, within limits, and never inside our own network.

HEAD first, GET where a server does not answer that; a pause between two questions to one host; addresses of private
networks are refused, looked up once and connected to as looked up, so that a name cannot lead elsewhere meanwhile.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

AGENT = "GongkaiSelfInspection/1.0 (+{about})"
"""By what we call ourselves; `about` is our own site, where one can ask who we are."""
MOST_TURNS = 5
"""Redirections that are followed."""
NO_ROBOTS = (401, 403, 407, 429, 451, 503)
"""Answers by which a site keeps programs out, or is busy: a reader may well get the page."""
Kind = Literal["good", "dead", "unsure", "barred"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking."""

    kind: Kind
    said: str
    status: int | None = None


class Barred(Exception):
    """The address lies in a private network."""


@dataclass
class Prober:
    """Asks with these limits. `allowed` are hosts that may lie in a private network, with `anywhere` all may; `rest` is
    how one waits."""

    timeout: float = 10.0
    delay: float = 2.0
    about: str = ""
    allowed: Collection[str] = ()
    anywhere: bool = False
    rest: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def ask(self, url: str) -> Answer:
        """Whether the page is there."""
        try:
            status = self._status(url, "HEAD")
            if status >= 400 and status not in (404, 410):
                status = self._status(url, "GET")
        except Barred:
            return Answer("barred", "指向内部网络的地址，平台不访问")
        except TimeoutError:
            return Answer("dead", f"{self.timeout:g}秒没有答复")
        except ssl.SSLError:
            return Answer("dead", "网站的安全证书有问题")
        except socket.gaierror:
            return Answer("dead", "没有这个域名")
        except (OSError, http.client.HTTPException, ValueError, _TooManyTurns) as error:
            return Answer("dead", _FAILED.get(type(error), "连接不上"))
        if status in NO_ROBOTS:
            return Answer("unsure", f"状态码{status}：对方不让程序访问", status)
        if status >= 400:
            return Answer("dead", f"状态码{status}", status)
        return Answer("good", f"状态码{status}", status)

    def _status(self, url: str, method: str) -> int:
        for _ in range(MOST_TURNS + 1):
            status, to = self._once(url, method)
            if status not in (301, 302, 303, 307, 308) or not to:
                return status
            url = urljoin(url, to)
        raise _TooManyTurns

    def _once(self, url: str, method: str) -> tuple[int, str]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError("no address of a page")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        place = self._looked_up(host.encode("idna").decode() if not host.isascii() else host, port)
        self._wait(host)
        connection = _Connection(host, port, place, self.timeout, secure=secure)
        try:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
                f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
            )
            connection.request(
                method,
                path,
                headers={
                    "User-Agent": AGENT.format(about=self.about),
                    "Accept": "*/*",
                    "Connection": "close",
                },
            )
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()
            self._last[host] = time.monotonic()

    def _wait(self, host: str) -> None:
        last = self._last.get(host)
        if last is not None and (left := last + self.delay - time.monotonic()) > 0:
            self.rest(left)

    def _looked_up(self, host: str, port: int) -> str:
        """The address to connect to; every one the name has must be public."""
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self.anywhere and host not in self.allowed and not all(_is_public(one) for one in found):
            raise Barred
        return found[0]


class _TooManyTurns(Exception):
    """Led on and on."""


_FAILED: dict[type[BaseException], str] = {
    _TooManyTurns: "一直跳转，到不了页面",
    ConnectionRefusedError: "对方拒绝连接",
    ValueError: "地址写法不对",
    UnicodeError: "地址写法不对",
}


def _is_public(address: str) -> bool:
    place = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(place, "ipv4_mapped", None)
    place = mapped or place
    return place.is_global and not place.is_multicast


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was looked up, under the name that was asked for."""

    def __init__(self, host: str, port: int, place: str, timeout: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.place, self.secure = place, secure
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        """To the address, and for https the name's certificate."""
        plain = socket.create_connection((self.place, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        else:
            self.sock = plain
