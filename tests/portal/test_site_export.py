"""The site as files: every link leads to a file, what did not change is left alone, what is withdrawn is gone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import html5lib
import pytest
from click.testing import CliRunner
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.cli import cli
from gongkai.disclosure.actions.withdrawing import withdraw
from tests.cast import Cast, add_item
from tests.disclosure.office import published
from tests.portal.test_site_pages import policy_column, with_file

OWN = "zfxxgk/xtxsfj"


def export(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(cli, ["export-site", str(folder), *options])
    assert done.exit_code == 0, done.output
    return done.output


def links_of(page: Path) -> set[str]:
    found = HTMLParser(page.read_text(encoding="utf-8"))
    return {
        node.attributes.get(name) or ""
        for name in ("href", "src", "action")
        for node in found.css(f"[{name}]")
        if node.attributes.get("rel") != "canonical"
    }


def broken(root: Path) -> tuple[list[str], int]:
    """Links that lead to no file of the folder, or out of it; and how many were looked at."""
    found, count = [], 0
    for page in root.rglob("*.html"):
        here = page.relative_to(root).as_posix()
        for link in links_of(page):
            if link.startswith(("#", "mailto:", "tel:", "https://www.example.gov.cn/")):
                continue
            count += 1
            there = unquote(urldefrag(urljoin(f"http://x/{here}", link))[0]).removeprefix("http://x/")
            if "://" in there or link.startswith("/") or not (root / there).is_file():
                found.append(f"{here}: {link}")
    return found, count


@pytest.fixture
def stage(cast: Cast) -> Cast:
    """More than a page of items, one with a file, one withdrawn."""
    policy_column(cast)
    for n in range(700, 725):
        add_item(cast.agency, cast.agency.columns.get(slug="xzfy"), n)
    cast.extra["file"] = with_file(cast, where="zcwj", title="有附件的办法")
    cast.extra["gone"], _ = published(cast, title="要撤回的标题", text="<p>要撤回的正文</p>")
    return cast


def test_the_folder_holds_the_site_and_keeps_up_with_it(stage: Cast, tmp_path: Path) -> None:
    root = tmp_path / "site"
    export(root, "--base", "https://www.example.gov.cn/zwgk")
    wrong, count = broken(root)
    assert wrong == []
    assert count > 2000
    pages = {p.relative_to(root).as_posix() for p in root.rglob("*.html")}
    assert {f"{OWN}/index.html", f"{OWN}/columns/xzfy/page-3.html", f"{OWN}/reports/2024/index.html"} <= pages
    assert len([p for p in pages if p.startswith(f"{OWN}/items/")]) == 66 + 25 + 2 + 1
    item = root / OWN / "items" / str(stage.extra["file"].pk)
    (attached,) = item.glob("files/*.txt")
    assert attached.read_text(encoding="utf-8") == "附件内容"
    html5lib.HTMLParser(strict=True).parse((item / "index.html").read_text(encoding="utf-8"))
    locations = re.findall(r"<loc>([^<]+)</loc>", (root / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(locations) > 90
    for one in locations:
        inside = one.removeprefix("https://www.example.gov.cn/zwgk/")
        assert (root / inside / "index.html").is_file(), one
    feed = (root / OWN / "feed.atom").read_text(encoding="utf-8")
    assert "https://www.example.gov.cn/zwgk/zfxxgk/" in feed

    before = {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    assert "写入 0 个文件" in export(root, "--base", "https://www.example.gov.cn/zwgk")
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.is_file()} == before

    gone = stage.extra["gone"]
    withdraw(gone, cause="wrong", reason="日期写错。", by=stage.actor("leader"), at=timezone.now())
    withdraw(stage.extra["file"], cause="wrong", reason="测试", by=stage.actor("leader"), at=timezone.now())
    export(root, "--base", "https://www.example.gov.cn/zwgk")
    everything = "".join(
        p.read_text(encoding="utf-8")
        for p in root.rglob("*")
        if p.suffix in {".html", ".atom", ".rss", ".xml"}
    )
    assert "要撤回的标题" not in everything
    assert "要撤回的正文" not in everything
    assert "日期写错。" in (root / OWN / "items" / str(gone.pk) / "index.html").read_text(encoding="utf-8")
    assert not attached.exists()
    assert stage.hidden.title not in everything
    assert broken(root)[0] == []


def test_a_closed_agency_is_taken_away_and_strangers_files_are_safe(stage: Cast, tmp_path: Path) -> None:
    root = tmp_path / "site"
    stage.other.portal_open = True
    stage.other.save()
    export(root)
    assert (root / "zfxxgk/sample-office/index.html").is_file()
    assert "示例县档案局" in (root / "index.html").read_text(encoding="utf-8")
    stage.other.portal_open = False
    stage.other.save()
    export(root)
    assert not (root / "zfxxgk/sample-office").exists()
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a.txt").write_text("别人的", encoding="utf-8")
    done = CliRunner().invoke(cli, ["export-site", str(theirs)])
    assert done.exit_code == 1
    assert "空的文件夹" in done.output
    assert [p.name for p in theirs.iterdir()] == ["a.txt"]


def test_fragments_have_neither_head_nor_foot(cast: Cast, tmp_path: Path) -> None:
    root = tmp_path / "parts"
    export(root, "--fragments", "--agency", "xtxsfj")
    text = (root / OWN / "columns/xzfy/index.html").read_text(encoding="utf-8")
    for absent in ("<html", "<head", "<body", "masthead", "主办单位", "<script"):
        assert absent not in text, absent
    assert "行政复议信息" in text
    assert 'aria-label="政府信息公开"' in text
    html5lib.HTMLParser(strict=True).parseFragment(text)
    assert broken(root)[0] == []


def test_what_needs_a_server_leads_to_it(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://www.example.gov.cn"
    root = tmp_path / "site"
    export(root)
    links = links_of(root / OWN / "requests/index.html")
    assert f"https://www.example.gov.cn/{OWN}/requests/apply/" in links
    assert broken(root)[0] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--base", "www.x.cn"), "https://"), (("--agency", "sample-office"), "sample-office")],
)
def test_what_cannot_be_done_is_said(cast: Cast, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(cli, ["export-site", str(tmp_path / "x"), *options])
    assert done.exit_code == 1
    assert said in done.output
