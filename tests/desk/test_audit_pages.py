"""The trail on the screens: found, paged, opened, exported; an agency sees its own alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.audit.trail import Who, record
from tests.audit.tampering import tamper
from tests.cast import Cast


def fill(cast: Cast, count: int, **fields: Any) -> list[Entry]:
    """Entries of the bureau's, with other values where given."""
    who = {"person_id": 1, "name": "查找的人", "agency_id": cast.agency.pk, "address": "198.51.100.4"}
    made = []
    for n in range(count):
        with transaction.atomic():
            result = fields.get("result", "done")
            made.append(
                record(
                    Who(**{**who, **fields.get("who", {})}),
                    fields.get("act", "agency.edit"),
                    "修改机关资料",
                    f"对象甲{n}",
                    result,
                )
            )
    return made


def numbers(answer: Any) -> list[int]:
    return [row[0].number for row in answer.context["rows"]]


def test_each_field_finds(cast: Cast) -> None:
    plain = fill(cast, 2)
    by_other = fill(cast, 1, who={"name": "别人"})
    elsewhere = fill(cast, 1, who={"agency_id": cast.other.pk, "address": "203.0.113.9"})
    refused = fill(cast, 1, result="refused", act="report.publish")
    client = cast.browse("auditor")
    url = reverse("desk:site-audit")
    for asked, wanted in (
        ({"person": "别人"}, by_other),
        ({"address": "203.0.113.9"}, elsewhere),
        ({"result": "refused", "act": "report.publish"}, refused),
        ({"what": "甲1"}, plain[1:]),
        ({"agency_id": cast.other.pk, "person": "查找的人"}, elsewhere),
        ({"person": "查找的人", "since": "2020-01-01", "until": "2020-12-31"}, []),
    ):
        answer = client.get(url, asked)
        assert numbers(answer) == [e.number for e in reversed(wanted)], asked
    assert "没有符合这些条件的记录" in client.get(url, {"person": "没有这个人"}).content.decode()


def test_what_is_wrong_is_said_and_nothing_is_shown(cast: Cast) -> None:
    answer = cast.browse("auditor").get(
        reverse("desk:site-audit"), {"since": "2025-02-30", "until": "昨天", "person": "甲"}
    )
    text = answer.content.decode()
    assert "从哪一天起要写成 2025-02-21 这样" in text
    assert 'value="甲"' in text
    assert not answer.context["rows"]
    turned = cast.browse("auditor").get(
        reverse("desk:site-audit"), {"since": "2025-03-01", "until": "2025-02-01"}
    )
    assert "不能早于" in turned.content.decode()
    gone = cast.browse("auditor").get(reverse("desk:site-audit-export", args=["csv"]), {"since": "昨天"})
    assert gone.status_code == 302


def test_pages_hold_together_backwards_and_forwards(cast: Cast) -> None:
    made = [e.number for e in fill(cast, 120, who={"name": "翻页"})][::-1]
    client, url = cast.browse("auditor"), reverse("desk:site-audit")
    seen, asked = [], {"person": "翻页"}
    while True:
        found = client.get(url, asked)
        seen.append(numbers(found))
        older = found.context["found"].older
        if older is None:
            break
        asked = {"person": "翻页", "before": older}
    assert [len(page) for page in seen] == [50, 50, 20]
    assert [n for page in seen for n in page] == made
    back = client.get(url, {"person": "翻页", "after": seen[2][0]})
    assert numbers(back) == seen[1]
    assert back.context["found"].newer is not None
    top = client.get(url, {"person": "翻页", "after": seen[1][0]})
    assert numbers(top) == seen[0]
    assert top.context["found"].newer is None


def test_as_many_queries_for_many_as_for_few(cast: Cast, queries: Callable[..., int]) -> None:
    client = cast.browse("auditor")
    url = reverse("desk:site-audit")
    few = queries(lambda: client.get(url))
    fill(cast, 200)
    assert queries(lambda: client.get(url)) == few
    assert queries(lambda: client.get(url, {"before": 150})) == few


def test_an_entry_in_full_with_its_neighbours(cast: Cast) -> None:
    made = fill(cast, 3)
    client = cast.browse("auditor")
    text = client.get(reverse("desk:site-audit-entry", args=[made[1].number])).content.decode()
    for word in ("查找的人", "对象甲1", made[1].digest, made[1].previous, "与摘要值相符", cast.agency.name):
        assert word in text
    for beside in (made[0], made[2]):
        assert reverse("desk:site-audit-entry", args=[beside.number]) in text
    tamper("UPDATE audit_entry SET label = '改过' WHERE number = %s", made[1].number)
    text = client.get(reverse("desk:site-audit-entry", args=[made[1].number])).content.decode()
    assert "与摘要值不符" in text


