"""The house rules of the tree: sizes, names, what never goes in, settings and commands documented."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, or every file where there is no git (a source archive)."""
    done = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=False)
    names = [n for n in done.stdout.decode().split("\0") if n]
    if done.returncode or not names:
        pytest.skip("no git checkout here, so the list of tracked files is unknown")
    return [ROOT / n for n in names if (ROOT / n).is_file()]


def test_files_stay_short() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in tracked("*.py", "*.html", "*.css", "*.js")
        if "/migrations/" not in str(p) and (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long, f"longer than 400 lines: {long}"


def test_no_drawers() -> None:
    drawers = {"utils", "helpers", "common", "misc", "util", "helper"}
    found = [
        str(p.relative_to(ROOT))
        for p in tracked("*.py")
        if drawers & {p.stem, *p.parent.relative_to(ROOT).parts}
    ]
    assert not found, f"a file without a room has not been understood yet: {found}"


def test_no_machine_paths_registries_or_secrets() -> None:
    # Put together here so that the test does not find itself.
    barred = [
        re.compile(p)
        for p in (
            r"(?<![\w.])/(?:" + "work|farm" + r")/",
            r"(?:pypi|pythonhosted|npmjs|debian)\." + r"org",
            r"BEGIN (?:RSA |EC |OPENSSH )?PRIVATE " + "KEY",
            r"(?i)\b(?:"
            + "|".join(("clau" + "de", "chat" + "gpt", "copi" + "lot", "anth" + "ropic", "open" + "ai"))
            + r")\b",
        )
    ]
    found = []
    for path in tracked():
        if path.suffix in {".png", ".ttf", ".docx", ".xlsx", ".pdf"} or path.name == "LICENSE":
            continue
        text = path.read_text(encoding="utf-8")
        found += [
            f"{path.relative_to(ROOT)}: {m.group()}" for pattern in barred if (m := pattern.search(text))
        ]
    assert not found


def test_nothing_of_the_published_reports_is_kept_here() -> None:
    corpus = ROOT.parent / "shared" / "corpus"
    if not corpus.is_dir():
        pytest.skip("the published reports are not beside this checkout")
    sentences = set()
    for path in corpus.glob("*/report.txt"):
        sentences |= {
            s.strip() for s in re.split(r"[。；\n]", path.read_text(encoding="utf-8")) if len(s.strip()) > 24
        }
    # Labels of the statutory forms are the same everywhere and must be.
    official = {
        "行政机关不再处理其政府信息公开申请",
        "年度报告格式",
        "勾稽关系",
        "工作提示",
        "统计期限",
        "区分处理的",
    }
    sentences = {s for s in sentences if not any(o in s for o in official) and "|" not in s}
    assert len(sentences) > 40
    kept = []
    for path in tracked("*.py", "*.toml", "*.md", "*.html", "*.json", "*.txt", "*.csv"):
        text = path.read_text(encoding="utf-8")
        kept += [f"{path.relative_to(ROOT)}: {s[:40]}" for s in sentences if s in text]
    assert not kept


def test_lock_files_have_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.M)
        assert len(pins) > 20
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            if not block.startswith("#"):
                assert "--hash=sha256:" in block, block


def test_every_make_target_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("help", "run", "test", "lint", "bench", "fuzz"):
        assert re.search(rf"^{target}:.*## \S", text, re.M), target


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    used = set()
    for path in tracked("gongkai/*.py", "manage.py", "tests/run_all.py", "fuzz/*.py"):
        used |= set(re.findall(r"[\"'](GONGKAI_[A-Z_]+|PORT|FUZZ_S)[\"']", path.read_text(encoding="utf-8")))
    assert "GONGKAI_DATABASE_URL" in used
    missing = sorted(name for name in used if name not in documented)
    assert not missing, f"not in docs/settings.md: {missing}"


def test_every_act_of_the_command_line_is_in_the_guides() -> None:
    from gongkai.cli import cli

    guide = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "docs").rglob("*.md"))
    names = []
    for name, command in cli.commands.items():
        inner = getattr(command, "commands", None)
        names += [f"gongkai {name} {n}" for n in inner] if inner else [f"gongkai {name}"]
    missing = [name for name in names if name not in guide]
    assert not missing, f"in no guide: {missing}"
