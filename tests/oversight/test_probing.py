"""Other sites asked politely: against a real server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from gongkai.oversight.actions.run import recheck
from gongkai.oversight.inspection.running import prober
from gongkai.oversight.models import Finding, OutsideLink, SiteVisit
from gongkai.oversight.probing import Prober
from gongkai.oversight.visiting import visit, visit_all
from tests.cast import Cast
from tests.oversight.site import HOME, bring, freshen, inspect, open_rules


class Site(ThreadingHTTPServer):
    """Other people's site: by path what is answered; `asked` is what came in, with when and by whom."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[tuple[str, str, float, str]] = []
        self.gone = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Page(BaseHTTPRequestHandler):
    """One answer."""

    server: Site

    def answer(self) -> None:
        self.server.asked.append((self.command, self.path, time.monotonic(), self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/slow":
            time.sleep(3)
        status = {
            "/gone": 404,
            "/broken": 500,
            "/keepout": 403,
            "/nohead": 405 if self.command == "HEAD" else 200,
            "/turn": 302,
            "/round": 302,
            "/inward": 302,
            "/mended": 404 if self.server.gone else 200,
        }.get(path, 200)
        if path.startswith(HOME):
            status = 503 if self.server.gone else 200
        self.send_response(status)
        if status == 302:
            to = {"/turn": "/good", "/round": "/round", "/inward": "http://10.0.0.1/"}[path]
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


ALLOWED = frozenset({"127.0.0.1"})


@pytest.mark.once
def test_what_comes_of_asking(site: Site) -> None:
    ask = Prober(timeout=1, delay=0, about="https://www.example.gov.cn", allowed=ALLOWED).ask
    told = {
        path: ask(site.address + path).kind
        for path in (
            "/good",
            "/gone",
            "/broken",
            "/keepout",
            "/nohead",
            "/turn",
            "/round",
            "/slow",
            "/好?a=好",
        )
    }
    assert told == {
        "/good": "good",
        "/gone": "dead",
        "/broken": "dead",
        "/keepout": "unsure",
        "/nohead": "good",
        "/turn": "good",
        "/round": "dead",
        "/slow": "dead",
        "/好?a=好": "good",
    }
    assert ask(site.address + "/gone").said == "状态码404"
    methods = [(method, path) for method, path, *_ in site.asked]
    assert methods[0] == ("HEAD", "/good")
    assert ("GET", "/nohead") in methods
    assert ("GET", "/gone") not in methods
    assert {agent for *_, agent in site.asked} == {"GongkaiSelfInspection/1.0 (+https://www.example.gov.cn)"}


@pytest.mark.once
def test_nobody_there_and_no_such_name() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        answer = Prober(timeout=1, delay=0, allowed=ALLOWED).ask(f"http://127.0.0.1:{port}/")
    assert (answer.kind, answer.status) == ("dead", None)
    for wrong in ("http://nobody.invalid/", "http://[::1", "gopher://a/", "http:///"):
        assert Prober(timeout=1, delay=0).ask(wrong).kind == "dead"


@pytest.mark.once
def test_our_own_network_is_never_asked(site: Site) -> None:
    ask = Prober(timeout=1, delay=0).ask
    port = site.server_address[1]
    inside = ["127.0.0.1", "localhost", "0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"]
    for host in inside:
        assert ask(f"http://{host}:{port}/good").kind in ("barred", "dead"), host
    for host in (
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[fe80::1]",
    ):
        assert ask(f"http://{host}/").kind == "barred", host
    assert site.asked == []
    led = Prober(timeout=1, delay=0, allowed=ALLOWED).ask(site.address + "/inward")
    assert led.kind == "barred"


@pytest.mark.once
def test_one_host_is_left_in_peace_between_two_questions(site: Site) -> None:
    waits: list[float] = []
    asking = Prober(timeout=1, delay=5, allowed=ALLOWED, rest=waits.append)
    asking.ask(site.address + "/good")
    assert waits == []
    asking.ask(site.address + "/gone")
    assert len(waits) == 1
    assert 4 < waits[0] <= 5


@pytest.fixture
def probing(settings: Any) -> None:
    settings.PROBE_LINKS = True
    settings.PROBE_INSIDE = ["127.0.0.1"]
    settings.PROBE_DELAY = 0
    settings.PROBE_TIMEOUT = 1


def with_links(cast: Cast, site: Site, *paths: str) -> None:
    """A clean site with one item that links to these."""
    freshen(cast)
    day = timezone.localdate() - timedelta(days=2)
    links = "".join(f'<a href="{site.address}{path}">链接{path}</a>' for path in paths)
    bring(cast, "zwgk", "有站外链接", formed=day, published=day, text=f"<p>{links}</p>")


def test_dead_links_are_found_and_closed(cast: Cast, site: Site, probing: None) -> None:
    with_links(cast, site, "/good", "/mended", "/keepout")
    site.gone = True
    run = inspect(cast)
    assert open_rules(cast) == ["link_outside"]
    assert run.left_out == ["站点能不能打开没有检查：平台没有开启（设置 GONGKAI_PROBE_SITE）。"]
    finding = Finding.objects.select_related("agency").get()
    assert "链接/mended" in finding.what
    assert "状态码404" in finding.what
    assert dict(OutsideLink.objects.values_list("answer", "said")).keys() == {"good", "dead", "unsure"}
    asked = len(site.asked)
    inspect(cast)
    assert len(site.asked) == asked, "what was answered just now is not asked again"
    assert recheck(finding, by=cast.actor("clerk"), at=timezone.now()).state == "open"
    site.gone = False
    assert recheck(finding, by=cast.actor("clerk"), at=timezone.now()).state == "closed"
    assert len(site.asked) == asked + 2


def test_no_more_than_the_settings_say(cast: Cast, site: Site, probing: None, settings: Any) -> None:
    settings.PROBE_MOST = 3
    with_links(cast, site, *(f"/gone?{n}" for n in range(8)))
    left = [inspect(cast).left_out[0] for _ in range(2)]
    assert left == [
        "站外链接每次最多检查 3 个，还有 5 个留到下一次。",
        "站外链接每次最多检查 3 个，还有 2 个留到下一次。",
    ]
    inspect(cast)
    assert len(site.asked) == 8
    assert open_rules(cast) == ["link_outside"] * 8


def test_off_unless_wanted(cast: Cast, site: Site) -> None:
    with_links(cast, site, "/gone")
    run = inspect(cast)
    assert open_rules(cast) == []
    assert "GONGKAI_PROBE_LINKS" in run.left_out[0]
    assert site.asked == []


def test_visits_to_our_own_front(cast: Cast, site: Site, settings: Any) -> None:
    freshen(cast)
    now = timezone.now()
    assert visit_all(now, prober()) == (0, 0)
    settings.PROBE_SITE, settings.SITE_ADDRESS = True, site.address
    settings.ALLOWED_HOSTS = ["testserver"]
    assert visit_all(now, prober()) == (1, 0)
    site.gone = True
    for n in range(20):
        visit(cast.agency, now + timedelta(minutes=n), prober())
    inspect(cast)
    assert open_rules(cast) == ["site_down", "site_failed"]
    site.gone = False
    failed = Finding.objects.select_related("agency").get(rule="site_failed")
    assert recheck(failed, by=cast.actor("clerk"), at=now + timedelta(hours=1)).state == "closed"
    down = Finding.objects.select_related("agency").get(rule="site_down")
    assert recheck(down, by=cast.actor("clerk"), at=now + timedelta(hours=2)).state == "open"
    for n in range(500):
        SiteVisit.objects.create(agency=cast.agency, at=now + timedelta(hours=2, seconds=n), opened=True)
    assert recheck(down, by=cast.actor("clerk"), at=now + timedelta(hours=3)).state == "closed"
