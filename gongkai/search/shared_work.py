"""Several processes at one rebuilding: each has a connection of its own, and no two the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django

Part = tuple[str, list[int], int]
"""A kind, numbers of it, and the number before them."""


def work_through(parts: Iterable[Part], processes: int) -> Iterator[None]:
    """Bring the parts in step, each told of when it and those before it are done."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_set_up) as pool:
        yield from pool.map(_work, parts)


def _set_up() -> None:
    django.setup()


def _work(part: Part) -> None:
    # What has models can be read only now that the process is set up.
    from .shown import mend  # noqa: PLC0415

    mend(*part)
