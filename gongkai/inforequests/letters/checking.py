"""The check of a template an office has edited in Word: each mistake with its field, its place and what to do."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections import defaultdict
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from .about_fields import LISTS
from .blocks import text_of
from .catalogue import LetterKind
from .places import Place, places_in
from .rendering import fill
from .tags import Tags, read_tags
from .template import environment

_NOT_WORD = "这不是 Word 的 .docx 文件，请在 Word 里另存为 .docx 后再上传。"
_MACROS = "模板里有宏，不能用。请在 Word 里另存为“Word 文档（*.docx）”，宏就去掉了，再上传。"
_NUMBER_MARKS = re.compile(r"[\d\s—\-–·.第页共／/]*")
_OPTIONAL_IN_OUTPUT = frozenset({"标题"})


class BadTemplate(ValueError):
    """A template that cannot be used; `problems` says in Chinese, one a line, what to mend in Word."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


def check_template(content: bytes, kind: LetterKind) -> list[str]:
    """Accept a template an office has edited, or raise `BadTemplate` with everything there is to mend.

    Not a .docx, macros, tracked changes; braces that do not close, a field misspelt or not of this kind of letter; a
    field left out that the letter must state, or standing where it may not come out; what the PDF would not take
    over (heads, text boxes, automatic numbers). What is only worth knowing (pictures) comes back as sentences.
    """
    document = _opened(content)
    places = places_in(document)
    tags = read_tags(places, kind.fields)
    problems = [*tags.problems, *_strange_names(tags, kind), *_lost_in_print(document, places)]
    problems += _left_out(tags, kind)
    if not problems:
        problems = _tried(content, kind)
    if problems:
        raise BadTemplate(problems)
    return _worth_knowing(document)


def _opened(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names, types = package.namelist(), package.read("[Content_Types].xml")
        if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
            raise BadTemplate([_MACROS])
        return Document(io.BytesIO(content))
    except BadTemplate:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, SyntaxError) as error:
        raise BadTemplate([_NOT_WORD]) from error


def _strange_names(tags: Tags, kind: LetterKind) -> list[str]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, where in tags.fields:
        if name not in kind.fields:
            by_name[name].append(where)
    problems = []
    for name, found in by_name.items():
        near = difflib.get_close_matches(name, sorted(kind.fields), n=1, cutoff=0.3)
        advice = f"是不是“{near[0]}”？" if near else ""
        at = "、".join(dict.fromkeys(found))
        problems.append(
            f"“{name}”不是这种文书的字段（{at}）。{advice}请改正或者删去；可以用的字段列在本页的字段说明里。"
        )
    return problems


def _left_out(tags: Tags, kind: LetterKind) -> list[str]:
    named = {name for name, _ in tags.fields}
    problems = []
    for name in kind.must:
        if name in named or name in _OPTIONAL_IN_OUTPUT:
            continue
        line = next((line for line in kind.lines if f"{{{{ {name} }}}}" in line), "")
        shown = re.sub(r"\{%.*?%\}", "", line)
        example = f"平台的模板写在这一段：“{shown[:60]}{'…' if len(shown) > 60 else ''}”" if shown else ""
        how = f"在{name}该出现的地方写 {{{{ {name} }}}}"
        problems.append(
            f"缺少字段“{name}”：这种文书必须写明。请{how}。{example}"
            if name not in LISTS
            else f"缺少字段“{name}”：这种文书必须逐条写明。请照平台模板里的三行抄回来。"
        )
    return problems


def _lost_in_print(document: Any, places: list[Place]) -> list[str]:
    problems = []
    for place in places:
        if not place.printed and not _NUMBER_MARKS.fullmatch(place.text.strip()):
            problems.append(f"{place.where}不会印进 PDF。请把这些字移到正文里；页脚只留页码。")
        elif place.printed and _numbered(document, place.element):
            problems.append(
                f"{place.where}用了 Word 的自动编号，PDF 里会没有编号。请选中这一段，取消编号，把编号直接打成字。"
            )
    body = document.element.body
    if next(body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo")), None) is not None:
        problems.append("模板里还有没有处理的修订。请在 Word 的“审阅”里接受或者拒绝全部修订，再上传。")
    return problems


def _numbered(document: Any, element: Any) -> bool:
    own = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if own is not None:
        return bool(own.get(qn("w:val")) != "0")
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = style.get(qn("w:val")) if style is not None else None
    found = next((s.element for s in document.styles if s.style_id == name), None)
    return found is not None and found.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None


def _tried(content: bytes, kind: LetterKind) -> list[str]:
    """Fill it in with words that are told apart, and look whether each that must be said comes out."""
    words = {name: f"字{n}样" for n, name in enumerate(sorted(kind.fields))}
    words["标题"] = kind.title
    given: dict[str, Any] = {n: [f"{w}甲", f"{w}乙"] if n in LISTS else w for n, w in words.items()}
    problems = []
    try:
        DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(jinja_env=environment())
        said = [text_of(Document(io.BytesIO(fill(content, kind, given))))]
        # Once more with nothing but what must be there: a condition on an optional field must not hide it.
        bare = {n: v if n in kind.must else "" for n, v in given.items()}
        said.append(text_of(Document(io.BytesIO(fill(content, kind, bare)))))
    except (TemplateError, ValueError, TypeError, KeyError, SyntaxError) as error:
        return [f"模板填不进去：{error}。请对照平台的模板，把花括号里的内容改回原样。"]
    for name in kind.must:
        if name in _OPTIONAL_IN_OUTPUT:
            continue
        wanted = given[name] if name in LISTS else [given[name]]
        if not all(word in text for word in wanted for text in said):
            problems.append(
                f"字段“{name}”写在“如果”或者“循环”里面，有时候印不出来。请把它移到外面。"
                if name not in LISTS
                else f"字段“{name}”没有逐条印出来。请照平台模板里的三行抄回来。"
            )
    return problems


def _worth_knowing(document: Any) -> list[str]:
    body = document.element.body
    if next(body.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")), None) is not None:
        return [
            "模板里有图片或者线条，只印在 Word 文件里，PDF 里没有。正式文书请用 Word 文件打印，或者不用图片。"
        ]
    return []
