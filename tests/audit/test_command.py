"""gongkai audit … as somebody at the server types it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from gongkai.audit.models import Checkpoint, Entry
from gongkai.audit.trail import Who
from gongkai.cli import cli
from tests.audit.tampering import tamper, write

pytestmark = pytest.mark.django_db


def audit(*words: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *words])


def test_verify_says_how_many_and_the_digest_to_note() -> None:
    assert "没有要验证的记录" in audit("verify").output
    made = write(4)
    done = audit("verify")
    assert done.exit_code == 0
    assert "共 4 条" in done.output
    assert f"请抄下这个摘要值，另外保存，以后用 --head 核对：{made[-1].digest}" in done.output
    assert audit("verify", "--head", made[1].digest.upper()).exit_code == 0
    assert "第 3 条到第 4 条" in audit("verify", "--from", "3", "--head", made[2].digest).output
    assert audit("verify", "--head", "0" * 64).exit_code == 1


def test_verify_names_the_first_broken_link_and_ends_with_one() -> None:
    write(4)
    tamper("UPDATE audit_entry SET object_name = '别的' WHERE number = 3")
    done = audit("verify")
    assert done.exit_code == 1
    assert "第 3 条的内容与它的摘要值不符" in done.output
    assert "在它之前的 2 条没有问题" in done.output


def test_head() -> None:
    assert "还没有" in audit("head").output
    made = write(2)
    assert audit("head").output == f"第 2 条 {made[-1].digest}\n"


def test_export_writes_both_formats_and_is_written_down(tmp_path: Path) -> None:
    write(3)
    for ending in ("csv", "xlsx"):
        done = audit("export", "-o", str(tmp_path / f"out.{ending}"))
        assert done.exit_code == 0, done.output
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(data.decode("utf-8-sig").splitlines()) == 4
    sheet: Any = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [row[0].value for row in sheet.iter_rows()] == ["序号", "4", "3", "2", "1"]
    told = Entry.objects.filter(act="audit.export").latest("number")
    assert json.loads(told.detail) == {"到第几条": 4, "文件": "out.xlsx"}
    assert told.address == "gongkai audit export"
    assert audit("export", "-o", str(tmp_path / "out.pdf")).exit_code == 2


def test_retire_moves_out_and_the_file_can_be_verified(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    long_ago = timezone.now() - timedelta(days=300)
    with monkeypatch.context() as patch:
        patch.setattr("gongkai.audit.trail.timezone.now", lambda: long_ago)
        write(3)
    write(2)
    assert "永久保存" in audit("retire").output
    settings.AUDIT_KEEP_DAYS = 200
    done = audit("retire")
    assert done.exit_code == 0
    point = Checkpoint.objects.get()
    assert f"第 3 条，写入 {tmp_path / 'audit' / point.file_name}" in done.output
    assert "没有到期" in audit("retire").output
    told = audit("verify", "--file", str(tmp_path / "audit" / point.file_name))
    assert told.exit_code == 0
    assert point.file_digest in told.output
    assert "第 4 条到第 6 条" in audit("verify").output
    bad = tmp_path / "bad.jsonl"
    bad.write_text("[]\n", encoding="utf-8")
    assert audit("verify", "--file", str(bad)).exit_code == 2


def test_no_text_of_an_export_is_taken_for_a_formula(tmp_path: Path) -> None:
    from django.db import transaction

    from gongkai.audit.trail import record

    with transaction.atomic():
        record(Who(None, "=1+1"), "test.act", "@SUM(A1)", "-2+3")
    audit("export", "-o", str(tmp_path / "out.csv"))
    audit("export", "-o", str(tmp_path / "out.xlsx"))
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert "'@SUM" in text
    assert "'-2+3" in text
    sheet: Any = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet["C3"].value == "=1+1"
    assert sheet["C3"].data_type == "s"
