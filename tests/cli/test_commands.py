"""The command line as a person or a script meets it: real processes, real files, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import sample
from gongkai.statute.report.editions import edition
from gongkai.statute.report.writers import html

ROOT = Path(__file__).resolve().parents[2]


def run(*args: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "110"}
    command = [sys.executable, "-m", "gongkai", *map(str, args)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, input=stdin, env=env, timeout=300
    )


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "sound.html"
    path.write_bytes(html.to_html(sample.report(3)))
    return path


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = sample.report(4)
    cell = report.cells["t3.granted.natural"]
    report.cells["t3.granted.natural"] = type(cell)(int(cell.counted) + 5, str(int(cell.counted) + 5))
    path = tmp_path_factory.mktemp("cli") / "broken.html"
    path.write_bytes(html.to_html(report))
    return path


def test_read_gives_the_figures_by_slug(sound: Path) -> None:
    done = run("report", "read", sound, "--json")
    assert done.returncode == 0, done.stderr
    data, made = json.loads(done.stdout), sample.report(3)
    assert (data["agency"], data["year"], data["edition"]) == (made.agency, 2024, "2021")
    assert data["table3"]["new"] == [
        made.value(f"t3.new.{c}")
        for c in ("natural", "commercial", "research", "public_interest", "legal_service", "other", "total")
    ]
    assert set(data["table4"]) == {"reconsideration", "litigation_direct", "litigation_after_reconsideration"}
    assert set(data["table2"]) == {
        "regulations",
        "normative_documents",
        "licences",
        "penalties",
        "coercion",
        "fees_10k_yuan",
    }
    assert [s["key"] for s in data["sections"]] == [h.key for h in edition("2021").headings]


def test_read_for_people_is_chinese_and_aligned(sound: Path) -> None:
    done = run("report", "read", sound)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    head = next(line for line in lines if "自然人" in line and "总计" in line)
    row = next(line for line in lines if "一、本年新收" in line)
    assert width(head.rstrip()) == width(row.rstrip()), "figures stand under their heads"


def width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def test_check_says_0_for_a_sound_report(sound: Path) -> None:
    done = run("report", "check", sound)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有发现错误" in done.stdout


def test_check_says_1_and_names_the_sum_for_a_broken_one(broken: Path) -> None:
    done = run("report", "check", broken, "--json")
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)
    errors = [f for f in findings if f["level"] == "error"]
    assert errors
    assert set(errors[0]) >= {"level", "code", "cells", "message", "ref", "where", "file"}
    assert any("t3.granted.natural" in f["cells"] for f in errors)


def test_check_says_2_for_what_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    for path in (empty, tmp_path / "absent.html"):
        done = run("report", "check", path)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert str(path) in done.stderr


def test_check_of_a_folder_sums_up_in_order(sound: Path, broken: Path, tmp_path: Path) -> None:
    for n in range(7):
        (tmp_path / f"{n}.html").write_bytes((broken if n == 3 else sound).read_bytes())
    (tmp_path / "8.docx").write_bytes(b"PK\x03\x04 not a document")
    done = run("report", "check", tmp_path, "--jobs", "2")
    assert done.returncode == 2
    assert "共8份：无错误6份，有错误1份，读不了1份" in done.stdout
    found = json.loads(run("report", "check", tmp_path, "--jobs", "2", "--json").stdout)
    assert {Path(f["file"]).name for f in found if f["level"] == "error"} == {"3.html", "8.docx"}


def test_check_against_the_year_before(sound: Path, tmp_path: Path) -> None:
    last = sample.report(3)
    last.year, last.title = 2023, last.title.replace("2024", "2023")
    last.cells["t3.carried_out.natural"] = type(last.cells["t3.new.natural"])(77, "77")
    path = tmp_path / "last.html"
    path.write_bytes(html.to_html(last))
    done = run("report", "check", sound, "--previous", path, "--json")
    crossed = [
        f for f in json.loads(done.stdout) if "t3.carried_in.natural" in f["cells"] and "77" in f["message"]
    ]
    assert crossed


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "xlsx", "json"])
def test_convert_loses_no_figure(sound: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"out.{kind}"
    done = run("report", "convert", sound, "-o", out)
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(run("report", "read", p, "--json").stdout) for p in (sound, out))
    for key in ("agency", "year", "edition", "title", "table2", "table3", "table4"):
        assert first[key] == second[key], key


def test_convert_refuses_an_unknown_format(sound: Path, tmp_path: Path) -> None:
    done = run("report", "convert", sound, "-o", tmp_path / "out.odt")
    assert done.returncode == 2
    assert "docx" in done.stderr
    assert not (tmp_path / "out.odt").exists()


def test_convert_says_where_it_cannot_write(sound: Path, tmp_path: Path) -> None:
    done = run("report", "convert", sound, "-o", tmp_path / "nowhere" / "out.pdf")
    assert done.returncode == 2
    assert "没有这个文件夹" in done.stderr


def test_what_the_reader_left_out_is_a_finding(sound: Path, tmp_path: Path) -> None:
    page = sound.read_text(encoding="utf-8")
    row = page.rindex("<tr", 0, page.index("行政规范性文件", page.index("第二十条")))
    extra = "<tr><th>本地另设的文件</th><td>1</td><td>2</td><td>3</td></tr>"
    path = tmp_path / "extra.html"
    path.write_text(page[:row] + extra + page[row:], encoding="utf-8")
    found = json.loads(run("report", "check", path, "--json").stdout)
    assert any("本地另设的文件" in f["message"] for f in found)


def test_diff_shows_what_changed(sound: Path, broken: Path) -> None:
    assert "都相同" in run("report", "diff", sound, sound).stdout
    done = run("report", "diff", sound, broken)
    assert done.returncode == 0
    assert "予以公开" in done.stdout


def test_merge_adds_cell_by_cell(sound: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_bytes(html.to_html(sample.report(5)))
    out = tmp_path / "sum.json"
    done = run("report", "merge", sound, other, "-o", out, "--agency", "某县")
    assert done.returncode == 0, done.stderr
    total = json.loads(out.read_text(encoding="utf-8"))
    a, b = sample.report(3), sample.report(5)
    assert total["table3"]["new"][6] == a.value("t3.new.total") + b.value("t3.new.total")  # type: ignore[operator]
    twice = run("report", "merge", sound, sound, "-o", out)
    assert twice.returncode == 1
    assert "不止一份" in twice.stderr


def test_due_gives_the_day_and_its_steps() -> None:
    done = run("due", "--received", "2025-03-03", "--event", "consulted:2025-03-10..2025-03-24", "--json")
    answer = json.loads(done.stdout)
    assert (answer["due"], answer["provisional"]) == ("2025-04-15", False)
    assert any("2025年4月15日（星期二）" in step for step in answer["steps"])
    words = run("due", "--received", "2026-12-20")
    assert "暂定" in words.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--received", "2025-02-30"], "2025-02-30”不是日期"),
        (["--received", "2025-03-03", "--event", "eaten:2025-03-10"], "eaten"),
        ([], "--received"),
        (["--batch", "no-such-file.jsonl"], "打不开文件"),
    ],
)
def test_due_says_in_chinese_what_is_wrong(args: list[str], words: str) -> None:
    done = run("due", *args)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_due_batch_answers_line_for_line() -> None:
    lines = '{"received":"2024-09-12","events":[]}\nnot json\n{"received":"2026-02-09"}\n'
    done = run("due", "--batch", "-", stdin=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a.get("due") for a in answers] == ["2024-10-16", None, "2026-03-13"]
    assert "第 2 行" in answers[1]["error"]


def test_fee_shows_the_arithmetic() -> None:
    assert run("fee", "--pieces", "35").stdout.rstrip().endswith("=3000元")
    assert run("fee", "--pages", "250").stdout.rstrip().endswith("=4700元")
    both = run("fee", "--pages", "250", "--pieces", "3")
    assert both.returncode == 2
    assert "选一种" in both.stderr


def test_help_and_usage_errors_speak_chinese() -> None:
    assert "用法：" in run("--help").stdout
    for args in (
        ["nosuch"],
        ["report", "read"],
        ["report", "check", "--nosuch", "x"],
        ["fee", "--pages", "x"],
    ):
        done = run(*args)
        assert done.returncode == 2
        assert not any(word in done.stderr for word in ("Error", "Missing", "No such", "Invalid", "Try "))
