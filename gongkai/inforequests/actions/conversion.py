"""转为主动公开: what one asked for and many want to know is published for all (art. 44)."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import Conversion, InfoRequest
from .base import CannotDo

RIGHT = "requests.convert"


def propose(
    request: InfoRequest, *, by: Actor, what: str, reason: str, asked_by_requester: bool = False
) -> Conversion:
    """Propose that the information be published; for who handles the case, once a request. The organ reviews it and
    publishes promptly what can be disclosed. Raises `CannotDo`."""
    if not what.strip() or not reason.strip():
        raise CannotDo("请写明建议公开什么信息、为什么。")
    with acting(by, "requests.handle", request, convert=what.strip()[:200]):
        locked = InfoRequest.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.pk)
        if Conversion.objects.filter(request=locked).exists():
            raise CannotDo("这件申请已经提出过转为主动公开。")
        return Conversion.objects.create(
            agency_id=locked.agency_id,
            request=locked,
            what=what.strip(),
            reason=reason.strip(),
            asked_by_requester=asked_by_requester,
            proposed_on=by.day,
            proposed_by=by.name,
        )


def take_over(conversion: Conversion, *, by: Actor, item: str, url: str = "") -> None:
    """Write down that an item was published for it: `item` as the reader finds it, `url` where. For the clerk and the
    OGI head; the disclosure room calls it when the item is public. Raises `CannotDo` for one that is decided."""
    if not item.strip():
        raise CannotDo("请写明公开在哪里：栏目和标题。")
    if url.strip() and not url.strip().startswith(("/", "https://", "http://")):
        raise CannotDo("地址要以 https:// 或者 http:// 开头。")
    _decide(conversion, by, state=Conversion.State.TAKEN_OVER, item=item.strip()[:200], url=url.strip()[:300])


def decline(conversion: Conversion, *, by: Actor, why_not: str) -> None:
    """Write down why it is not published. Raises `CannotDo` without a reason, or for one that is decided."""
    if not why_not.strip():
        raise CannotDo("请写明不转为主动公开的理由。")
    _decide(conversion, by, state=Conversion.State.DECLINED, why_not=why_not.strip())


def _decide(conversion: Conversion, by: Actor, **fields: str) -> None:
    with acting(by, RIGHT, conversion, **fields):
        waiting = Conversion.objects.filter(pk=conversion.pk, state=Conversion.State.PROPOSED)
        if not waiting.update(decided_on=by.day, decided_by=by.name, **fields):
            raise CannotDo("已经处理过了。")
    conversion.refresh_from_db()
