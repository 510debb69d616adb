"""`make leaks`: plant, search, take out, look again; one JSON line and a sentence on standard output."""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter

from gongkai.files.reading.everything import read
from gongkai.files.reading.finding import placed

from .harmless import files
from .judging import finds, judge_clean
from .plant import planted

MOST_FALSE = 0.05


def main() -> None:
    """LEAKS= so many plants (200), CLEAN= so many harmless files (200), SEED= the seed (1)."""
    count, clean = int(os.environ.get("LEAKS", "200")), int(os.environ.get("CLEAN", "200"))
    seed, began = int(os.environ.get("SEED", "1")), perf_counter()
    missed, left, false = [], [], []
    for carrier, leak, name, content in planted(count, seed):
        if not finds(leak, content, name):
            missed.append(f"{carrier} {leak.kind}: {leak.sentence}")
        wrong = judge_clean(leak, content, name)
        if wrong:
            left.append(f"{carrier} {leak.kind}: {wrong}")
    for name, content in files(clean, seed):
        reading = read(content, name)
        alarms = [f"{p.finding.label} {p.finding.text}" for p in placed(reading)]
        if alarms or any(gap.blocks for gap in reading.gaps):
            false.append(f"{name}: {alarms}")
    for line in (*missed, *left, *false):
        print(line, file=sys.stderr)
    told = {
        "leaks": count,
        "found": count - len(missed),
        "left_after_redaction": len(left),
        "clean_files": clean,
        "false_alarms": len(false),
        "seed": seed,
        "seconds": round(perf_counter() - began, 1),
    }
    print(json.dumps(told))
    good = not missed and not left and len(false) < MOST_FALSE * clean
    print(
        f"{count} planted leaks, {count - len(missed)} found, {len(left)} left after redaction; "
        f"{len(false)} of {clean} harmless files raised an alarm: {'as it should be' if good else 'NOT as it should be'}."
    )
    sys.exit(0 if good else 1)


main()
