"""The examples for operators name commands, ports, folders and settings that there are, and agree with one another."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import pytest

from gongkai.cli import cli

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "operator"
EXAMPLES = GUIDE / "examples"
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
UNITS = ("gongkai.service", "gongkai-worker.service", "gongkai-backup.service")


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[method-assign,assignment]
    read.read_string((EXAMPLES / name).read_text(encoding="utf-8"))
    return read


def parsed(words: list[str]) -> None:
    """The command line takes these words; raises what click raises otherwise."""
    command = cli.commands[words[0]]
    command.make_context(words[0], words[1:])


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_there_is_and_is_shut_in(name: str) -> None:
    service = unit(name)["Service"]
    words = shlex.split(service["ExecStart"])
    assert words[0] == "/opt/gongkai/bin/gongkai"
    parsed(words[1:])
    assert service["User"] == "gongkai"
    assert service["UMask"] == "0077"
    for wall in ("NoNewPrivileges", "ProtectHome", "PrivateTmp"):
        assert service[wall] == "true"
    assert service["ProtectSystem"] == "strict"
    assert "/var/lib/gongkai" in service["ReadWritePaths"]


def test_the_worker_runs_once() -> None:
    assert unit("gongkai.service")["Service"]["Environment"] == "GONGKAI_SERVE_WORKER=false"


def test_the_backup_may_write_where_it_is_told_to_and_the_timer_starts_it() -> None:
    service = unit("gongkai-backup.service")["Service"]
    folder = shlex.split(service["ExecStart"])[2]
    assert folder in service["ReadWritePaths"].split()
    assert unit("gongkai-backup.timer")["Timer"]["Persistent"] == "true"


def test_everybody_means_the_same_port() -> None:
    serve = shlex.split(unit("gongkai.service")["Service"]["ExecStart"])
    port = serve[serve.index("--port") + 1]
    nginx = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+);", nginx)) == {port}
    assert nginx.count("{") == nginx.count("}")
    # Overwritten, never added to: the site believes the last address.
    assert "X-Forwarded-For $remote_addr;" in nginx
    assert "X-Forwarded-Proto $scheme;" in nginx
    container = (EXAMPLES / "Containerfile").read_text(encoding="utf-8")
    assert f"PORT={port}" in container
    assert f"EXPOSE {port}" in container
    assert "USER gongkai" in container


@pytest.mark.parametrize("name", ["start.bat", "start.ps1"])
def test_windows_starts_the_same(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert re.search(r"gongkai\.exe'?\"?\)? serve --port", text)


def test_settings_and_commands_in_guides_and_examples_are_real() -> None:
    told = set(re.findall(r"`([A-Z_]+)`", SETTINGS))
    for path in [*EXAMPLES.iterdir(), *GUIDE.glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"GONGKAI_[A-Z_]*[A-Z]\b(?!_)", text))
        assert named <= told, f"{path.name}: {named - told}"
        for command in re.findall(r"(?m)(?:^|`|bin/)gongkai ([a-z][a-z-]*)", text):
            assert command in cli.commands, f"{path.name}: gongkai {command}"


def test_links_of_the_guides_lead_somewhere() -> None:
    for path in GUIDE.glob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"
    index = (GUIDE / "index.md").read_text(encoding="utf-8")
    assert {path.name for path in GUIDE.glob("*.md")} - {"index.md"} <= set(
        re.findall(r"\((\S+?\.md)\)", index)
    )
