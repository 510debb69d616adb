"""A ledger of 100,000 requests as .xlsx and as .csv: peak memory of the process that writes it, and seconds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta

from bench.measure import Line, peak_mib

ROWS = 100_000
LIMIT_MIB = 300
_LOT = 2000


def run() -> Iterator[Line]:
    """Each copy in a process of its own, on a scratch database filled once."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        own = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
        os.environ.clear()
        os.environ.update(own, GONGKAI_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="gongkai.config.settings")
        here = [sys.executable, "-m", "bench.ledger"]
        subprocess.run([*here, "fill"], check=True)
        for copy, ending in (("own", "xlsx"), ("own", "csv"), ("public", "xlsx"), ("public", "csv")):
            start = time.perf_counter()
            peak = peak_mib([*here, copy, ending])
            spent = time.perf_counter() - start
            name = f"ledger_export_{copy}_{ending}_{ROWS}"
            yield Line(f"{name}_memory", round(peak, 1), "MiB", "limit_300_MiB", round(peak / LIMIT_MIB, 2))
            yield Line(f"{name}_time", round(spent, 1), "s")


def _fill() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from gongkai.agencies.models import Agency
    from gongkai.inforequests.models import InfoRequest

    agency = Agency.objects.create(slug="bench", name="测试局", code="BENCH")
    first = date(2024, 1, 2)
    for start in range(0, ROWS, _LOT):
        InfoRequest.objects.bulk_create(
            InfoRequest(
                agency=agency,
                number=f"测试局信公开〔2024〕第{n}号",
                requester_kind="natural",
                applicant=f"甲{chr(0x4E00 + n % 5000)}{chr(0x4E00 + n % 4999)}",
                channel="in_person",
                submitted_on=first + timedelta(days=n % 300),
                received_on=first + timedelta(days=n % 300),
                closed_on=first + timedelta(days=n % 300 + 10),
                outcome="granted",
                state="answered",
                content=f"申请公开第{n}号地块的批复文件、征收公告和补偿方案，联系电话13800138000",
                obtain="邮寄",
                publication="未发布",
            )
            for n in range(start, start + _LOT)
        )


def _write(copy: str, ending: str) -> None:
    from gongkai.agencies.models import Agency
    from gongkai.ledger.queries import Wanted
    from gongkai.ledger.sheets import sheet_of

    agency = Agency.objects.get(slug="bench")
    size = sum(map(len, sheet_of(agency, Wanted(year=2024), copy, ending).pieces))  # type: ignore[arg-type]
    assert size > ROWS * 20, size


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        _fill()
    else:
        _write(*sys.argv[1:])
