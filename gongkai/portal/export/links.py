"""Links of a page made relative, so that the folder works wherever it is put; what needs a server leads to the one
there is."""

from __future__ import annotations

import re
from html import escape, unescape
from posixpath import dirname, relpath
from urllib.parse import urldefrag

from .places import place_of, static_prefix

_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|action)="(/(?!/)[^"]*|\?[^"]*)"')
_STYLE = re.compile(r"url\((['\"]?)(/[^)'\"]+)\1\)")


class Links:
    """The links of one page: `address` is where it is served, `live` the server that answers what no file can, empty
    for none. `statics` gathers the style sheets, scripts and pictures it needs."""

    def __init__(self, address: str, live: str) -> None:
        self.address, self.live = address, live
        self.place = place_of(address) or ""
        self.statics: set[str] = set()

    def rewrite(self, html: str) -> str:
        """The page with its links rewritten."""
        return _ATTRIBUTE.sub(self._attribute, html)

    def _attribute(self, found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(self._link(unescape(found[2])))}"'

    def _link(self, link: str) -> str:
        path, mark = urldefrag(link)
        if path.startswith("?"):
            path = self.address.partition("?")[0] + path
        place = place_of(path)
        if place is None:
            return f"{self.live}{path}" if self.live else relative(self.place, "index.html")
        if path.startswith(static_prefix()):
            self.statics.add(path)
        return relative(self.place, place) + (f"#{mark}" if mark else "")


def relative(here: str, there: str) -> str:
    """The way from one file of the folder to another."""
    return relpath(there, dirname(here) or ".")
