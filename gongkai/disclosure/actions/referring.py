"""报请确定: what cannot be decided here goes to the supervising office or the secrecy authority (条例第十七条第三款)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import Item, Referral, ReviewSheet
from ..telling import tell_drafters, tell_next
from .base import CannotDo, locked
from .reopening import close_open


def refer(
    sheet: ReviewSheet, *, whom: str, organ: str, question: str, by: Actor, sent_on: date | None = None
) -> Referral:
    """Ask the supervising office or the secrecy authority; nobody signs until the answer is entered.

    For reviewers and heads, one question at a time. Raises `NotAllowed`, `CannotDo`.
    """
    with acting(by, "disclosure.refer", sheet, whom=whom, organ=organ) as doing:
        item = locked(sheet.item)
        row = ReviewSheet.objects.select_for_update(no_key=True).get(pk=sheet.pk)
        if row.result != ReviewSheet.Result.OPEN:
            raise CannotDo("这张审查表已经办结。")
        if row.referrals.filter(answered_on__isnull=True).exists():
            raise CannotDo("已经报请确定，还没有答复。")
        if whom not in Referral.Whom.values or not organ.strip() or not question.strip():
            raise CannotDo("请选择报送给谁，写明机关名称和请求确定的问题。")
        day = sent_on or by.day
        if day > by.day:
            raise CannotDo("报送的日期不能晚于今天。")
        doing.detail["item"] = item.pk
        return Referral.objects.create(
            sheet=row,
            whom=whom,
            organ=organ.strip(),
            question=question.strip(),
            sent_on=day,
            sent_by=by.name,
        )


def enter_answer(
    referral: Referral, *, finding: str, answer: str, by: Actor, answered_on: date | None = None
) -> None:
    """Enter what was determined. 不得公开 sends the item back to its drafter with these words; otherwise the review
    goes on. For the seats that may refer. Raises `NotAllowed`, `CannotDo`."""
    sheet = referral.sheet
    with acting(by, "disclosure.refer", sheet, finding=finding) as doing:
        item = locked(sheet.item)
        row = Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
        day = answered_on or by.day
        if row.answered_on is not None:
            raise CannotDo("这一次报请已经有答复。")
        if finding not in Referral.Finding.values or not answer.strip():
            raise CannotDo("请选择确定意见，写明答复内容。")
        if not row.sent_on <= day <= by.day:
            raise CannotDo("答复的日期应当在报送之日以后，不晚于今天。")
        doing.detail["item"] = item.pk
        row.answered_on, row.finding, row.answer, row.answer_by = day, finding, answer.strip(), by.name
        row.save()
        if finding == Referral.Finding.MUST_NOT:
            words = f"{row.organ}确定：不得公开。{row.answer}"
            close_open(item, ReviewSheet.Result.SENT_BACK, words)
            item.state = Item.State.SENT_BACK
            item.save(update_fields=["state"])
            tell_drafters(sheet, by, words)
        elif sheet.result == ReviewSheet.Result.OPEN:
            tell_next(sheet, by, again=timezone.now().isoformat())
    referral.refresh_from_db()
    sheet.refresh_from_db()
