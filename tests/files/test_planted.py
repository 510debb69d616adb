"""A small `make leaks`: a leak in every place a file has, found, and gone from the clean copy by other readers' word."""

from __future__ import annotations

import pytest

from gongkai.files.reading.everything import read
from gongkai.files.reading.finding import placed
from leaks.carriers import CARRIERS
from leaks.harmless import files
from leaks.judging import finds, judge_clean
from leaks.plant import planted

PLANTS = list(planted(len(CARRIERS), seed=20))


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{carrier}-{leak.kind}" for carrier, leak, *_ in PLANTS])
def test_a_planted_leak_is_found_and_taken_out(plant: tuple) -> None:  # type: ignore[type-arg]
    _, leak, name, content = plant
    assert finds(leak, content, name)
    assert judge_clean(leak, content, name) == ""


def test_harmless_files_raise_no_alarm() -> None:
    alarmed = [
        name
        for name, content in files(20, seed=5)
        if placed(read(content, name)) or any(g.blocks for g in read(content, name).gaps)
    ]
    assert not alarmed
