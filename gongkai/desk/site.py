"""系统管理: the desk of the three administrators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import seat_names

from . import owed_by_site, site_notices  # noqa: F401 - the one says what is owed
from .frame import actor_of, of_site, site_navigation, site_page
from .todo import of_site_desk


@require_safe
@of_site("site.view")
def site_home(request: HttpRequest) -> HttpResponse:
    """待办: what this administrator has to do, and what else is looked after here."""
    actor = actor_of(request)
    return site_page(
        request, "home", "site-home", day=actor.day, lists=of_site_desk(actor, actor.day), kind=_word(actor)
    )


def _word(actor: Actor) -> str:
    return "、".join(seat_names(actor, None))


MEANINGS = {
    "site-home": "每天先看这里：今天必须做什么。",
    "site-agencies": "新增机关，修改资料，更名、合并、撤销；用表格导入和导出。",
    "site-people": "新增账号，修改姓名和电话，停用账号；安全管理员在这里重置密码。",
    "site-seats": "谁在哪个岗位；由安全管理员设立、授予、移交、撤销，安排代班。",
    "site-proposals": "核对随名单导入的拟授岗位，同意以后才生效。",
    "site-sign-in": "被锁定的登录，输错密码的记录，谁启用了第二因素。",
    "site-outbox": "邮件和短信有没有发出去，发不出去的重新发送。",
    "site-audit": "谁在什么时候做了什么；搜索、导出、核对有没有被改动。",
    "dictionaries:index": "放假安排和各处选用的词。",
}
"""What the pages of the administrators are for; a page that has no sentence is named alone."""


@require_safe
@of_site("site.view")
def site_help(request: HttpRequest) -> HttpResponse:
    """帮助: what can be done where, and who of the three does what."""
    words = site_navigation(actor_of(request))
    rows = [(word, url, MEANINGS.get(slug, "")) for slug, word, url in words]
    rows.append(("消息", reverse("desk:site-notices"), "岗位有变动、有事要您办理时，在这里告诉您。"))
    rows.append(("我的账号", reverse("desk:account"), "修改密码，管理第二因素和备用码，查看在哪里登录。"))
    return site_page(request, "help", "", rows=rows)


PATTERNS = [
    path("site/", site_home, name="site-home"),
    path("site/help/", site_help, name="site-help"),
    *site_notices.PATTERNS,
]
