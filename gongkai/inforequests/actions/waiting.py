"""What the requester sent online comes first: no act passes over an answer that nobody has looked at."""

from __future__ import annotations

from ..models import InfoRequest, RequesterMessage
from .base import CannotDo


def nothing_waits(request: InfoRequest, kind: RequesterMessage.Kind) -> None:
    """Raise `CannotDo` while an answer of this kind waits to be confirmed (art. 30, 31: it would be lost)."""
    if request.messages.filter(kind=kind, taken_on__isnull=True).exists():
        raise CannotDo(
            f"申请人已经在网上提交了“{kind.label}”，还没有人处理。请先打开申请人提交的内容，确认登记；"
            "不能采用的，写明原因后按“不采用”。"
        )
