"""The process that bench/inspection.py measures and kills: `python -m bench.inspecting`, a line after each lot."""

from __future__ import annotations

import json
import os


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
    pk = ask(agency, by=Actor.system(timezone.localdate(), "测量"), at=timezone.now()).pk
    going = Going.of(InspectionRun.objects.select_related("agency").get(pk=pk))
    queries, before = [0], going.run.done

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        queries[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        while going.run.state != InspectionRun.State.DONE:
            step(going)
            told = {
                "state": str(going.run.state),
                "done": going.run.done,
                "items": going.run.total,
                "looked": max(1, going.run.done - before),
                "queries": queries[0],
            }
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
