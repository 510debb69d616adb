"""Memory of the served processes."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of mallopt(3)."""
_LARGE = 1 << 20


def give_memory_back() -> None:
    """Let this process and its children give large blocks back as soon as they are free, and share their heaps among
    threads (Linux with glibc; nothing elsewhere).

    Left to itself, each thread keeps a heap of its own that never shrinks, and the 19 MiB of a password's digest stay
    with the process for good. Must be called before threads begin.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 2)
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, _LARGE)
