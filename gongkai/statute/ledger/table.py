"""Rows of a table that people filled in, by the heads of its columns: found where they stand, in whatever order, also
under other names and with remarks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .columns import squeezed
from .grid import Grid, UnreadableLedger

_AHEAD = 20
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|必填|选填|可不填|[*＊]")


def head_key(text: str) -> str:
    """A head as it is compared: 标 题（必填）* → 标题."""
    return squeezed(_REMARK.sub("", unicodedata.normalize("NFKC", text))) or squeezed(text)


def keys_of(heads: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    """What a head names, by its key: of (slug, head, other names). A full head goes before another's other name; of a
    head of ours with something in brackets the whole counts: 金额（万元） is not 金额（元）."""
    rows = list(heads)
    found = {head_key(name): slug for slug, _, others in rows for name in others}
    return found | {squeezed(head): slug for slug, head, _ in rows}


@dataclass(slots=True)
class Heads:
    """Which column stands where; `unused` are the heads that name none, `twice` those that came again."""

    places: dict[int, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def heads_in(texts: list[str], keys: Mapping[str, str]) -> Heads:
    """The heads in a row of texts."""
    found = Heads()
    for place, text in enumerate(texts):
        slug = keys.get(squeezed(text)) or keys.get(head_key(text))
        if slug is None:
            if text.strip():
                found.unused.append(text.strip())
        elif slug in found.places.values():
            found.twice.append(text.strip())
        else:
            found.places[place] = slug
    return found


def table_rows(
    grid: Grid, keys: Mapping[str, str], needed: Collection[str], *, most: int, told: str, heads: Heads
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the first heads that have all of `needed`, each with its number and the texts it has by column;
    empty ones are left out. `heads` is filled with what was found. Raises `UnreadableLedger`: with `told` where there
    are no such heads; where more than `most` rows are filled in, at the first too many."""
    for sheet in grid.sheets:
        places: dict[int, str] = {}
        count = 0
        for at, texts in grid.rows(sheet):
            if not places:
                found = heads_in(texts, keys)
                if set(needed) <= set(found.places.values()):
                    places = found.places
                    heads.places, heads.unused, heads.twice = found.places, found.unused, found.twice
                elif at >= _AHEAD:
                    break
                continue
            row = {slug: texts[n] for n, slug in places.items() if n < len(texts) and texts[n]}
            if row:
                count += 1
                if count > most:
                    raise UnreadableLedger(f"一次最多导入{most}行，请分成几个文件。")
                yield at, row
        if places:
            return
    raise UnreadableLedger(told)
