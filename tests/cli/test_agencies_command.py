"""`gongkai agencies` as a real process: what it writes, what it refuses, who may read the first passwords."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.agencies.sheet_of_a_county import county, packed

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of its own with an empty database."""
    found = tmp_path_factory.mktemp("agencies")
    done = run(found, "manage.py", "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    return found


def run(place: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    env |= {
        "GONGKAI_DATA_DIR": str(place / "data"),
        "GONGKAI_DATABASE_URL": f"sqlite:///{place}/site.sqlite3",
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }
    (place / "data").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *map(str, args)], cwd=ROOT, capture_output=True, text=True, env=env, timeout=300
    )


def agencies(place: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    return run(place, "-m", "gongkai", "agencies", *args)


def test_check_refuse_import_and_export(place: Path) -> None:
    sheet, wrong, passwords, out = (place / n for n in ("a.xlsx", "wrong.xlsx", "first.xlsx", "out.xlsx"))
    sheet.write_bytes(packed(county(5, 12)))
    rows = county(5, 12)
    rows["机关"][1][5], rows["人员与岗位"][4][2] = "41", "12"
    wrong.write_bytes(packed(rows))

    checked = agencies(place, "import", sheet, "--check")
    assert checked.returncode == 0, checked.stderr
    assert "检查通过，没有写入" in checked.stdout
    assert "新增人员12个" in checked.stdout

    refused = agencies(place, "import", wrong)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[0] == "有2处要改，什么都没有写入："
    assert "“机关”第3行“邮政编码”列：" in refused.stderr
    assert "“人员与岗位”第6行“手机”列：" in refused.stderr

    done = agencies(place, "import", sheet, "--confirm", "--passwords", passwords)
    assert done.returncode == 0, done.stderr
    assert "新增机关5个" in done.stdout
    assert "已授予12个岗位" in done.stdout
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    words = list(load_workbook(passwords).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len({word for _, _, word in words}) == 12
    assert not any(str(word) in done.stdout + done.stderr for _, _, word in words)

    again = agencies(place, "import", sheet, "--passwords", passwords)
    assert again.returncode == 2
    assert "已经存在" in again.stderr

    exported = agencies(place, "export", out)
    assert exported.returncode == 0, exported.stderr
    people = load_workbook(io.BytesIO(out.read_bytes()))["人员与岗位"]
    assert len({row[0] for row in people.iter_rows(min_row=2, values_only=True)}) == 12
    assert agencies(place, "export", out).returncode == 2
    same = agencies(place, "import", out)
    assert same.returncode == 0, same.stderr
    assert "没有改动" in same.stdout


def test_what_is_no_workbook(place: Path) -> None:
    (place / "list.csv").write_text("姓名\n张三\n", encoding="utf-8")
    refused = agencies(place, "import", place / "list.csv")
    assert refused.returncode == 1
    assert "这不是 Excel 工作簿" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert agencies(place, "import", place / "nothing.xlsx").returncode == 2
