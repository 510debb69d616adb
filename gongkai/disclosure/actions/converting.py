"""转为主动公开: an item begun from a request for what many want to know (条例第四十四条)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section

from ..converted import names_to_watch
from ..models import Column, Item
from .base import CannotDo
from .drafting import draft


def begin_from_request(
    agency: Agency,
    column: Column,
    *,
    title: str,
    request_id: int,
    request_number: str,
    proposed_on: date,
    by: Actor,
    section: Section | None = None,
) -> Item:
    """Begin the draft of what was proposed to be public for all: it goes through the gate like any other. Its limit
    runs from the day of the proposal; the request is told to staff and never to the public.

    Same seats as `draft`. Raises `NotAllowed`; `CannotDo` where one was begun already, or the title names who asked.
    """
    if any(name in title for name in names_to_watch(request_id)):
        raise CannotDo("标题里有申请人的姓名，公众会看出是谁申请的。请改成信息本身的名称。")
    standing = Item.objects.filter(request_id=request_id, converted_on__isnull=False)
    if standing.exists():
        raise CannotDo("这件申请已经开始起草公开的信息，请打开那一条接着写。")
    try:
        with transaction.atomic():
            return draft(
                agency,
                column,
                title=title,
                section=section,
                by=by,
                request_id=request_id,
                request_number=request_number,
                converted_on=proposed_on,
            )
    except IntegrityError as error:
        # Begun twice at the same moment.
        if not standing.exists():
            raise
        raise CannotDo("这件申请刚刚已经开始起草，请刷新页面，打开那一条接着写。") from error
