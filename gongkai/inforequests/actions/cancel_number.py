"""编号作废: a number that was given by mistake is kept as cancelled, with its reason, and never given again."""

from __future__ import annotations

from django.db.models import ProtectedError

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.files.actions.removing import remove_file

from ..models import InfoRequest, RegisterNumber
from ..searching import forget_request
from .base import CannotDo


def cancel_number(request: InfoRequest, *, by: Actor, reason: str) -> RegisterNumber:
    """Take out a request that was registered by mistake (twice, for another agency, a test): its number stays in the
    register as cancelled. The act of the OGI head, the leader in charge or the head, only before anything was done; the trail keeps what it was.

    Raises `CannotDo` without a reason or once the case has a course.
    """
    if not reason.strip():
        raise CannotDo("请写明作废的原因，例如“同一申请重复登记”。")
    with acting(by, "requests.cancel", request, cancelled=request.number, reason=reason.strip()):
        locked = InfoRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if locked.events.count() > 1 or locked.letters.exists():
            raise CannotDo(_BEGUN)
        number = RegisterNumber.objects.filter(request=locked).first()
        if number is None:
            raise CannotDo("从旧台账导入的申请没有占用平台的编号。导错了的，请在“导入旧台账”里撤销那次导入。")
        number.request, number.cancelled_on, number.reason = None, by.day, reason.strip()
        number.save()
        for paper in locked.papers.select_related("file"):
            remove_file(paper.file, by=by, reason=f"编号{number.number}作废")
        _take_out(locked)
    return number


_BEGUN = "已经开始办理的申请，编号不能作废；申请人不要了的，请登记申请人撤回。"


def _take_out(request: InfoRequest) -> None:
    """The rows of a case nothing was done with. Raises `CannotDo` where something else rests on it: a part that was
    split from it, what a section was asked, a proposal to publish, another case that names it."""
    try:
        for rows in (request.papers, request.notes, request.events, request.moved, request.amendments):
            rows.all().delete()
        request.requester.delete()
        forget_request(request.pk)
        request.delete()
    except ProtectedError as error:
        raise CannotDo(
            "这件申请已经拆分、交办或者和别的登记有关联，编号不能作废；申请人不要了的，请登记申请人撤回。"
        ) from error
