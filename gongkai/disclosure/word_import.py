"""A .docx becomes a text: headings, lists, tables with their spans, links; pictures beside it. The rest is left out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

import mammoth

from .clean import clean_html

_STYLES = """
p[style-name='Title'] => h2:fresh
p[style-name='标题'] => h2:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='heading 4'] => h4:fresh
"""
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
MOST_PICTURES = 30


class CannotRead(ValueError):
    """The file is no .docx that can be read; says what to do."""


@dataclass(slots=True)
class Taken:
    """The text, with `@picture-0@` and so on where its pictures stood, and the pictures: ending and content."""

    html: str = ""
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    left_out: int = 0


def take(content: bytes) -> Taken:
    """Read a .docx. Raises `CannotRead`."""
    taken = Taken()

    def picture(image: Any) -> dict[str, str]:
        ending = _ENDINGS.get(image.content_type)
        if ending is None or len(taken.pictures) >= MOST_PICTURES:
            taken.left_out += 1
            return {"src": ""}
        with image.open() as source:
            taken.pictures.append((ending, source.read()))
        return {"src": f"@picture-{len(taken.pictures) - 1}@", "alt": _said_of(image.alt_text or "")}

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            ignore_empty_paragraphs=True,
        )
    except Exception as error:
        raise CannotRead(
            "这个文件打不开。请用 Word 或者 WPS 打开，另存为 .docx 再来；还是不行，请复制正文粘贴进来。"
        ) from error
    taken.html = made.value
    return taken


_OF_A_FILE = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)\b", re.I)


def _said_of(alt: str) -> str:
    """What is said of a picture; Word and WPS put the path of the file there by themselves, which says nothing."""
    return "" if _OF_A_FILE.search(alt) else alt.strip()


def placed(taken: Taken, numbers: list[str]) -> str:
    """The text cleaned, its pictures under the numbers of their stored files."""
    html = re.sub(
        r"@picture-(\d+)@",
        lambda found: f"files/{numbers[int(found[1])]}" if int(found[1]) < len(numbers) else "",
        taken.html,
    )
    return clean_html(html, set(numbers))
