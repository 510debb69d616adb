"""The task on the desk of a seat that was asked to search: found by its key, taken back when nobody needs it any more."""

from __future__ import annotations

from contextlib import suppress

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.tasks.actions.tasks import CannotTask, withdraw_task
from gongkai.tasks.models import Task

from ..models import Errand, InfoRequest


def key_of(errand: Errand) -> str:
    """The key of the task on the seat's desk."""
    return f"request-errand:{errand.pk}"


def open_task_of(errand: Errand) -> Task | None:
    """The task while it is to be done; None where it was done or taken back."""
    return Task.objects.filter(key=key_of(errand), done_at__isnull=True).first()


def take_back_errands(request: InfoRequest, *, by: Actor) -> None:
    """The case is closed: what sections were asked and did not answer is taken back, so that nobody is reminded of it.
    Part of the act that closes the case."""
    waiting = request.errands.filter(answered_on__isnull=True, withdrawn_on__isnull=True)
    for errand in waiting:
        with acting(by, "requests.handle", request, errand_withdrawn=errand.pk):
            # One that is answered at this moment stays answered.
            changed = waiting.filter(pk=errand.pk).update(withdrawn_on=by.day)
            task = open_task_of(errand) if changed else None
            if task is not None:
                with suppress(CannotTask):
                    withdraw_task(task, by=by, reason="这件申请已经办结，不用再查。")
