"""HTML: a page that stands alone, and a fragment of plain markup to paste into the CMS of another site."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from ..model import AnnualReport
from .flow import Annex, Heading, Item, Signature, Text, Title, flow, printed_title
from .layout import Place, Role, Table

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _cell(table: Table, index: dict[Place, str], place: Place, pasted: bool) -> str:
    """One td or th. A head that covers several columns says colgroup; a figure names all of its heads."""
    attributes = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", place.rows), ("colspan", place.columns))
        if count > 1
    )
    text = escape(place.text)
    if place.role is Role.FIGURE:
        heads = "" if pasted else " ".join(index[head] for head in table.heads_of(place))
        attributes += f' headers="{heads}"' if heads else ""
        attributes += ' align="center"' if pasted else ""
        return f"<td{attributes}>{text}</td>"
    if place.role is Role.LABEL:
        scope = "row"
    else:
        scope = "colgroup" if place.columns > 1 else "col"
    name = "" if pasted else f' id="{index[place]}" class="{place.role.value}"'
    return f'<th scope="{scope}"{name}{attributes}>{text}</th>'


def _table(table: Table, pasted: bool) -> str:
    index = {place: f"{table.key}-{n}" for n, place in enumerate(table.places)}
    lines = [
        "<tr>" + "".join(_cell(table, index, place, pasted) for place in line) + "</tr>"
        for line in table.lines()
    ]
    head, body = lines[: table.head_rows], lines[table.head_rows :]
    start = '<table border="1" cellspacing="0" cellpadding="4" width="100%">' if pasted else "<table>"
    out = [start, f"<caption>{escape(table.caption)}</caption>"]
    whole = sum(table.widths)
    out.append("<colgroup>" + "".join(f'<col width="{w / whole:.1%}">' for w in table.widths) + "</colgroup>")
    if head:
        out += ["<thead>", *head, "</thead>"]
    out += ["<tbody>", *body, "</tbody>", "</table>"]
    if not pasted:
        label = escape(f"表格：{table.caption}")
        out = [
            f'<div class="sheet {table.key}" role="region" tabindex="0" aria-label="{label}">',
            *out,
            "</div>",
        ]
    return "\n".join(out)


def _text(item: Text) -> str:
    text = escape(item.text)
    if item.alone and item.level == 2:
        return f"<h3>{text}</h3>"
    if item.lead and not item.alone:
        text = f"<strong>{escape(item.text[: item.lead])}</strong>{escape(item.text[item.lead :])}"
    return f"<p>{text}</p>"


def _item(item: Item, pasted: bool) -> str:
    match item:
        case Title():
            return f"<h1>{escape(item.text)}</h1>"
        case Heading():
            return f"<h2>{escape(item.text)}</h2>"
        case Text():
            return _text(item)
        case Table():
            return _table(item, pasted)
        case Signature():
            align = ' align="right"' if pasted else ' class="signed"'
            return "\n".join(f"<p{align}>{escape(line)}</p>" for line in item.lines)
        case Annex():
            return f"<p>附件</p>\n{_table(item.table, pasted)}"


def to_fragment(report: AnnualReport, *, signature: Signature | None = None) -> str:
    """The report as plain markup for the editor of another site: no style, no script, no ids, borders as
    attributes. The ledger annex is left out: it names people, and this text goes to the public."""
    return "\n".join(_item(item, True) for item in flow(report, signature, annex=False)) + "\n"


def to_page(report: AnnualReport, *, signature: Signature | None = None) -> str:
    """The report as a page of its own: style within, nothing fetched, prints black on white."""
    body = "\n".join(_item(item, False) for item in flow(report, signature))
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    return _PAGE.format(title=escape(printed_title(report)), style=style, body=body)


def to_html(report: AnnualReport, *, signature: Signature | None = None) -> bytes:
    """`to_page` as UTF-8 bytes."""
    return to_page(report, signature=signature).encode("utf-8")
