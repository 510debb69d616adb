"""清除过期的留言人资料: who wrote is forgotten and the files are destroyed a while after a message was done."""

from __future__ import annotations

from django.db.models import Q

from gongkai.agencies.actor import Actor
from gongkai.files.actions.removing import remove_file
from gongkai.files.queries import files_of_owner

from ..models import Message, MessageSender
from .message_base import moving


def erase(message: Message, *, by: Actor) -> None:
    """Forget the sender and destroy the files; what was asked and answered stays (个人信息保护法第十九条、第四十七条).

    For the platform alone."""
    with moving(message, "erase", by=by, right="message.erase") as step:
        MessageSender.objects.filter(message=step.message).filter(
            ~Q(name="", phone="", email="", address="")
        ).update(name="", phone="", email="", address="")
        for file in files_of_owner(step.message):
            remove_file(file, by=by, reason="超过保存期限")
        step.message.erased_on = by.day
