"""放行: a reviewer says why something the search found may go out. Bound to exactly what was found."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import may, require

from ..completeness import AskAgain
from ..found import Find
from ..models import Clearing, Drafter, Item
from ..scanning import kept, scan_ahead
from .base import CannotDo, must_be, on_item
from .drafting import EDITABLE


def clear_finding(item: Item, bound: str, *, reason: str, by: Actor) -> Clearing:
    """Let one find go out, with a reason; what it stands in changed, it has to be cleared anew. No review is reopened.

    For reviewers, the OGI head and heads who did not write on this version; a secrecy mark, a paper for the house
    only, and what could not be searched, for who may sign the secrecy check. Raises `NotAllowed`, `CannotDo`.
    """
    require(by, "disclosure.clear", item)
    scan_ahead(item)
    with on_item(item, "disclosure.clear", by=by) as (found, doing):
        must_be(found, "不用放行。", *EDITABLE)
        if not reason.strip():
            raise CannotDo("请写明为什么可以公开。")
        find = next((one for one in _kept(found) if one.bound == bound and one.open), None)
        if find is None:
            raise CannotDo("这一处已经改动或者处理过，请刷新页面再看。")
        if Drafter.objects.filter(item=found, version=found.version, person=by.somebody).exists():
            raise CannotDo("您拟稿或者修改过这一条，不能自己放行，请审查员来判断。")
        if find.secret and not may(by, "disclosure.review_secrecy", found):
            raise CannotDo("这一处要由保密审查员或者负责人判断。")
        doing.detail |= {"place": find.place, "found": find.label, "bound": bound}
        return Clearing.objects.create(
            item=found,
            bound=bound,
            place=find.where[:200],
            label=find.label,
            reason=reason.strip()[:300],
            person=by.somebody,
            name=by.name,
            seat=by.who(doing.seat).seat,
            at=timezone.now(),
        )


def _kept(item: Item) -> list[Find]:
    try:
        return kept(item)
    except AskAgain as error:
        raise CannotDo(str(error)) from error
