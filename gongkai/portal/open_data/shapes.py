"""What the answers look like; their docstrings and field titles are the documentation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Problem(Schema):
    """没有答复的原因。"""

    error: str = Field(title="原因")


class AgencyOut(Schema):
    """一个开设了政府信息公开专栏的机关。"""

    slug: str = Field(title="网址代号")
    name: str = Field(title="名称")
    level: str = Field(title="类别")
    ended_on: date | None = Field(title="撤销或者并入的日期")
    url: str = Field(title="专栏网址")


class ColumnOut(Schema):
    """一个栏目。"""

    slug: str = Field(title="网址代号")
    name: str = Field(title="名称")
    parent: str | None = Field(title="上级栏目的网址代号")
    kind: str = Field(title="类别")
    description: str = Field(title="说明")
    items: int = Field(title="公开的条数")
    url: str = Field(title="网址")


class FileOut(Schema):
    """一个附件。"""

    name: str = Field(title="名称")
    size: int = Field(title="字节数")
    digest: str = Field(title="SM3 摘要值")
    url: str = Field(title="下载网址")


class ItemOut(Schema):
    """一条公开的信息，不含正文。"""

    number: int = Field(title="信息编号，各版本相同")
    publication: int = Field(title="发布编号，后发布的大")
    version: int = Field(title="第几版")
    agency: str = Field(title="机关的网址代号")
    column: str = Field(title="栏目的网址代号")
    title: str = Field(title="标题")
    summary: str = Field(title="内容概述")
    index_number: str = Field(title="索引号")
    document_number: str = Field(title="发文字号")
    subject: str = Field(title="主题分类")
    formed_on: date = Field(title="成文日期")
    first_published_at: datetime = Field(title="首次发布时间")
    published_at: datetime = Field(title="这一版的发布时间")
    validity: str = Field(title="今天的有效性：valid 有效，not_yet 尚未施行，repealed 废止，lapsed 失效")
    in_force_on: date | None = Field(title="施行之日；文件没有另外写明的为空")
    url: str = Field(title="网址")


class WholeItem(ItemOut):
    """一条公开的信息，有正文和附件。"""

    keywords: str = Field(title="关键词")
    source: str = Field(title="来源")
    html: str = Field(title="正文（HTML）")
    text: str = Field(title="正文（文字）")
    correction_note: str = Field(title="更正说明")
    attachments: list[FileOut] = Field(title="附件")


class ItemsPage(Schema):
    """一页信息，后发布的在前。"""

    items: list[ItemOut] = Field(title="信息")
    next_cursor: int | None = Field(title="下一页的 cursor；没有下一页时为空")


class ReportOut(Schema):
    """一个年度的年报。"""

    year: int = Field(title="年份")
    title: str = Field(title="标题")
    published_at: datetime = Field(title="首次发布时间")
    url: str = Field(title="网址")


class SectionOut(Schema):
    """年报的一个部分。"""

    title: str = Field(title="标题")
    text: str = Field(title="文字")


class WholeReport(ReportOut):
    """一份年报，表格按格子列出。"""

    version: int = Field(title="第几版")
    edition: str = Field(title="格式的版本")
    sections: list[SectionOut] = Field(title="各部分的文字")
    cells: dict[str, Any] = Field(title="三张表的数：格子编号和它的值，空格为空")


class StatisticsRow(Schema):
    """年报第三部分表格的一行，按申请人类别。"""

    row: str = Field(title="行的代号")
    label: str = Field(title="行的名称")
    figures: dict[str, int | None] = Field(title="各类申请人的件数和总计（total）")


class StatisticsYear(Schema):
    """一个年度收到和处理政府信息公开申请的情况，来自已经发布的年报。"""

    year: int = Field(title="年份")
    rows: list[StatisticsRow] = Field(title="各行")
