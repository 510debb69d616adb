"""The process that bench/inspection.py measures and kills: `python -m bench.inspecting`, a line after each lot. With a
number, so many findings of earlier days are written first, which the closing step has to close."""

from __future__ import annotations

import json
import os
import resource
import sys
import time


def main() -> None:
    """Go on with the run of the sample agency, or begin one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from gongkai.agencies.actor import Actor
    from gongkai.agencies.queries import open_agency
    from gongkai.oversight.actions.run import ask
    from gongkai.oversight.inspection.running import Going, step
    from gongkai.oversight.models import InspectionRun

    agency = open_agency("xtxsfj")
    if len(sys.argv) > 1:
        leave(agency, int(sys.argv[1]))
        return
    pk = ask(agency, by=Actor.system(timezone.localdate(), "测量"), at=timezone.now()).pk
    going = Going.of(InspectionRun.objects.select_related("agency").get(pk=pk))
    queries, before = [0], going.run.done

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        queries[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        while going.run.state != InspectionRun.State.DONE:
            stage, start = going.run.stage, time.perf_counter()
            step(going)
            told = {
                "stage": stage,
                "seconds": time.perf_counter() - start,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "closed": going.run.closed,
                "found": going.run.found,
                "state": str(going.run.state),
                "done": going.run.done,
                "items": going.run.total,
                "looked": max(1, going.run.done - before),
                "queries": queries[0],
            }
            print(json.dumps(told), flush=True)


def leave(agency, count: int) -> None:  # type: ignore[no-untyped-def]
    """Open findings of yesterday about what is no longer there."""
    from datetime import timedelta

    from django.utils import timezone

    from gongkai.oversight.models import Finding

    at = timezone.now() - timedelta(days=1)
    for start in range(0, count, 5000):
        Finding.objects.bulk_create(
            Finding(
                agency=agency,
                rule="lapsed",
                key=f"gone:{n}",
                gravity=3,
                what="有效期已过",
                found_at=at,
                seen_at=at,
                due_on=at.date(),
            )
            for n in range(start, min(count, start + 5000))
        )


if __name__ == "__main__":
    main()
