"""Sending against real servers: what is taken, refused, garbled, late; and how often it is tried again."""

from __future__ import annotations

import email.header
import socket
import threading
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongkai.outbox import sms
from gongkai.outbox.mail import message_id
from gongkai.outbox.models import Message
from gongkai.outbox.posting import post
from gongkai.outbox.sending import Sent, claim_time, send_due
from tests.outbox.servers import free_port, mail_server, sms_gateway, talker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def short_waits(settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 1
    settings.SMS_TIMEOUT = 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "gongkai@example.gov.cn"
    settings.SEND_PAUSES = [1, 5, 15, 60]


def put(key: str = "k", channel: str = "mail", to: str = "clerk@example.cn", **more: Any) -> Message:
    with transaction.atomic():
        post(**{"key": key, "channel": channel, "to": to, "subject": "标题", "body": "正文", **more})
    return Message.objects.get(key=key)


def mail_at(settings: Any, port: int) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def sms_at(settings: Any, port: int) -> None:
    settings.SMS_URL = f"http://127.0.0.1:{port}/send?kind=1"


def test_a_mail_arrives_once(settings: Any) -> None:
    row = put(subject="新的交办事项", body="请办理。")
    with mail_server() as server:
        mail_at(settings, server.port)
        assert send_due().sent == 1
        assert send_due().sent == 0
    (mail,) = server.mails
    assert str(email.header.make_header(email.header.decode_header(mail["Subject"]))) == "新的交办事项"
    assert mail["X-To"] == mail["To"] == "clerk@example.cn"
    assert mail["From"] == "gongkai@example.gov.cn"
    assert mail["Message-ID"] == message_id("k")
    assert mail["Message-ID"].endswith("@example.gov.cn>")
    assert mail.get_payload(decode=True).decode().strip() == "请办理。"
    row.refresh_from_db()
    assert (row.state, row.tries, row.error, row.claim) == ("sent", 1, "", "")
    assert row.sent_at is not None


def test_many_go_over_one_connection(settings: Any) -> None:
    for n in range(30):
        put(f"k{n}")
    with mail_server() as server:
        mail_at(settings, server.port)
        assert send_due().sent == 30
    assert len({mail["Message-ID"] for mail in server.mails}) == 30


def test_without_a_server_mails_wait_untried(settings: Any) -> None:
    settings.EMAIL_HOST = settings.SMS_URL = ""
    row = put()
    assert send_due() == Sent()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)


def test_one_refused_address_does_not_hold_up_the_others(settings: Any) -> None:
    put("a", to="gone@example.cn")
    put("b")
    with mail_server({"gone@example.cn": "550 no such user"}) as server:
        mail_at(settings, server.port)
        done = send_due()
    assert (done.sent, done.failed) == (1, 1)
    row = Message.objects.get(key="a")
    assert (row.state, row.tries) == ("given_up", 1), "5xx on the recipient is for good"
    assert "550 no such user" in row.error
    assert Message.objects.get(key="b").state == "sent"


def test_what_the_server_refuses_for_now_is_tried_again(settings: Any) -> None:
    put("a", to="full@example.cn")
    with mail_server({"full@example.cn": "452 mailbox full"}) as server:
        mail_at(settings, server.port)
        send_due()
    assert Message.objects.get().state == "waiting"


def test_the_address_stands_neither_in_the_reason_nor_in_the_log(settings: Any, caplog: Any) -> None:
    put("a", to="li.xiaoming@example.cn")
    said = "550 <li.xiaoming@example.cn>: no Li.Xiaoming here (li.xiaoming@example.cn)"
    with mail_server({"li.xiaoming@example.cn": said}) as server:
        mail_at(settings, server.port)
        send_due()
    told = Message.objects.get().error
    assert "l***@example.cn" in told
    assert "xiaoming" not in (told + caplog.text).lower()


def test_a_dead_server_is_left_for_the_pass_and_the_others_wait_untried(settings: Any) -> None:
    settings.SMS_URL = ""
    for n in range(5):
        put(f"k{n}")
    with talker(silent) as port:
        mail_at(settings, port)
        assert send_due().failed == 1
    assert list(Message.objects.order_by("id").values_list("tries", flat=True)) == [1, 0, 0, 0, 0]
    assert not Message.objects.exclude(claim="").exists()


