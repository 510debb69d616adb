"""A citizen at the pages of 依申请公开: forms filled in, cases opened by their code."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.inforequests.models import InfoRequest

ID_NUMBER = "11010519491231002X"
"""The example printed in GB 11643; nobody's."""
KIND = {"requester_kind": "natural", "acting": "self", "needs_help": ""}
WHO = {
    "applicant": "测试甲",
    "identity_kind": "居民身份证",
    "identity_number": ID_NUMBER,
    "phone": "13800000000",
    "email": "",
    "address": "",
    "postcode": "",
}
WHAT = {"content": "某项补贴的发放办法", "document_name": "", "document_number": "", "period": ""}
HOW = {"form_wanted": "电子文件", "obtain": "在本栏目查询页下载", "other_ok": "on"}
STEPS: dict[str, dict[str, str]] = {
    "kind": KIND,
    "who": WHO,
    "what": WHAT,
    "how": HOW,
    "files": {"later": "on", "next": "1"},
}


def url(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=["xtxsfj", *args])


def text(answer: Any) -> str:
    body = HTMLParser(answer.content.decode()).css_first("main")
    assert body is not None
    return body.text()


def fill(client: Client, **changed: dict[str, str]) -> None:
    """Begin and fill in everything but the last look."""
    assert client.post(url("request-start")).status_code == 302
    for step, typed in STEPS.items():
        answer = client.post(url("request-step", step), typed | changed.get(step, {}))
        assert answer.status_code == 302, text(answer)


def ask(client: Client, **changed: dict[str, str]) -> InfoRequest:
    """A request made online."""
    fill(client, **changed)
    answer = client.post(url("request-step", "check"), {"website": ""})
    assert answer.headers["Location"] == url("request-done"), text(answer)
    return InfoRequest.objects.latest("pk")


def open_case(case: InfoRequest) -> Client:
    """A browser in which the case was opened by its code."""
    client = Client()
    answer = client.post(url("request-track"), {"number": case.number, "code": case.tracking_code})
    assert answer.headers["Location"] == url("request-case")
    return client
