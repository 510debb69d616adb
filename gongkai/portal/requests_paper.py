"""The request form on paper (art. 29), for who prefers it: a .docx that prints on one page or two."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from gongkai.agencies.queries import Agency
from gongkai.statute.report.writers.docx import official_document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTHS = (Mm(32), Mm(124))
_ROWS: tuple[tuple[str, str], ...] = (
    ("申请人（选填其中一栏）", ""),
    ("公民", "姓名：\n证件名称：　　　　　　证件号码："),
    (
        "法人或者其他组织",
        "名称：\n统一社会信用代码：\n法定代表人：　　　　　　联系人：\n类别：□商业企业 □科研机构 □社会公益组织 □法律服务机构 □其他",
    ),
    ("联系方式", "联系电话：　　　　　　电子邮箱：\n通信地址：　　　　　　　　　　邮政编码："),
    ("代理人（没有的不填）", "姓名：　　　　　　证件号码：\n（请附授权委托书）"),
    ("申请的内容", ""),
    ("需要的政府信息", "（写明名称、文号或者其他便于查找的特征；一份申请写一件事；不需要说明用途）\n\n\n"),
    ("怎样提供", ""),
    ("提供形式", "□纸质 □电子文件 □光盘 □当场查阅、抄录\n□不能按上述形式提供时，可以用其他形式"),
    ("获取途径", "□邮寄 □电子邮件 □传真 □自行领取 □在网站查询页下载"),
    ("需要的帮助", "（阅读困难、视听障碍等，可以不填）"),
    ("附件", "□身份证明复印件 □授权委托书 □其他："),
    ("签名或者盖章", "\n　　　　　　　　　　　　　　年　　月　　日"),
)


def paper_form(agency: Agency) -> bytes:
    """The form with the agency's name and where to bring or send it."""
    document = official_document()
    document.add_paragraph(agency.name, style="Title").paragraph_format.space_after = 0
    document.add_paragraph("政府信息公开申请表", style="Title").paragraph_format.space_after = Pt(8)
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    _rule(table)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for label, text in _ROWS:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:cantSplit xmlns:w="{_W}"/>'))
        left, right = row.cells
        if text:
            left.width, right.width = _WIDTHS
            _write(left, label)
            _write(right, text)
        else:
            _write(left.merge(right), label, head=True)
    for line in _where(agency):
        _small(document.add_paragraph(line))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _where(agency: Agency) -> list[str]:
    known = (
        ("当面提交或者邮寄", agency.address),
        ("邮政编码", agency.postcode),
        ("收件", agency.office or agency.name),
        ("电话", agency.phone),
        ("传真", agency.fax),
        ("办公时间", agency.office_hours),
    )
    told = "；".join(f"{label}：{value}" for label, value in known if value)
    return [told, "本机关收到申请之日起20个工作日内答复。申请公开政府信息，一般不收费。"]


def _rule(table: Any) -> None:
    """Lines around every cell, and the width of the text."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f'<w:tblBorders xmlns:w="{_W}">{sides}</w:tblBorders>'))


def _write(cell: Any, text: str, *, head: bool = False) -> None:
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for more in others:
        cell.add_paragraph(more)
    for paragraph in cell.paragraphs:
        _small(paragraph)
        paragraph.paragraph_format.keep_with_next = head
        if head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _small(paragraph: Any) -> None:
    look = paragraph.paragraph_format
    look.first_line_indent, look.line_spacing = 0, Pt(18)
    look.space_before = look.space_after = 0
    for run in paragraph.runs:
        run.font.size = Pt(12)
