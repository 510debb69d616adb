"""The page tags every government page bears (政府网站发展指引, 国办发〔2017〕47号, 网页标签规范; law.md §5.2).

They add up: the front of a site has those of the site (3), a column's page those of the column as well (7), a page of
content those of the content on top (10 and more). None that must be there is ever empty.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from gongkai.design.templatetags.words import minute

Tags = list[tuple[str, str]]
"""Names with what they say, in the order they stand in the page."""
COLUMN_TYPE = "信息公开"


def site_tags() -> Tags:
    """网站标签."""
    site = settings.SITE
    return [("SiteName", site["name"]), ("SiteDomain", site["domain"]), ("SiteIDCode", site["id_code"])]


def column_tags(name: str, description: str = "", keywords: str = "", kind: str = "") -> Tags:
    """栏目标签; what the office did not fill in is the column's name, as a column is always about what it is called."""
    return [
        ("ColumnName", name),
        ("ColumnDescription", description.strip() or name),
        ("ColumnKeywords", keywords.strip() or name),
        ("ColumnType", kind.strip() or COLUMN_TYPE),
    ]


def content_tags(title: str, at: datetime, source: str, **more: str) -> Tags:
    """内容页标签; `more` are the optional ones by their names, left out where nothing is known."""
    known = ("Keywords", "Author", "Description", "Image", "Url")
    return [
        ("ArticleTitle", title),
        ("PubDate", minute(at)),
        ("ContentSource", source),
        *((name, more[name]) for name in known if more.get(name)),
    ]
