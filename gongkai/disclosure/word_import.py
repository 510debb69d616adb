"""A .docx becomes a text: headings, lists, tables with their spans, links; pictures beside it. The rest is left out."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
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
MOST_PARAGRAPHS = 8_000
MOST_XML = 20 * 1024 * 1024
SECONDS = 30
MEMORY = 1536 * 1024 * 1024
_PARAGRAPH = re.compile(rb"<(?:[A-Za-z0-9]+:)?p[ />]")
_CANNOT = "这个文件打不开。请用 Word 或者 WPS 打开，另存为 .docx 再来；还是不行，请复制正文粘贴进来。"
_TOO_LONG = "这个文件太长，没法整个导入正文。请作为附件上传，或者分几次复制正文粘贴进来。"


class CannotRead(ValueError):
    """The file is no .docx that can be read; says what to do."""


@dataclass(slots=True)
class Taken:
    """The text, with `@picture-0@` and so on where its pictures stood, and the pictures: ending and content."""

    html: str = ""
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    left_out: int = 0


def take(content: bytes) -> Taken:
    """Read a .docx in a process of its own, which is ended when it takes too long. Raises `CannotRead`."""
    from gongkai.files.examining import environment  # noqa: PLC0415 - the process itself knows no settings

    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-s", "-B", "-m", __name__],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
            env=environment("正文.docx"),
        )
        head, _, body = done.stdout.partition(b"\n")
        said: dict[str, Any] = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise CannotRead(_TOO_LONG) from error
    if "refused" in said:
        raise CannotRead(said["refused"])
    taken, at = Taken(said["html"], left_out=said["left_out"]), 0
    for ending, size in said["pictures"]:
        taken.pictures.append((ending, body[at : at + size]))
        at += size
    return taken


def converted(content: bytes) -> Taken:
    """What the process does. Raises `CannotRead`."""
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
        _must_be_short(content)
        made = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            ignore_empty_paragraphs=True,
        )
    except CannotRead:
        raise
    except Exception as error:
        raise CannotRead(_CANNOT) from error
    taken.html = made.value
    return taken


def _must_be_short(content: bytes) -> None:
    """The converter's time grows faster than the number of paragraphs."""
    paragraphs = 0
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if not part.filename.lower().endswith(".xml"):
                continue
            if part.file_size > MOST_XML:
                raise CannotRead(_TOO_LONG)
            paragraphs += len(_PARAGRAPH.findall(package.read(part)))
            if paragraphs > MOST_PARAGRAPHS:
                raise CannotRead(_TOO_LONG)


_OF_A_FILE = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)\b", re.I)


def _said_of(alt: str) -> str:
    """What is said of a picture; Word and WPS put the path of the file there by themselves, which says nothing."""
    return "" if _OF_A_FILE.search(alt) else alt.strip()


def placed(taken: Taken, numbers: list[str]) -> str:
    """The text cleaned, its pictures under the numbers of their stored files."""
    text = re.sub(
        r"@picture-(\d+)@",
        lambda found: f"files/{numbers[int(found[1])]}" if int(found[1]) < len(numbers) else "",
        taken.html,
    )
    return clean_html(text, set(numbers))


_BLOCK = re.compile(r"\s*<(p|h[1-6])(?:\s[^>]*)?>(.*?)</\1>", re.S)


def without_title(text: str, title: str) -> tuple[str, bool]:
    """The text without the title it begins with, be it over several lines, and whether it did: the page shows the
    title above the text, and a document begins with it. A line that says more stays."""
    wanted, said, at = _bare(title), "", 0
    while wanted and (found := _BLOCK.match(text, at)):
        said += _bare(html.unescape(re.sub(r"<[^>]*>", "", found[2])))
        if not wanted.startswith(said) or "<img" in found[2]:
            break
        at = found.end()
        if said == wanted:
            rest = text[at:].lstrip()
            return (rest, True) if rest else (text, False)
    return text, False


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - only where there is one
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The .docx on standard input; a line of JSON and the pictures on standard output."""
    _limit()
    pictures: list[tuple[str, bytes]] = []
    try:
        taken = converted(sys.stdin.buffer.read())
        pictures = taken.pictures
        sizes = [(ending, len(data)) for ending, data in pictures]
        said: dict[str, Any] = {"html": taken.html, "left_out": taken.left_out, "pictures": sizes}
    except CannotRead as refused:
        said = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(data for _, data in pictures))
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
