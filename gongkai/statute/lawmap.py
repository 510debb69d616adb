"""The law map: every symbol that encodes law with the places it rests on, and the tests that hold it there.

`python -m gongkai.statute.lawmap > docs/law-map.md` writes the map anew from the root of the repository.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import gongkai.statute

from .refs import Instrument, Ref, chinese_number, instruments

_ROOT = "gongkai.statute."
_HEAD = """# 法条对照表

法条 → 代码 → 用例。由 `python -m gongkai.statute.lawmap` 生成，请勿手改。
“存疑”是该文件没有核到原文的部分；没有代码的条文只在说明中引用。
"""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol that encodes law: `name` within gongkai.statute, its `key` (slug, code or name), its references."""

    module: str
    holder: str
    key: str
    refs: tuple[Ref, ...]

    @property
    def name(self) -> str:
        """`fees.by_pages` for a function or constant, `duties.LIMITS[budget]` for an entry of a table."""
        return f"{self.module}.{self.holder}" + (f"[{self.key}]" if self.key != self.holder else "")


@cache
def symbols() -> tuple[Symbol, ...]:
    """Every public function, constant and table entry in gongkai.statute with a `.ref` or `.refs`, each once.

    Imports every module of the law. An entry with an empty `.refs` is listed too, so that a test can object.
    """
    found: list[Symbol] = []
    seen: set[int] = set()
    for at_home in (True, False):
        for module in _modules():
            for holder, value in list(vars(module).items()):
                if not holder.startswith("_"):
                    found.extend(_symbols(module, holder, value, seen, at_home))
    return tuple(sorted(found, key=lambda symbol: symbol.name))


def _modules() -> list[ModuleType]:
    names = [i.name for i in pkgutil.walk_packages(gongkai.statute.__path__, _ROOT) if i.name != __name__]
    return [importlib.import_module(name) for name in sorted(names) if not name.endswith("__main__")]


def _symbols(
    module: ModuleType, holder: str, value: object, seen: set[int], at_home: bool
) -> Iterator[Symbol]:
    """What one name of a module holds. `at_home`: only where its class or function is defined, so that a thing
    is named where it is made and not where it is imported."""
    for key, entry in _entries(holder, value):
        refs = _refs_of(entry)
        made_in = getattr(entry, "__module__", "")
        if refs is None or id(entry) in seen or (at_home and made_in != module.__name__):
            continue
        seen.add(id(entry))
        yield Symbol(module.__name__.removeprefix(_ROOT), holder, key, refs)


def _entries(holder: str, value: object) -> Iterator[tuple[str, object]]:
    """The value itself, or what a table holds."""
    if isinstance(value, Mapping):
        yield from ((str(key), entry) for key, entry in value.items())
    elif isinstance(value, tuple | list | frozenset | set):
        for n, entry in enumerate(value, 1):
            yield str(getattr(entry, "slug", getattr(entry, "code", n))), entry
    else:
        yield holder, value


def _refs_of(entry: object) -> tuple[Ref, ...] | None:
    """The references an object carries; None when it carries none at all or is a class or a bare reference."""
    if isinstance(entry, type | ModuleType | Ref):
        return None
    many, one = getattr(entry, "refs", None), getattr(entry, "ref", None)
    if isinstance(many, tuple) and all(isinstance(ref, Ref) for ref in many):
        return many
    return (one,) if isinstance(one, Ref) else None


def render(tests: Path) -> str:
    """The map as markdown: a part an instrument, a row an article; `tests` is the folder of the tests."""
    words = _test_words(tests)
    placed: dict[tuple[str, int | None], list[Symbol]] = defaultdict(list)
    for symbol in symbols():
        for ref in dict.fromkeys(Ref(r.instrument, r.article) for r in symbol.refs):
            placed[ref.instrument, ref.article].append(symbol)
    parts = [_HEAD]
    for law in instruments().values():
        parts.append(_part(law, placed, words))
    return "\n".join(parts)


def _part(
    law: Instrument,
    placed: Mapping[tuple[str, int | None], list[Symbol]],
    words: Mapping[str, frozenset[str]],
) -> str:
    head = f"## {law.title}\n\n`{law.id}`" + (f" · {law.number}" if law.number else "")
    if law.in_force_from:
        head += f" · 自{law.in_force_from:%Y-%m-%d}"
    if law.in_force_to:
        head += f" · 至{law.in_force_to:%Y-%m-%d}"
    if law.sure:
        head += f" · 存疑：{law.sure}"
    articles = [None, *(int(a) for a in law.articles)] if (law.id, None) in placed else map(int, law.articles)
    rows = [_row(law, article, placed.get((law.id, article), []), words) for article in articles]
    if not rows:
        return f"{head}\n"
    return f"{head}\n\n| 条 | 内容 | 代码 | 用例 |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _row(
    law: Instrument, article: int | None, here: list[Symbol], words: Mapping[str, frozenset[str]]
) -> str:
    where = "整体" if article is None else f"第{chinese_number(article)}条"
    says = "" if article is None else law.says(str(article))
    files = sorted({file for symbol in here for file in _tests_of(symbol, words)})
    named = "<br>".join(f"`{symbol.name}`" for symbol in here)
    return f"| {where} | {says} | {named or '—'} | {'<br>'.join(files) or '—'} |"


def _test_words(tests: Path) -> dict[str, frozenset[str]]:
    """The words of each test file by its path, the path's own words among them."""
    found = {}
    for file in sorted(tests.rglob("*")):
        if file.suffix in (".py", ".toml") and (file.suffix == ".toml" or file.name.startswith("test_")):
            path = file.relative_to(tests.parent).as_posix()
            found[path] = frozenset(re.findall(r"\w+", path + "\n" + file.read_text(encoding="utf-8")))
    return found


def _tests_of(symbol: Symbol, words: Mapping[str, frozenset[str]]) -> list[str]:
    """Files that speak of the symbol's module and name it or its table; for a code (A-03) each of its parts."""
    room = set(symbol.module.split(".")) - {"report"}
    key = set(re.findall(r"\w+", symbol.key))
    about = [path for path, said in words.items() if room & said]
    naming = [path for path in about if key <= words[path]]
    return naming or [path for path in about if symbol.holder in words[path]]


if __name__ == "__main__":
    sys.stdout.write(render(Path("tests")))
