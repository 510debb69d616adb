"""The law in one sentence beside a field or a duty."""

from __future__ import annotations

from gongkai.statute.refs import parse_ref


def law_sentence(written: str) -> str:
    """《条例》第三十条：…, from `ogi 30`; for an instrument as a whole its title.

    Raises ValueError or `UnknownReference` for a place that is not on file.
    """
    ref = parse_ref(written)
    return f"{ref}：{ref.says}" if ref.article is not None else str(ref)
