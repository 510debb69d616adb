"""Texts to search in: words of the sample and words of a seeded generator, as unevenly spread as in real texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bench.sample import as_text, report

LENGTH = 400
_COINED, _LOT = 30_000, 1000
_SIGNS = "，，，，。。；、"


def vocabulary(draw: random.Random) -> list[str]:
    """Words of two to four characters cut from the sample, and as many coined of its characters as are needed."""
    told = Path("gongkai/sample/xiangtan_justice.toml").read_text("utf-8") + as_text(report(1))
    runs = re.findall(r"[一-鿿]{2,}", told)
    cut = {
        run[at : at + size]
        for run in runs
        for size in (2, 3, 4)
        for at in range(0, len(run) - size + 1, size)
    }
    own = sorted(cut, key=lambda word: (-told.count(word), word))
    signs = sorted({sign for run in runs for sign in run})
    coined = {"".join(draw.choices(signs, k=draw.choice((2, 2, 3, 4)))) for _ in range(_COINED)}
    return own + sorted(coined - cut)


def documents(first: int, after: int, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Titles and texts of about four hundred characters from the first number on; the commonest words stand in nearly
    all of them. A thousand are always the same, whoever asks for them."""
    words = vocabulary(random.Random(seed))
    weights = list(accumulate(1 / (n + 3) ** 0.8 for n in range(len(words))))
    draw = random.Random()
    for number in range(first, after):
        if number % _LOT == 0 or number == first:
            draw.seed(seed * 10**9 + number)
        length, parts = draw.randint(LENGTH // 2, LENGTH * 3 // 2), []
        picked = iter(draw.choices(words, cum_weights=weights, k=length // 2 + 1))
        while length > 0:
            word = next(picked)
            parts.append(word + (draw.choice(_SIGNS) if draw.random() < 0.15 else ""))
            length -= len(parts[-1])
        yield "".join(draw.choices(words, cum_weights=weights, k=draw.randint(3, 6))), "".join(parts)


def queries(texts: list[str], each: int, seed: int = 9) -> dict[str, list[str]]:
    """What is looked for, of each length: cut out of the texts, so that the common are asked for as often as they
    stand there, and a tenth put together of any characters."""
    draw = random.Random(seed)
    runs = [
        run
        for text in draw.sample(texts, min(len(texts), each * 8))
        for run in re.findall(r"[一-鿿]{6,}", text)
    ]
    signs = sorted({sign for run in runs for sign in run})
    found: dict[str, list[str]] = {}
    for name, sizes in (("1", (1,)), ("2", (2,)), ("3_4", (3, 4)), ("6", (6,))):
        found[name] = []
        while len(found[name]) < each:
            size, run = draw.choice(sizes), draw.choice(runs)
            at = draw.randrange(len(run) - size + 1)
            coined = "".join(draw.choices(signs, k=size))
            found[name].append(coined if draw.random() < 0.1 else run[at : at + size])
    return found
