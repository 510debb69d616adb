"""Fill one column of the sample with so many items, in the bench's own process: `python -m bench.portal_filling N`.
With `lapsed` behind it every tenth is past its end."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta


def main() -> None:
    """Brought in as everything that was public before is, through the gate."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.queries import open_agency
    from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in
    from gongkai.disclosure.queries import column_of

    agency = open_agency("xtxsfj")
    column, by = column_of(agency, "xzfy"), Actor.system(date(2024, 1, 1), "测量")
    signed = (
        SignedOnPaper("甲某", "办公室", date(2020, 1, 1), ("text", "policy", "political", "secrecy")),
        SignedOnPaper("乙某", "分管领导", date(2020, 1, 1), ("final",)),
    )
    text = "<p>" + "公开的内容与群众关心的事项逐项对应，发布后由专人复核。" * 16 + "</p>"
    count, lot = int(sys.argv[1]), 2000
    lapsed = {"lapses_on": date(2021, 1, 1)} if "lapsed" in sys.argv else {}
    for start in range(0, count, lot):
        past = [
            Past(
                column=column,
                title=f"测量用的信息第{n}条",
                text=text,
                formed_on=date(2020, 1, 1),
                published_at=datetime(2020, 1, 2, tzinfo=UTC) + timedelta(minutes=n),
                signed=signed,
                index_number=f"BENCH/2020-{n:07d}",
                fields=lapsed if n % 10 == 0 else {},
            )
            for n in range(start, min(count, start + lot))
        ]
        bring_in(agency, past, reason="测量", by=by, indexed=False)


if __name__ == "__main__":
    main()