def test_every_look_is_written_down(cast: Cast) -> None:
    cast.browse("auditor").get(reverse("desk:site-audit"))
    looked = Entry.objects.latest("number")
    assert (looked.act, looked.person_name) == ("audit.view", cast.auditor.name)
    cast.browse("head").get(reverse("desk:trail", args=["xtxsfj"]))
    looked = Entry.objects.latest("number")
    assert (looked.act, looked.agency_id) == ("audit.view_own", cast.agency.pk)


def test_an_export_holds_what_was_asked_and_is_written_down_once(cast: Cast) -> None:
    made = fill(cast, 3, who={"name": "=1+1"})
    fill(cast, 2)
    before = Entry.objects.count()
    client = cast.browse("auditor")
    answer = client.get(reverse("desk:site-audit-export", args=["csv"]), {"person": "=1+1"})
    assert answer.streaming
    data = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["序号", *(str(e.number) for e in reversed(made))]
    assert "'=1+1" in lines[1]
    assert Entry.objects.count() == before + 1
    told = Entry.objects.latest("number")
    assert (told.act, told.person_name) == ("audit.export", cast.auditor.name)
    assert json.loads(told.detail) == {"人员": "=1+1", "格式": "csv", "到第几条": before}
    answer = client.get(reverse("desk:site-audit-export", args=["xlsx"]), {"person": "=1+1"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    sheet: Any = book.worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()] == ["序号", *(str(e.number) for e in reversed(made))]
    assert sheet["C2"].data_type == "s"


def test_a_sheet_too_long_is_offered_as_csv(cast: Cast, monkeypatch: Any) -> None:
    fill(cast, 3)
    monkeypatch.setattr("gongkai.desk.audit.MOST_XLSX", 2)
    answer = cast.browse("auditor").get(reverse("desk:site-audit-export", args=["xlsx"]))
    assert "改为导出 .csv" in answer.content.decode()


def test_verifying_on_the_screen_says_it_in_words(cast: Cast) -> None:
    made = fill(cast, 3)
    client = cast.browse("auditor")
    text = client.post(reverse("desk:site-audit-verify")).content.decode()
    assert "没有被改动" in text
    assert made[-1].digest in text
    assert Entry.objects.latest("number").act == "audit.verify"
    tamper("UPDATE audit_entry SET label = '改过' WHERE number = %s", made[1].number)
    text = client.post(reverse("desk:site-audit-verify")).content.decode()
    assert f"第 {made[1].number} 条的内容与它的摘要值不符" in text
    assert cast.browse("sysadmin").post(reverse("desk:site-audit-verify")).status_code == 403


def test_an_agency_sees_its_own_entries_alone(cast: Cast) -> None:
    ours = fill(cast, 2, who={"name": "同名"})
    theirs = fill(cast, 2, who={"name": "同名", "agency_id": cast.other.pk})
    client = cast.browse("ogi_head")
    url = reverse("desk:trail", args=["xtxsfj"])
    assert numbers(client.get(url, {"person": "同名"})) == [e.number for e in reversed(ours)]
    tricked = client.get(url, {"person": "同名", "agency_id": cast.other.pk})
    assert numbers(tricked) == [e.number for e in reversed(ours)]
    assert client.get(reverse("desk:trail-entry", args=["xtxsfj", theirs[0].number])).status_code == 404
    text = client.get(reverse("desk:trail-entry", args=["xtxsfj", ours[0].number])).content.decode()
    assert str(reverse("desk:trail-entry", args=["xtxsfj", theirs[0].number])) not in text


def test_signing_in_is_searched_for_by_the_audit_administrator(cast: Cast) -> None:
    from gongkai.sign_in.noting import LABELS

    Client().post(reverse("desk:sign-in"), {"username": "clerk", "password": "wrong-Password-7"})
    desk, page = cast.browse("auditor"), reverse("desk:site-audit")
    asked = desk.get(page, {"act": "sign_in.failed"})
    assert [row[0].act for row in asked.context["rows"]] == ["sign_in.failed"]
    words = asked.content.decode()
    for slug, label in LABELS.items():
        assert f'value="{slug}"' in words
        assert label in words
    own = cast.browse("head").get(reverse("desk:trail", args=["xtxsfj"])).content.decode()
    assert "sign_in.failed" not in own
