"""Mail by SMTP (RFC 5321), one connection for as long as there is something to send."""

from __future__ import annotations

import hashlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Timer
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from .models import Message
from .queries import masked
from .ways import SendFailed

_ADDRESS = re.compile(r"[^\s<>,;:()\[\]]+@[^\s<>,;:()\[\]]+")


def is_mail_on() -> bool:
    """True where a mail server is set."""
    return bool(settings.EMAIL_HOST)


def is_mail_address(text: str) -> bool:
    """True for an address that a mail can go to: no blank, no line break, no second address in it."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def message_id(key: str) -> str:
    """The Message-ID of a key: the same every time, so that a mail sent twice after a crash can be told."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


class _Held(smtplib.SMTP):
    """A connection that can be cut from outside from its first byte on, before smtplib hands it over."""

    def __init__(self, *words: Any, hold: Callable[[socket.socket], None], **more: Any) -> None:
        self._hold = hold
        super().__init__(*words, **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        # A second handle on the same connection: TLS takes the first one away.
        self._hold(opened.dup())
        return opened


class _HeldSsl(smtplib.SMTP_SSL, _Held):
    """The same with TLS from the beginning."""


class _Server(EmailBackend):
    """Django's, on a connection that is held."""

    held: socket.socket | None = None

    @property
    def connection_class(self) -> Any:
        """What makes the connection."""
        return partial(_HeldSsl if self.use_ssl else _Held, hold=self._hold)

    def _hold(self, handle: socket.socket) -> None:
        self.let_go()
        self.held = handle

    def let_go(self) -> None:
        """The connection needs no more cutting."""
        handle, self.held = self.held, None
        if handle is not None:
            handle.close()

    @contextmanager
    def bounded(self, seconds: float) -> Iterator[None]:
        """However slowly the server talks, it is cut off after so many seconds."""

        def cut() -> None:
            with suppress(OSError):
                if self.held is not None:
                    self.held.shutdown(socket.SHUT_RDWR)

        timer = Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


class Mail:
    """The mail server. A connection that broke is opened anew for the next message."""

    def __init__(self) -> None:
        self._server: _Server | None = None

    def send(self, message: Message) -> None:
        """Hand one mail to the server; raises `SendFailed` with the server's answer in words."""
        if not is_mail_address(message.to):
            raise SendFailed("收件地址写错了，请改正这个人的电子邮箱。", for_good=True)
        try:
            server = self._server or _new_server()
            self._server = server
            with server.bounded(2 * settings.EMAIL_TIMEOUT):
                server.open()
                server.send_messages([_as_mail(message)])
        except Exception as error:
            self.close()
            code = _code(error)
            refused = isinstance(error, smtplib.SMTPRecipientsRefused) and code >= 500
            raise SendFailed(_why(error, message.to), for_good=refused, down=_is_down(error)) from error

    def close(self) -> None:
        """Take leave of the server; how that ends does not matter any more."""
        server, self._server = self._server, None
        if server is not None:
            server.fail_silently = True
            with server.bounded(settings.EMAIL_TIMEOUT):
                server.close()
            server.let_go()


def _new_server() -> _Server:
    return _Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        username=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        use_ssl=settings.EMAIL_USE_SSL,
        timeout=settings.EMAIL_TIMEOUT,
    )


def _as_mail(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"},
    )


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()), (0, b""))[0])
    return int(getattr(error, "smtp_code", 0))


def _is_down(error: Exception) -> bool:
    """True for what says nothing about the message: no connection, no sign-in, a server that is closing (421)."""
    about = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    if isinstance(error, about):
        return _code(error) == 421 or _code(error) < 200
    return isinstance(error, OSError)


def _why(error: Exception, to: str) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"邮件服务器不接受用户名或口令（{error.smtp_code}），请核对 GONGKAI_MAIL_USER、GONGKAI_MAIL_PASSWORD。"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (0, b""))
        return f"邮件服务器不收这个地址的邮件（{code} {_said(text, to)}）。"
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 200:
        return f"邮件服务器没有接收（{error.smtp_code} {_said(error.smtp_error, to)}）。"
    # smtplib says that the connection is gone also where the server only kept silent.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "邮件服务器没有在规定时间内回答。"
    if isinstance(error, smtplib.SMTPException):
        return "与邮件服务器的对话中断，服务器的回答不合规范。"
    if isinstance(error, ssl.SSLError):
        return "与邮件服务器的加密连接没有建立，请核对 GONGKAI_MAIL_TLS 和服务器证书。"
    if isinstance(error, OSError):
        return "连不上邮件服务器，请核对 GONGKAI_MAIL_HOST、GONGKAI_MAIL_PORT。"
    return f"邮件没有发出（{type(error).__name__}）。"


def _said(text: Any, to: str) -> str:
    """The server's words on one line; an address in them, or its name alone, can be recognised but not used."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    words = _ADDRESS.sub(lambda found: masked(found[0]), " ".join(words.split()))
    name = to.partition("@")[0]
    words = re.sub(rf"(?<!\w){re.escape(name)}(?![\w*])", f"{name[:1]}***", words, flags=re.IGNORECASE)
    return words[:120]
