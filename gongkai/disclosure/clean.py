"""Cleaning: from whatever was typed, pasted or imported, only what a public page may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape, unescape
from urllib.parse import unquote_plus

import nh3

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "a", "img", "figure", "figcaption"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("strong", "b", "em", "i", "u", "s", "sub", "sup"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
}
_CLASSES = {tag: {"center", "right"} for tag in ("p", "h2", "h3", "h4", "td", "th", "caption")}
_SCHEMES = {"http", "https", "mailto", "tel"}
OWN = "files/"
"""How the text names a file of its own: files/ and the number of the stored file, 32 letters and digits."""
_OWN = re.compile(r"files/([0-9a-f]{32})\Z")
_OWN_ANYWHERE = re.compile(r'(?<==")files/([0-9a-f]{32})(?=")')
_SPAN = re.compile(r"[1-9][0-9]{0,2}\Z")
_FIXED = {"type": {"1", "a", "A", "i", "I"}, "scope": {"row", "col"}}
_NAMED = re.compile(r'<(?:img|a)\b[^<>]*?\s(?:alt|href)="[^"]*"[^<>]*>')
_VALUE = re.compile(r'\s(alt|href)="([^"]*)"')
_EMPTY = re.compile(r"<(p|h[234])(?: class=\"\w+\")?>(?:\s|&nbsp;|<br>)*</\1>")


def clean_html(html: str, own: Collection[str] = ()) -> str:
    """The text with headings, paragraphs, lists, tables with their spans, links and pictures, and nothing else.

    A picture stays when it is one of the item's own files (`own`, their numbers as 32 letters and digits), a link when
    it leads to one of them or by http, https, mail or telephone. Cleaning what is clean changes nothing.
    """

    def keep(tag: str, attribute: str, value: str) -> str | None:
        # The cleaner leaves these two on any tag: words that nobody sees and everybody can read.
        if attribute in ("title", "lang"):
            return None
        if attribute in _FIXED:
            return value if value in _FIXED[attribute] else None
        if attribute in ("colspan", "rowspan", "span", "start"):
            return value if _SPAN.match(value) else None
        if attribute in ("src", "href"):
            file = _OWN.match(value)
            if tag == "img" or file is not None:
                return value if file is not None and file[1] in own else None
        return value

    return _EMPTY.sub(
        "",
        nh3.clean(
            html.replace("\0", ""),
            tags=_TAGS,
            clean_content_tags={"script", "style", "title", "xml", "svg", "math", "template"},
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            attribute_filter=keep,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer",
        ),
    ).strip()


def with_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """A cleaned text in which its own files stand under full addresses: `address_of` gets a file's number."""
    return _OWN_ANYWHERE.sub(lambda found: escape(address_of(found[1])), html)


def own_files_in(html: str) -> set[str]:
    """The numbers of the item's own files that a cleaned text shows or links to."""
    return set(_OWN_ANYWHERE.findall(html))


def unseen_words(html: str) -> str:
    """What a cleaned text holds beside the words one sees, a line each: what is said of pictures, where links lead to,
    written plainly; its own files left out."""
    found = []
    for tag in _NAMED.findall(html):
        for name, value in _VALUE.findall(tag):
            plain = unescape(value)
            if name == "href":
                plain = "" if _OWN.match(plain) else unquote_plus(plain)
            found += plain.splitlines()
    return "\n".join(line for line in found if line.strip())


def plain_text(html: str) -> str:
    """The words of a cleaned text, a line for each block: for searching, counting, summaries."""
    broken = re.sub(r"<(?:br|/p|/h[234]|/li|/tr|/table|/caption|/figcaption|/blockquote|hr)>", "\n", html)
    spaced = re.sub(r"</t[dh]>", " ", broken)
    bare = re.sub(r"<[^>]*>", "", spaced)
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", " "), ("&amp;", "&")):
        bare = bare.replace(mark, sign)
    return "\n".join(line for line in (" ".join(one.split()) for one in bare.splitlines()) if line)


def paragraphs(text: str) -> str:
    """Plain text as HTML, a paragraph a line."""
    return "".join(
        f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip()
    )
