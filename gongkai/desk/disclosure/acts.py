"""What is done with an item as a whole, a page each: publish, set a time, revise, withdraw, evaluate, throw away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.disclosure.actions import drafting, evaluating, publishing, submitting, withdrawing
from gongkai.disclosure.gate import GateClosed, passage
from gongkai.disclosure.listing import Item
from gongkai.disclosure.outdated import still_said_to_hold
from gongkai.disclosure.scanning import scan_ahead
from gongkai.reports.queries import public_years

from ..frame import actor_of, of_agency, page
from . import acts_forms as f
from .drafts import REFUSALS, bound, item_at
from .taking_over import take_over_of

Given = dict[str, Any]
Do = Callable[[Item, Actor, Given], str]


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act: its word, the right it asks, its form, what it does (giving what was done in words), what to know."""

    word: str
    right: str
    form: type[f.SureForm]
    do: Do
    lead: str
    warning: bool = False


_SEEN = (
    f"已发布，公众现在可以看到；以前打开过这一页的，最多 {settings.SITE_MAX_AGE} 秒以后看到新的。"
    if settings.SITE_MAX_AGE
    else "已发布，公众现在可以看到。"
)


def _publish(item: Item, by: Actor, given: Given) -> str:
    if given["when"] == "later":
        publishing.schedule(item, at=given["moment"], until=given["until"], by=by)
        return f"已定时：{timezone.localtime(given['moment']):%Y年%-m月%-d日 %H:%M} 自动发布。"
    publishing.publish(item, by=by, at=timezone.now(), until=given["until"])
    taken = take_over_of(item, by=by)
    said = [_SEEN] + (["来自的申请已登记“已转为主动公开”。"] if taken else [])
    said += [
        f"它废止、代替的“{old.title}”还写着“有效”，请修订那一条。"
        for old in still_said_to_hold(item.agency, item)[:5]
    ]
    return "".join(said)


def _unschedule(item: Item, by: Actor, given: Given) -> str:
    publishing.unschedule(item, by=by)
    return "已取消定时。"


def _revise(item: Item, by: Actor, given: Given) -> str:
    drafting.revise(item, note=given["note"], by=by)
    return "已开始新的一版，改好以后送审。公众看到的还是原来那一版。"


def _recall(item: Item, by: Actor, given: Given) -> str:
    submitting.recall(item, by=by, why=given["why"])
    return "已撤回送审，可以修改。"


def _give_up(item: Item, by: Actor, given: Given) -> str:
    drafting.give_up_revision(item, by=by)
    return "已放弃修订，内容恢复成公众看到的那一版。"


def _withdraw(item: Item, by: Actor, given: Given) -> str:
    withdrawing.withdraw(
        item,
        cause=given["cause"],
        reason=given["reason"],
        changed_on=given["changed_on"],
        by=by,
        at=timezone.now(),
    )
    return "已撤回，公众在原来的网页上看到撤回的理由。"


def _reword(item: Item, by: Actor, given: Given) -> str:
    withdrawing.reword(item, reason=given["reason"], by=by, at=timezone.now())
    return "已改写，公众现在看到的是新的理由。"


def _evaluate(item: Item, by: Actor, given: Given) -> str:
    evaluating.evaluate(item, result=given["result"], reason=given["reason"], by=by)
    return "已登记评估结果。" + ("" if item.state == "kept" else "已开始新的一版，请改好送审。")


def _throw_away(item: Item, by: Actor, given: Given) -> str:
    drafting.throw_away(item, by=by)
    return "已删除草稿。"


ACTS: dict[str, ActPage] = {
    "publish": ActPage(
        "发布", "disclosure.publish", f.PublishForm, _publish, "发布的就是审查通过的内容，一个字都不能改。"
    ),
    "unschedule": ActPage(
        "取消定时", "disclosure.publish", f.SureForm, _unschedule, "取消以后不会自动发布，可以另定时间。"
    ),
    "revise": ActPage(
        "修订", "disclosure.draft", f.NoteForm, _revise,
        "开始写新的一版，写好以后和新信息一样送审。审查通过、发布以前，公众看到的还是原来那一版。",
    ),
    "recall": ActPage(
        "撤回送审", "disclosure.submit", f.WhyForm, _recall, "撤回以后可以修改，已经签的字作废，改好要重新送审。"
    ),
    "give-up": ActPage(
        "放弃修订", "disclosure.draft", f.SureForm, _give_up, "这一版改的内容都不要了，恢复成公众看到的那一版。",
        warning=True,
    ),
    "withdraw": ActPage(
        "撤回公开", "disclosure.withdraw", f.WithdrawForm, _withdraw,
        "撤回以后公众看不到内容，只看到撤回的日期和理由。要再公开，只能修订以后重新审查。", warning=True,
    ),
    "reword": ActPage(
        "改写撤回的理由", "disclosure.withdraw", f.RewordForm, _reword,
        "理由里有不该公开的内容，或者没有写清楚的，重新写。公众马上看到新的，原来的只留在本机关的记录里。",
    ),
    "evaluate": ActPage(
        "登记评估", "disclosure.evaluate", f.EvaluateForm, _evaluate,
        "《条例》第十八条：对不予公开的政府信息定期评估审查，情势变化可以公开的应当公开。",
    ),
    "throw-away": ActPage(
        "删除草稿", "disclosure.draft", f.SureForm, _throw_away, "草稿和它的附件删除以后不能恢复，索引号不再使用。",
        warning=True,
    ),
}  # fmt: skip
"""The acts that have their page here, by slug."""


@require_http_methods(["GET", "POST"])
@of_agency("disclosure.view")
def act(request: HttpRequest, agency: Agency, pk: int, act: str) -> HttpResponse:
    """One act: what it does, its form; done, back to the item."""
    item, actor = item_at(agency, pk), actor_of(request)
    if act not in ACTS:
        raise Http404
    chosen = ACTS[act]
    require(actor, chosen.right, item)
    form = chosen.form(bound(request), item=item, initial={"when": "now"})
    if form.is_bound and form.is_valid():
        try:
            said = chosen.do(item, actor, form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{item.title}”：{said}")
            to = ["desk:items", agency.slug] if act == "throw-away" else ["desk:item", agency.slug, item.pk]
            return redirect(*to)
    return page(
        request, agency, "disclosure/act", "items",
        item=item, act=chosen, form=form, shut=_shut(item) if act == "publish" else "",
        warns=_counted(agency, item) if act == "withdraw" else [],
    )  # fmt: skip


def _counted(agency: Agency, item: Item) -> list[str]:
    """What a withdrawal does to the figures of a year, those of a published report among them."""
    first = item.publications.order_by("id").values_list("first_at", flat=True).first()
    if first is None:
        return []
    year = timezone.localtime(first).year
    said = f"这条信息计入{year}年主动公开的条数。撤回以后，平台里{year}年的条数少 1 条；是规章、行政规范性文件的，也不再计入表二。"
    if any(work.year == year for work in public_years(agency)):
        said += f"{year}年的年报已经公布，里面的数不会自动改：要更正的，由公开机构负责人在“年报”里发布更正版，写明原因。"
    return [said]


def _shut(item: Item) -> str:
    """Why the gate would not let it through, before anybody tries."""
    scan_ahead(item)
    try:
        passage(item)
    except GateClosed as error:
        return str(error)
    return ""


PATTERNS = [path("<slug:agency>/items/<int:pk>/act/<slug:act>/", act, name="item-act")]