def test_a_dead_mail_server_does_not_hold_up_the_short_messages(settings: Any) -> None:
    put("a")
    put("b", channel="sms", to="13800000000")
    mail_at(settings, free_port())
    with sms_gateway() as gateway:
        sms_at(settings, gateway.port)
        done = send_due(seconds=0)
    assert (done.sent, done.failed) == (1, 1)


def test_a_pass_ends_when_its_time_is_up(settings: Any) -> None:
    settings.SMS_URL = ""
    for n in range(5):
        put(f"k{n}")
    with mail_server() as server:
        mail_at(settings, server.port)
        assert send_due(seconds=0).sent == 1
        assert send_due().sent == 4


def test_a_claim_outlasts_the_time_outs(settings: Any) -> None:
    assert claim_time() == timedelta(minutes=5)
    settings.EMAIL_TIMEOUT = 45
    assert claim_time() > timedelta(seconds=4 * 45 + 60)


@pytest.mark.parametrize("bad", ["not an address", "a@b@c", "clerk@example.cn,head@example.cn", ""])
def test_what_is_no_address_is_given_up_at_once(settings: Any, bad: str) -> None:
    row = put(to=bad)
    with mail_server() as server:
        mail_at(settings, server.port)
        send_due()
    row.refresh_from_db()
    assert row.state == "given_up"
    assert "收件地址" in row.error
    assert server.mails == []


def test_no_header_can_be_put_in(settings: Any) -> None:
    put("a", subject="标题\r\nBcc: thief@example.com\n\nbody")
    put("b", to="clerk@example.cn\r\nBcc: thief@example.com")
    # Even past `post`: a row that says so.
    put("c")
    Message.objects.filter(key="c").update(subject="x\nBcc: thief@example.com")
    with mail_server() as server:
        mail_at(settings, server.port)
        send_due()
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert mail["X-To"] == "clerk@example.cn"
    assert Message.objects.get(key="b").state == "given_up"
    assert Message.objects.get(key="c").state == "waiting"


def at(moment: datetime) -> datetime:
    """A clock that stands."""
    return moment


def silent(connection: socket.socket) -> None:
    """Takes the connection and says nothing."""


def drips(connection: socket.socket) -> None:
    def drip() -> None:
        try:
            for _ in range(100):
                connection.sendall(b"H")
                time.sleep(0.2)
        except OSError:
            pass

    threading.Thread(target=drip, daemon=True).start()


def garbage(connection: socket.socket) -> None:
    connection.sendall(b"\x00\xff\x13 what is this?\r\n\r\n" * 20)
    connection.close()


def hangs_up(connection: socket.socket) -> None:
    connection.close()


@pytest.mark.parametrize(
    ("answer", "words"),
    [(silent, "规定时间"), (garbage, "邮件服务器"), (hangs_up, "邮件服务器"), (drips, "邮件服务器")],
)
def test_a_mail_server_that_misbehaves(settings: Any, answer: Any, words: str) -> None:
    row = put()
    with talker(answer) as port:
        mail_at(settings, port)
        assert send_due().failed == 1
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 1)
    assert words in row.error


def test_no_mail_server_there(settings: Any) -> None:
    row = put()
    mail_at(settings, free_port())
    assert send_due().failed == 1
    row.refresh_from_db()
    assert "连不上邮件服务器" in row.error


def test_pauses_grow_and_then_it_is_given_up(settings: Any) -> None:
    put()
    mail_at(settings, free_port())
    now, waits = timezone.now(), []
    for _ in range(20):
        send_due(now=partial(at, now))
        row = Message.objects.get()
        if row.state == "given_up":
            break
        waits.append(row.not_before - now)
        send_due(now=partial(at, row.not_before - timedelta(seconds=1)))
        assert Message.objects.get().tries == row.tries, "before its time it is not tried"
        now = row.not_before
    assert waits == [timedelta(minutes=n) for n in (1, 5, 15, 60)]
    assert (row.state, row.tries) == ("given_up", 5)
    assert send_due(now=lambda: now + timedelta(days=1)) == Sent()


