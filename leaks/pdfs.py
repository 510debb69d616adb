"""PDF files that hold a leak: seen, unseen, and beside the pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf

from .typeset import page_of
from .values import Leak

_LINES = "关于有关事项的说明\n\n现将有关事项说明如下，请予支持。\n\n"


def _quoted(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shown(leak: Leak) -> bytes:
    return page_of(f"{_LINES}{_quoted(leak.sentence)}\n")


def _second_page(leak: Leak) -> bytes:
    return page_of(f"{_LINES}#pagebreak()\n附件\n\n{_quoted(leak.sentence)}\n#pagebreak()\n完")


def _under_black(leak: Leak) -> bytes:
    cover = "#place(top + left, dy: -4pt, rect(width: 100%, height: 22pt, fill: black))"
    return page_of(f"{_LINES}#block[{_quoted(leak.sentence)}{cover}]")


def _white(leak: Leak) -> bytes:
    return page_of(f"{_LINES}#text(fill: white)[{_quoted(leak.sentence)}]")


def _by_pike(change: Callable[[Any, Leak], None]) -> Callable[[Leak], bytes]:
    def make(leak: Leak) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(page_of(_LINES))) as pdf:
            change(pdf, leak)
            pdf.save(out)
        return out.getvalue()

    return make


def _note(pdf: Any, leak: Leak) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 700, 70, 720], Contents=leak.sentence
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def _property(pdf: Any, leak: Leak) -> None:
    pdf.docinfo["/Subject"] = leak.sentence


def _xmp(pdf: Any, leak: Leak) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:description"] = leak.sentence


def _attached(pdf: Any, leak: Leak) -> None:
    pdf.attachments["底稿.txt"] = leak.sentence.encode()


def _form(pdf: Any, leak: Leak) -> None:
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="field1",
            V=leak.sentence,
            Rect=[50, 600, 300, 620],
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def _bookmark(pdf: Any, leak: Leak) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(leak.sentence, 0))


def _layer(leak: Leak) -> bytes:
    """The sentence in a layer that is switched off."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_shown(leak))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底稿"))
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer])
        )
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        page.contents_coalesce()
        page.Contents = pdf.make_stream(b"/OC /MC0 BDC\n" + page.Contents.read_bytes() + b"\nEMC\n")
        pdf.save(out)
    return out.getvalue()


def _earlier(leak: Leak) -> bytes:
    """The sentence on a page that a later save, appended to the file, put another one in place of."""
    first = _shown(leak)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number, size = pdf.pages[0].obj.objgen[0], int(pdf.trailer.Size)
        root, media = pdf.Root.objgen[0], [float(x) for x in pdf.pages[0].mediabox]
        parent = pdf.pages[0].obj.Parent.objgen[0]
    start = first.rindex(b"startxref")
    before = int(first[start + 9 :].split()[0])
    page = f"{number} 0 obj\n<</Type/Page/Parent {parent} 0 R/MediaBox{media}/Resources<<>>/Contents {size} 0 R>>\nendobj\n".encode()
    page = page.replace(b",", b"")
    empty = f"{size} 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n".encode()
    base = len(first) + 1
    table = (
        f"xref\n{number} 1\n{base:010d} 00000 n \n{size} 1\n{base + len(page):010d} 00000 n \n"
        f"trailer\n<</Size {size + 1}/Root {root} 0 R/Prev {before}>>\nstartxref\n{base + len(page) + len(empty)}\n%%EOF\n"
    )
    return first + b"\n" + page + empty + table.encode()


def _named(make: Callable[[Leak], bytes]) -> Callable[[Leak], tuple[str, bytes]]:
    return lambda leak: ("说明.pdf", make(leak))


PDFS = {
    "PDF 正文": _named(_shown),
    "PDF 第二页": _named(_second_page),
    "PDF 黑块下面": _named(_under_black),
    "PDF 白字": _named(_white),
    "PDF 批注": _named(_by_pike(_note)),
    "PDF 属性": _named(_by_pike(_property)),
    "PDF XMP": _named(_by_pike(_xmp)),
    "PDF 附件": _named(_by_pike(_attached)),
    "PDF 表单": _named(_by_pike(_form)),
    "PDF 书签": _named(_by_pike(_bookmark)),
    "PDF 关掉的图层": _named(_layer),
    "PDF 以前的版本": _named(_earlier),
}
