"""Short messages by a webhook: one POST of JSON a message to the gateway of GONGKAI_SMS_URL.

    {"id": "…", "to": "13800000000", "text": "…"}

`id` is the same when a message is sent again, so that the gateway can leave out what it has sent. With a secret the
request carries X-Gongkai-Time (seconds since 1970) and X-Gongkai-Signature, the HMAC-SM3 (GB/T 32905) of time, full
stop and body as hexadecimal digits; with a token, Authorization: Bearer. An answer 2xx means sent. Redirections are
not followed, and the certificate of an https address is always verified.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import ssl
import time
from contextlib import closing
from threading import Timer
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

from .models import Message
from .ways import SendFailed

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LENGTH = 200
"""Characters of a text at most: three parts of a long short message."""


def is_sms_on() -> bool:
    """True where a gateway is set."""
    return bool(settings.SMS_URL)


def is_mobile(number: str) -> bool:
    """True for a mobile number of the mainland."""
    return bool(_MOBILE.fullmatch(number))


def signature(secret: str, at: str, body: bytes) -> str:
    """HMAC-SM3 of time and body, as the gateway computes it again."""
    seal = HMAC(secret.encode(), SM3())
    seal.update(at.encode() + b"." + body)
    return seal.finalize().hex()


class Sms:
    """The gateway: a connection a message, since they are few."""

    def send(self, message: Message) -> None:
        """Hand one text to the gateway; raises `SendFailed` with its answer in words."""
        if not is_mobile(message.to):
            raise SendFailed("手机号码写错了，请改正这个人的手机号码。", for_good=True)
        try:
            status = _posted(_body(message))
        except Exception as error:
            raise SendFailed(_why(error), down=isinstance(error, OSError)) from error
        if not 200 <= status < 300:
            raise SendFailed(f"短信平台没有接收（{status}），请核对短信平台的设置或者联系平台。")

    def close(self) -> None:
        """Nothing is kept open."""


def _body(message: Message) -> bytes:
    told = {
        "id": hashlib.sha256(message.key.encode()).hexdigest()[:40],
        "to": message.to,
        "text": message.body[:LENGTH],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _posted(body: bytes) -> int:
    """The status of the answer. However slowly the gateway talks, it is cut off after twice the time-out."""
    parts = urlsplit(settings.SMS_URL)
    with closing(_connection(parts.scheme, parts.hostname or "", parts.port)) as connection:
        cut = Timer(2 * settings.SMS_TIMEOUT, lambda: connection.sock and connection.sock.shutdown(2))
        cut.daemon = True
        cut.start()
        try:
            address = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", address, body, _headers(body))
            return connection.getresponse().status
        finally:
            cut.cancel()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        verified = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=settings.SMS_TIMEOUT, context=verified)
    return http.client.HTTPConnection(host, port, timeout=settings.SMS_TIMEOUT)


def _headers(body: bytes) -> dict[str, str]:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "gongkai"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    if settings.SMS_SECRET:
        at = str(int(time.time()))
        headers |= {"X-Gongkai-Time": at, "X-Gongkai-Signature": signature(settings.SMS_SECRET, at, body)}
    return headers


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "短信平台没有在规定时间内回答。"
    if isinstance(error, ssl.SSLError):
        return "与短信平台的加密连接没有建立，请核对它的证书。"
    if isinstance(error, http.client.HTTPException | ValueError):
        return "短信平台的回答不合规范，没有发出。"
    if isinstance(error, OSError):
        return "连不上短信平台，请核对 GONGKAI_SMS_URL。"
    return f"短信没有发出（{type(error).__name__}）。"
