"""The site as it is really served: how soon it is up, what one worker holds after a thousand mixed requests."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import Line

REQUESTS, AT_ONCE, SIGN_INS = 1_000, 4, 40
LIMIT_MB, LIMIT_SECONDS = 160, 5
_OWN = "/zfxxgk/xtxsfj/"


class Visitor:
    """A browser with one connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; bytes that are no text are not looked at."""
        return self._ask("GET", path)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in as a person does: open the page, send the form."""
        self.cookies.clear()
        self._send("/desk/sign-in/", {"username": name, "password": password})

    def track(self, column: str, number: str, code: str) -> None:
        """Open a request as its requester does, at an agency's public column."""
        self._send(f"{column}requests/track/", {"number": number, "code": code})

    def _send(self, path: str, typed: dict[str, str]) -> None:
        _, page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        status, page = self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token[1], **typed}))
        assert status == 302, (status, page[-1500:])

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, content.decode("utf-8", "replace")


def environment(folder: Path, port: int) -> dict[str, str]:
    """A scratch site with the default settings, without the worker beside it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_") and k != "DATABASE_URL"}
    return {**env, "GONGKAI_DATA_DIR": str(folder), "PORT": str(port), "GONGKAI_SERVE_WORKER": "false"}


@contextmanager
def served(env: dict[str, str]) -> Iterator[tuple[int, float]]:
    """The site, until the block ends: the number of its process and the seconds it took to be ready."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
        start_new_session=True,
    )
    try:
        while not _is_ready(int(env["PORT"])):
            if process.poll() is not None or time.perf_counter() - start > 60:
                raise SystemExit("the site did not start")
            time.sleep(0.02)
        yield process.pid, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def _is_ready(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _sample(env: dict[str, str]) -> dict[str, str]:
    """Load the sample year and publish its report; the passwords made."""
    done = subprocess.run(
        [sys.executable, "manage.py", "run_sample", "--no-serve"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(re.findall(r"^  (\S+)\s+(\S{16})\s", done.stdout, re.MULTILINE))


def public_paths(visitor: Visitor) -> list[str]:
    """What an anonymous visitor asks for: every public page by its links, and the report in every format."""
    found: dict[str, None] = {}
    for path in (_OWN, f"{_OWN}guide/", f"{_OWN}reports/"):
        for link in re.findall(r'href="(/[^"#]+)"', visitor.get(path)[1]):
            if not link.startswith(("/desk/", "/static/")):
                found[link] = None
    return [path for path in found if visitor.get(path)[0] in (200, 302)]


def desk_paths(visitor: Visitor) -> list[str]:
    """What a clerk asks for: every page of the desk one link away, files included."""
    found = {"/desk/xtxsfj/": None, "/desk/xtxsfj/reports/2024/": None}
    for path in list(found):
        for link in re.findall(r'href="(/desk/xtxsfj/[^"#]*)"', visitor.get(path)[1]):
            found[link] = None
    found["/desk/xtxsfj/search/?q=%E6%B3%95%E6%B2%BB"] = None
    return [path for path in found if visitor.get(path)[0] == 200]


def _workload(port: int, passwords: dict[str, str]) -> int:
    """The thousand requests, four at a time, half of them signed in; how many."""
    anonymous, clerk = Visitor(port), Visitor(port)
    clerk.sign_in("clerk", passwords["clerk"])
    outside, inside = public_paths(anonymous), desk_paths(clerk)
    if len(outside) < 10 or len(inside) < 10:
        raise SystemExit(f"too few pages to measure with: {outside} {inside}")

    def part(number: int) -> int:
        visitor, staff, count = Visitor(port), Visitor(port), 0
        each = REQUESTS // AT_ONCE
        names = cycle(("clerk", "reviewer", "head"))
        mixed = zip(
            islice(cycle(outside), number * 7, None), islice(cycle(inside), number * 7, None), strict=False
        )
        for turn, (path, own) in enumerate(mixed):
            if turn % (each // (SIGN_INS // AT_ONCE) // 2) == 0:
                name = next(names)
                staff.sign_in(name, passwords[name])
                count += 2
            for status in (visitor.get(path)[0], staff.get(own)[0]):
                count += 1
                if status >= 500 or status in (400, 429):
                    raise SystemExit(f"{status}: {path} {own}")
            if count >= each:
                return count
        return count

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(part, range(AT_ONCE)))


def _worker_mb(pid: int) -> tuple[float, float]:
    """Resident memory of the largest child, now and at its peak, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(_status(int(child)) for child in children)


def _status(pid: int) -> tuple[float, float]:
    text = Path(f"/proc/{pid}/status").read_text()
    now, peak = (re.search(rf"^{name}:\s+(\d+)", text, re.M) for name in ("VmRSS", "VmHWM"))
    assert now
    assert peak
    return int(now[1]) / 1024, int(peak[1]) / 1024


def _rate(port: int, paths: list[str], count: int = 200) -> float:
    visitor = Visitor(port)
    start = time.perf_counter()
    for path in islice(cycle(paths), count):
        visitor.get(path)
    return count / (time.perf_counter() - start)


def run() -> Iterator[Line]:
    """Seconds until ready and MB of a worker, each with its limit; pages a second beside the bare probe."""
    if not Path("/proc/self/status").exists():
        raise SystemExit("the memory of a worker is measured on Linux only")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = environment(Path(folder), _free_port())
        port, passwords = int(env["PORT"]), _sample(env)
        with served(env):
            pass
        with served(env) as (pid, seconds):
            yield Line("site_up", round(seconds, 2), "s", "limit_5_s", round(seconds / LIMIT_SECONDS, 2))
            yield Line("worker_at_start", round(_worker_mb(pid)[0], 1), "MB")
            bare = _rate(port, ["/healthz"])
            pages = _rate(port, [_OWN, f"{_OWN}guide/", f"{_OWN}reports/2024/"])
            done = _workload(port, passwords)
            now, peak = _worker_mb(pid)
        name = f"worker_after_{done}_requests"
        yield Line(name, round(now, 1), "MB", "limit_160_MB", round(now / LIMIT_MB, 2))
        yield Line(f"{name}_peak", round(peak, 1), "MB", "limit_160_MB", round(peak / LIMIT_MB, 2))
        yield Line("public_pages", round(pages, 1), "requests/s", "health_page", round(bare / pages, 2))
        yield Line("health_page", round(bare, 1), "requests/s")
