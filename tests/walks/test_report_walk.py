"""Walk d, as far as it is built: the year's report made from records, checked, published, read by the public."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.readers import read

pytestmark = pytest.mark.django_db


def run_sample(data_dir: Path, settings: object) -> str:
    settings.DATA_DIR = data_dir  # type: ignore[attr-defined]
    out = StringIO()
    call_command("run_sample", "--no-serve", stdout=out)
    return out.getvalue()


def test_from_records_to_the_public_page(tmp_path: Path, settings: object, static_files: None) -> None:
    told = run_sample(tmp_path, settings)
    passwords = dict(re.findall(r"^  (\S+)\s+(\S{16})\s", told, re.MULTILINE))
    clerk = Client()
    answer = clerk.post(
        reverse("desk:sign-in"), {"username": "clerk", "password": passwords["clerk"]}, follow=True
    )
    assert "今日待办" in answer.content.decode()
    workbench = clerk.get(reverse("desk:report", args=["xtxsfj", 2024])).content.decode()
    assert "已发布" in workbench
    public = Client().get(reverse("portal:report", args=["xtxsfj", 2024])).content.decode()
    assert "主动公开政府信息66条" in public
    for path in sorted((tmp_path / "out").iterdir()):
        if "台账" in path.name:
            continue
        report = read(path)
        assert (report.agency, report.year, report.value("t2.penalties")) == ("湘潭县司法局", 2024, 2)
        assert [f for f in check(report) if f.level is Level.ERROR] == []


def test_running_it_again_changes_nothing_but_the_passwords(
    tmp_path: Path, settings: object, static_files: None
) -> None:
    first, second = run_sample(tmp_path, settings), run_sample(tmp_path, settings)
    pattern = re.compile(r"^  (\S+)\s+(\S{16})\s", re.MULTILINE)
    assert pattern.sub("", first) == pattern.sub("", second)
    passwords = [dict(pattern.findall(told)) for told in (first, second)]
    assert (
        set(passwords[0])
        == set(passwords[1])
        == {
            "clerk",
            "reviewer",
            "head",
            "neighbour",
            "sysadmin",
            "secadmin",
            "auditor",
        }
    )
    assert not set(passwords[0].values()) & set(passwords[1].values())
    assert Person.objects.count() == 7


def test_sample_alone_leaves_passwords_as_they_are() -> None:
    out = StringIO()
    call_command("sample", stdout=out)
    assert "只显示这一次" in out.getvalue()
    kept = Person.objects.get(username="clerk").password
    again = StringIO()
    call_command("sample", stdout=again)
    assert "密码没有改动" in again.getvalue()
    assert Person.objects.get(username="clerk").password == kept
