"""Filling a kept form into its page: the page as it is made, with what was typed put back into its fields.

It works on the finished page, so that no page and no form has to know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LEFT_ALONE = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})


def refilled(
    page: str, here: str, path: str, fields: Iterable[tuple[str, str]]
) -> tuple[str, list[str], bool]:
    """The page with the fields filled in, the values for which it has no field, and whether it has the form at all.

    `here` is the page's own address, `path` the address the form goes to. Hidden fields, passwords and files stay
    as the page has them: a hidden field may say on which state of things the page was made.
    """
    tree = LexborHTMLParser(page)
    typed: dict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        typed[name].append(value)
    forms = [form for form in tree.css("form") if _goes_to(form, here) == path]
    if not forms:
        return page, [v for values in typed.values() for v in values if v.strip()], False
    best = max(forms, key=lambda form: len(typed.keys() & {_name(field) for field in _fields(form)}))
    for field in _fields(best):
        _fill(field, typed)
    known = {_name(field) for field in best.css("input, button, select, textarea")}
    left = [v for name, values in typed.items() if name not in known for v in values if v.strip()]
    return tree.html or page, left, True


def _goes_to(form: LexborNode, here: str) -> str:
    if (form.attributes.get("method") or "get").lower() != "post":
        return ""
    return urlsplit(urljoin(here, form.attributes.get("action") or here)).path


def _name(field: LexborNode) -> str:
    return field.attributes.get("name") or ""


def _type(field: LexborNode) -> str:
    return (field.attributes.get("type") or "text").lower()


def _fields(form: LexborNode) -> list[LexborNode]:
    """What can be typed into, ticked or chosen."""
    return [
        field
        for field in form.css("input, select, textarea")
        if _name(field) and not (field.tag == "input" and _type(field) in _LEFT_ALONE)
    ]


def _fill(field: LexborNode, typed: dict[str, list[str]]) -> None:
    values = typed.get(_name(field), [])
    if field.tag == "select":
        if values:
            for option in field.css("option"):
                _set(option, "selected", _option_value(option) in values)
    elif field.tag == "textarea":
        if values:
            _write(field, values.pop(0))
    elif _type(field) in ("checkbox", "radio"):
        ticked = field.attributes.get("value")
        _set(field, "checked", ("on" if ticked is None else ticked) in values)
    elif values:
        field.attrs["value"] = values.pop(0)


def _option_value(option: LexborNode) -> str:
    value = option.attributes.get("value")
    return option.text(strip=True) if value is None and "value" not in option.attributes else value or ""


def _set(node: LexborNode, name: str, on: bool) -> None:
    if on:
        node.attrs[name] = ""
    elif name in node.attributes:
        del node.attrs[name]


def _write(area: LexborNode, text: str) -> None:
    child = area.child
    while child is not None:
        following = child.next
        child.decompose()
        child = following
    # A line break right after the opening tag is not read as text, so one is given away.
    area.insert_child(f"\n{text}")


def put_before_content(page: str, banner: str) -> str:
    """The page with the banner as the first thing in its main part."""
    start = page.find("<main")
    end = page.find(">", start) + 1 if start >= 0 else 0
    return page[:end] + banner + page[end:] if end else page