def test_a_short_message_arrives_signed(settings: Any) -> None:
    from cryptography.hazmat.primitives.hashes import SM3
    from cryptography.hazmat.primitives.hmac import HMAC

    settings.SMS_SECRET, settings.SMS_TOKEN = "一个约定的密钥", "t0ken"
    row = put(channel="sms", to="13800000000", body="【平台】请办理。")
    with sms_gateway() as gateway:
        sms_at(settings, gateway.port)
        assert send_due().sent == 1
    ((headers, told, body),) = gateway.requests
    assert told["to"] == "13800000000"
    assert told["text"] == "【平台】请办理。"
    assert len(told["id"]) == 40
    assert headers["Authorization"] == "Bearer t0ken"
    seal = HMAC("一个约定的密钥".encode(), SM3())
    seal.update(headers["X-Gongkai-Time"].encode() + b"." + body)
    assert headers["X-Gongkai-Signature"] == seal.finalize().hex()
    assert abs(time.time() - int(headers["X-Gongkai-Time"])) < 60
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429, 500, 503])
def test_any_other_answer_means_not_sent(settings: Any, status: int) -> None:
    row = put(channel="sms", to="13800000000")
    with sms_gateway(status) as gateway:
        sms_at(settings, gateway.port)
        assert send_due().failed == 1
    assert len(gateway.requests) == 1, "a redirection is not followed"
    row.refresh_from_db()
    assert row.state == "waiting"
    assert str(status) in row.error


@pytest.mark.parametrize(
    ("answer", "words"),
    [(silent, "规定时间"), (garbage, "短信平台"), (hangs_up, "短信平台"), (drips, "短信平台")],
)
def test_a_gateway_that_misbehaves(settings: Any, answer: Any, words: str) -> None:
    row = put(channel="sms", to="13800000000")
    with talker(answer) as port:
        sms_at(settings, port)
        assert send_due().failed == 1
    row.refresh_from_db()
    assert row.state == "waiting"
    assert words in row.error


def test_no_gateway_there_and_no_number(settings: Any) -> None:
    put("b", channel="sms", to="12345")
    put("a", channel="sms", to="13800000000")
    sms_at(settings, free_port())
    assert send_due().failed == 2
    assert "连不上短信平台" in Message.objects.get(key="a").error
    assert Message.objects.get(key="b").state == "given_up"


def test_a_gateway_without_a_good_certificate_gets_nothing(settings: Any) -> None:
    """A plain server does not speak TLS at all; what counts is that the text never reached it."""
    put(channel="sms", to="13800000000", body="秘密文字")
    heard: list[bytes] = []
    with talker(lambda c: heard.append(c.recv(2000)) or c.close()) as port:
        settings.SMS_URL = f"https://127.0.0.1:{port}/"
        assert send_due().failed == 1
    assert heard
    assert "秘密文字".encode() not in b"".join(heard)
    assert sms.is_sms_on()


def test_a_sender_that_died_leaves_the_message_to_the_next(settings: Any) -> None:
    row = put()
    now = timezone.now()
    Message.objects.update(claim="dead", claimed_until=now + timedelta(minutes=5), tries=1)
    with mail_server() as server:
        mail_at(settings, server.port)
        assert send_due(now=lambda: now + timedelta(minutes=4)).sent == 0
        assert send_due(now=lambda: now + timedelta(minutes=6)).sent == 1
    row.refresh_from_db()
    assert (row.state, row.tries) == ("sent", 2)


def test_who_comes_too_late_does_not_mark(settings: Any) -> None:
    """Somebody else took the message over while we talked: how it ended is theirs to say."""
    row = put()

    moment = timezone.now()

    def clock() -> datetime:
        Message.objects.filter(claim__gt="").update(claim="other")
        return moment

    with talker(hangs_up) as port:
        mail_at(settings, port)
        send_due(now=clock)
    row.refresh_from_db()
    assert (row.claim, row.error) == ("other", "")


@pytest.mark.django_db(transaction=True)
def test_several_senders_send_each_message_once(settings: Any) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip(
            "a database in memory has one connection; tests/outbox/test_crash.py runs several processes"
        )
    for n in range(60):
        put(f"k{n}")

    def work() -> None:
        try:
            send_due()
        finally:
            connection.close()

    with mail_server() as server:
        mail_at(settings, server.port)
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.mails) == 60
    assert len({mail["Message-ID"] for mail in server.mails}) == 60
    assert set(Message.objects.values_list("state", "tries")) == {("sent", 1)}


def test_an_idle_look_writes_nothing(settings: Any, queries: Any) -> None:
    mail_at(settings, 1)
    for n in range(3):
        put(f"k{n}", not_before=timezone.now() + timedelta(hours=1))
    assert queries(send_due) == 1
