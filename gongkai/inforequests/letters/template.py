"""Templates: the platform's own as .docx files to begin with, and the check of one that an office has edited."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from gongkai.statute.report.writers.docx import official_document

from .catalogue import COMMON, LetterKind

HEAD = ("{{ 机关 }}", "{{ 标题 }}")
FOOT = ("{{ 机关 }}", "{{ 成文日期 }}")


class BadTemplate(ValueError):
    """A template that cannot be used; `problems` says in Chinese, one a line, what to mend in Word."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


def environment() -> SandboxedEnvironment:
    """How fields are filled in: nothing but the fields can be reached from a template, and names such as
    <李四> stay words."""
    return SandboxedEnvironment(autoescape=True)


@cache
def own_template(kind: LetterKind) -> bytes:
    """The platform's template of this kind, in the official layout: title, number, addressee, text, remedy notice,
    three lines of room for the seal, agency and day."""
    document = official_document()
    for line in HEAD:
        document.add_paragraph(line, style="Title").paragraph_format.space_after = 0
    document.add_paragraph("{{ 文号 }}", style="落款")
    document.add_paragraph("申请编号：{{ 编号 }}", style="落款").paragraph_format.space_after = 200000
    document.add_paragraph("{{ 收件人 }}：").paragraph_format.first_line_indent = 0
    for line in kind.lines:
        document.add_paragraph(line)
    for line in ("{%p if 救济途径 %}", "{{ 救济途径 }}", "{%p endif %}"):
        document.add_paragraph(line)
    for _ in range(3):
        document.add_paragraph("")
    for line in FOOT:
        document.add_paragraph(line, style="落款")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def check_template(content: bytes, kind: LetterKind) -> None:
    """Accept a template an office has edited, or raise `BadTemplate` with everything there is to mend: not a .docx,
    a field misspelt or not of this kind of letter, a field left out that the letter must state."""
    try:
        template = DocxTemplate(io.BytesIO(content))
        found = template.get_undeclared_template_variables(jinja_env=environment())
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BadTemplate(["这不是 Word 的 .docx 文件，请在 Word 里另存为 .docx 后再上传。"]) from error
    except TemplateError as error:
        raise BadTemplate(
            [f"花括号写得不完整：{error}。每个字段写成 {{{{ 字段名 }}}}，“如果”和“循环”都要有结束的一行。"]
        ) from error
    problems = [
        f"“{name}”不是这种文书的字段，请改正或者删去。可以用的字段：{'、'.join(sorted(kind.fields))}。"
        for name in sorted(found - kind.fields)
    ]
    required = {*COMMON, *kind.needs}
    if any(variant != "C" for variant in kind.remedies):
        required.add("救济途径")
    required -= {"标题"}
    problems += [f"缺少字段“{name}”：这种文书必须写明。" for name in sorted(required - found)]
    if problems:
        raise BadTemplate(problems)
