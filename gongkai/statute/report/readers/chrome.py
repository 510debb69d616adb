"""What a web page puts around a report: crumbs, catalogue data, share buttons, footers, and the signature."""

from __future__ import annotations

import re

from .labels import squeeze

_CHROME = re.compile(
    r"^(当前位置|您(现在)?的?(当前)?位置|首页[>》/-]|索引号|信息索引|主题分类|体裁分类|组配分类|信息分类|生成日期|成文日期|发文日期|发布日期|"
    r"发布时间|公开日期|更新时间|时间[:：]\d{4}|日期[:：]|文号|发文字号|发布机构|发布单位|公开机构|公开方式|公开范围|公开时限|信息来源|来源[:：]|作者[:：]|"
    r"责任编辑|编辑[:：]|浏览|点击(数|量|次数)|阅读(数|量|次数|[:：])|访问量|字号|字体|【?(打印|关闭)|\[?(打印|关闭)|分享|扫一扫|收藏|"
    r"大中小|朗读|无障碍|有效性|效力状态|关键词|内容概述|名称[:：]|标题[:：]|栏目[:：]|原文链接|本地目录|页面链接|=+正文=*$|正文$|视力保护色|"
    r"TOP$|返回顶部|微信|微博|保存本页|相关(链接|文档|附件)|打开时间)",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(上一篇|下一篇|上一条|下一条|版权所有|主办(单位)?[:：]|承办(单位)?[:：]|网站(标识码|地图|声明)|联系我们|关于我们|扫一扫|分享到|"
    r"【?\[?(打印|关闭)(本页|窗口|页面)?|责任编辑|相关(链接|文档|信息|阅读|稿件)|友情链接|附件\d*[:：.、]?|附[:：]|附件$|Copyright|©|"
    r"点击下载|下载附件|政府信息公开年报$)|ICP备|公网安备|建议使用.{0,20}浏览器|\.(docx?|pdf|xlsx?|wps)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^[-—–－·\s]*(第)?\d{1,3}(页)?(共\d{1,3}页|/\d{1,3})?[-—–－·\s]*$")
_DATE = re.compile(
    r"^((19|20)\d\d|[二〇零○一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)


def is_chrome(text: str) -> bool:
    """True for a line of page furniture that may stand before a report or between its paragraphs."""
    flat = squeeze(text)
    return len(flat) < 60 and (bool(_CHROME.match(flat)) or is_page_number(text) or flat.count("|") > 3)


def ends_report(text: str) -> bool:
    """True for a line behind which nothing of the report can stand."""
    flat = squeeze(text)
    return len(flat) < 120 and bool(_END.search(flat))


def is_page_number(text: str) -> bool:
    """True for - 3 - or 第3页."""
    flat = squeeze(text)
    return not flat.isdigit() and bool(_PAGE.match(flat))


def is_date_line(text: str) -> bool:
    """True for a line that is nothing but a date, as under a signature."""
    return bool(_DATE.match(squeeze(text)))
