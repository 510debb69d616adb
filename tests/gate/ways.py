"""Every way round the gate that somebody could think of: by a seat, at a set time, in the shell, in bulk, in SQL.

Each is a function of the stages, the item and its newest sheet. It may raise, or do what it can; what counts is what
the public can read afterwards. None signs in another's name: a forged review, with the signatures of real people who
never signed, no database can tell from a real one; the trail can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.disclosure.actions.history import Past, bring_in
from gongkai.disclosure.actions.publishing import publish, schedule
from gongkai.disclosure.content import content_of, digest_of
from gongkai.disclosure.models import Item, Publication, PublicationFile, ReviewSheet, ReviewStep, Signature
from gongkai.disclosure.routes import RIGHTS
from gongkai.disclosure.scheduling import publish_due_items
from gongkai.search.models import PublicEntry
from gongkai.search.shown import bring_in_step
from tests.cast import SYSTEM, WHO
from tests.gate.forging import FORGED, WRITES, plain_sql, publication, saved
from tests.gate.public_side import ASKED
from tests.gate.stages import OK, SECRET, Stages

Way = Callable[[Stages, Item, ReviewSheet | None], object]


def ways() -> Iterator[tuple[str, Way]]:
    """All of them, by name."""
    for who in WHO:
        yield f"{who} publishes", _publishing(who)
        yield f"{who} sets a time", _scheduling(who)
        yield f"{who} says it is history", _history(who)
    yield "the platform publishes", lambda s, i, _: publish(i, by=SYSTEM, at=timezone.now())
    for name, write in WRITES.items():
        for kind, made in FORGED.items():
            yield f"{kind} by {name}", _forging(made, write)
    for name, change in CHANGES.items():
        yield name, change


def _publishing(who: str) -> Way:
    return lambda stages, item, _: publish(item, by=stages.cast.actor(who), at=timezone.now())


def _scheduling(who: str) -> Way:
    def way(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
        soon = timezone.now() + timedelta(hours=1)
        schedule(item, at=soon, by=stages.cast.actor(who))
        publish_due_items(soon)

    return way


def _history(who: str) -> Way:
    def way(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
        past = Past(item.column, item.title, item.text, item.formed_on, timezone.now(), ())
        for by in (stages.cast.actor(who), SYSTEM):
            bring_in(stages.cast.agency, [past], reason="旧的", by=by)

    return way


def _forging(
    made: Callable[[Stages, Item, ReviewSheet | None], Publication], write: Callable[[Publication], None]
) -> Way:
    return lambda stages, item, sheet: write(made(stages, item, sheet))


# ---- records changed


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _item_says_so(_: Stages, item: Item, __: ReviewSheet | None) -> None:
    item.state = Item.State.PUBLISHED
    item.save()
    Item.objects.filter(pk=item.pk).update(state="published", publish_at=None)


def _passed_and_due(_: Stages, item: Item, __: ReviewSheet | None) -> None:
    now = timezone.now()
    Item.objects.filter(pk=item.pk).update(state="passed", publish_at=now, access="proactive")
    publish_due_items(now)


def _and_publish(stages: Stages, item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(state="passed")
    item.refresh_from_db()
    publish(item, by=stages.cast.actor("clerk"), at=timezone.now() + timedelta(seconds=1))


def _pass(how: Callable[[ReviewSheet], object]) -> Way:
    def way(stages: Stages, item: Item, sheet: ReviewSheet | None) -> None:
        if sheet is not None:
            sheet.result, sheet.closed_at = ReviewSheet.Result.PASSED, timezone.now()
            how(sheet)
        _and_publish(stages, item)

    return way


def _pass_by_update(sheet: ReviewSheet) -> None:
    ReviewSheet.objects.filter(pk=sheet.pk).update(result="passed", closed_at=timezone.now())


def _pass_by_sql(sheet: ReviewSheet) -> None:
    _sql(
        "UPDATE disclosure_reviewsheet SET result = 'passed', closed_at = submitted_at WHERE id = %s",
        sheet.pk,
    )


def _without_steps(sheet: ReviewSheet) -> None:
    ReviewStep.objects.filter(sheet=sheet, signature__isnull=True).delete()
    _pass_by_update(sheet)


def _steps_signed_by_others(sheet: ReviewSheet) -> None:
    """Steps pointed at signatures there are: of this sheet's first level, and of any sheet."""
    signature = Signature.objects.filter(sheet=sheet).first() or Signature.objects.latest("pk")
    ReviewStep.objects.filter(sheet=sheet, signature__isnull=True).update(signature=signature)
    _pass_by_update(sheet)


def _signed_by(who: str) -> Way:
    """Each step with a signature of its own, all by the same."""

    def way(stages: Stages, item: Item, sheet: ReviewSheet | None) -> None:
        assert sheet is not None
        by = stages.cast.actor(who) if who else SYSTEM
        for step in sheet.steps.filter(signature__isnull=True):
            step.signature = _signature(sheet, by, step.stage)
            step.save()
        _pass_by_update(sheet)
        _and_publish(stages, item)

    return way


def _signed_in_one_by(who: str) -> Way:
    """All steps with one signature."""

    def way(stages: Stages, item: Item, sheet: ReviewSheet | None) -> None:
        assert sheet is not None
        open_steps = sheet.steps.filter(signature__isnull=True)
        signature = _signature(sheet, stages.cast.actor(who), open_steps.latest("stage").stage)
        open_steps.update(signature=signature)
        _pass_by_update(sheet)
        _and_publish(stages, item)

    return way


def _signature(sheet: ReviewSheet, by: Actor, stage: int) -> Signature:
    return Signature.objects.create(
        sheet=sheet, person=by.person, name=by.name, seat="x", stage=stage, covers=list(RIGHTS), agreed=True,
        grounds=OK, digest=sheet.digest, at=timezone.now(), signed_on=by.day,
    )  # fmt: skip


def _content_under_a_passed_sheet(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
    content = content_of(item)
    passed = item.sheets.filter(result="passed").order_by("-serial").first() or stages.passed.sheets.get()
    ReviewSheet.objects.filter(pk=passed.pk).update(
        content=content, digest=digest_of(content), item=item, version=item.version
    )
    _and_publish(stages, item)


def _born_passed(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
    content, now = content_of(item), timezone.now()
    ReviewSheet.objects.create(
        item=item, serial=99, version=item.version, content=content, digest=digest_of(content), route="x",
        submitted_by=stages.cast.clerk, submitted_by_name="x", submitted_at=now, result="passed", closed_at=now,
    )  # fmt: skip
    _and_publish(stages, item)


def _with_one_step(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
    """A sheet with the final level only, signed by a real leader: no check made."""
    content, now, leader = content_of(item), timezone.now(), stages.cast.actor("leader")
    ReviewSheet.objects.filter(item=item, result="open").update(result="recalled", closed_at=now)
    sheet = ReviewSheet.objects.create(
        item=item, serial=98, version=item.version, content=content, digest=digest_of(content), route="x",
        submitted_by=stages.cast.clerk, submitted_by_name="x", submitted_at=now,
    )  # fmt: skip
    ReviewStep.objects.create(sheet=sheet, order=1, stage=1, level="final", kinds=["leader"])
    ReviewStep.objects.filter(sheet=sheet).update(signature=_signature(sheet, leader, 1))
    _pass_by_update(sheet)
    _and_publish(stages, item)


# ---- what is public changed


def _public(how: Callable[[Publication, Item], object]) -> Way:
    """Of the item's own public version where it has one, else of another item's."""

    def way(stages: Stages, item: Item, _: ReviewSheet | None) -> None:
        live = Publication.objects.filter(item=item, ended_at__isnull=True).first()
        how(live or Publication.objects.get(pk=stages.live.pk), item)

    return way


def _other_words(live: Publication, item: Item) -> None:
    live.title = live.summary = SECRET
    live.content = content_of(item)
    live.digest = digest_of(live.content)


def _save_other_words(live: Publication, item: Item) -> None:
    _other_words(live, item)
    live.save()


def _bulk_other_words(live: Publication, item: Item) -> None:
    _other_words(live, item)
    Publication.objects.bulk_update([live], ["title", "summary", "content", "digest"])


def _update_title(live: Publication, _: Item) -> None:
    Publication.objects.filter(pk=live.pk).update(title=SECRET)


def _sql_title(live: Publication, _: Item) -> None:
    _sql("UPDATE disclosure_publication SET title = %s WHERE id = %s", SECRET, live.pk)


def _sql_content(live: Publication, item: Item) -> None:
    _sql("UPDATE disclosure_publication SET content = %s WHERE id = %s", content_of(item), live.pk)


def _point_elsewhere(live: Publication, item: Item) -> None:
    sheet = item.sheets.latest("serial")
    Publication.objects.filter(item=item, ended_at__isnull=True).exclude(pk=live.pk).update(
        ended_at=timezone.now(), ended="replaced"
    )
    Publication.objects.filter(pk=live.pk).update(
        item=item, sheet=sheet, version=sheet.version, digest=sheet.digest, content=sheet.content
    )


def _another_file(live: Publication, item: Item) -> None:
    found = item.attachments.first()
    assert found is not None
    PublicationFile.objects.create(
        publication=live, file=found.file, name=found.name, order=1, digest=found.file.digest, size=1
    )


def _delete_and_again(live: Publication, item: Item) -> None:
    Publication.objects.filter(pk=live.pk).delete()
    saved(publication(item, live.sheet, content_of(item)))


def _found_in_search(live: Publication, _: Item) -> None:
    """The search's own rows say something else of what is public: no trigger holds them, and nobody is shown them."""
    PublicEntry.objects.filter(kind="item", number=live.item_id).update(
        title=SECRET, text=SECRET, body=SECRET, document_number=SECRET
    )


def _added_to_search(_: Stages, item: Item, __: ReviewSheet | None) -> None:
    now = timezone.now()
    bring_in_step("item", [item.pk])
    PublicEntry.objects.filter(kind="item", number=item.pk).delete()
    PublicEntry.objects.create(
        id=1, kind="item", number=item.pk, page=str(item.pk), agency_id=item.agency_id, column_id=item.column_id,
        year=now.year, day=now.date(), title=SECRET, text=SECRET, title_key=ASKED, head=SECRET, body=SECRET,
    )  # fmt: skip


def _raised(how: Callable[[Publication], object]) -> Way:
    def way(_: Stages, item: Item, __: ReviewSheet | None) -> None:
        old = item.publications.filter(ended_at__isnull=False).first()
        assert old is not None
        # Out of the way of the one live version an item may have.
        Publication.objects.filter(item=item, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended="withdrawn", ended_reason="x"
        )
        how(old)

    return way


_BACK: dict[str, Any] = {"ended_at": None, "ended": "", "ended_reason": "", "until": None}


def _raise_by_save(old: Publication) -> None:
    for name, value in _BACK.items():
        setattr(old, name, value)
    old.save()


def _raise_by_update(old: Publication) -> None:
    Publication.objects.filter(pk=old.pk).update(**_BACK)


def _raise_by_end_alone(old: Publication) -> None:
    Publication.objects.filter(pk=old.pk).update(ended_at=None, ended="", ended_reason="")


def _raise_by_sql(old: Publication) -> None:
    _sql(
        "UPDATE disclosure_publication SET ended_at = NULL, ended = '', ended_reason = '' WHERE id = %s",
        old.pk,
    )


def _raise_by_copy(old: Publication) -> None:
    old.pk, old.ended_at, old.ended, old.ended_reason, old.until = None, None, "", "", None
    plain_sql(old)


CHANGES: dict[str, Way] = {
    "the item says that it is published": _item_says_so,
    "the item says that it passed and is due": _passed_and_due,
    "the sheet passes by save": _pass(lambda sheet: sheet.save()),
    "the sheet passes by update": _pass(_pass_by_update),
    "the sheet passes by bulk_update": _pass(
        lambda sheet: ReviewSheet.objects.bulk_update([sheet], ["result", "closed_at"])
    ),
    "the sheet passes by SQL": _pass(_pass_by_sql),
    "the steps not signed are deleted": _pass(_without_steps),
    "the steps take over other signatures": _pass(_steps_signed_by_others),
    "the drafter signs every step": _signed_by("clerk"),
    "the drafter signs all in one": _signed_in_one_by("clerk"),
    "one person signs every step": _signed_by("section_head"),
    "one person signs all in one": _signed_in_one_by("section_head"),
    "nobody signs every step": _signed_by(""),
    "a passed sheet gets this content": _content_under_a_passed_sheet,
    "a sheet is born passed": _born_passed,
    "a sheet with the final level only": _with_one_step,
    "the public version is saved with other words": _public(_save_other_words),
    "the public version is changed in bulk": _public(_bulk_other_words),
    "its title by update": _public(_update_title),
    "its title by SQL": _public(_sql_title),
    "its text by SQL": _public(_sql_content),
    "it is pointed at this item": _public(_point_elsewhere),
    "a file is added to it": _public(_another_file),
    "it is deleted and made anew": _public(_delete_and_again),
    "the search says something else of it": _public(_found_in_search),
    "the item is put into the search": _added_to_search,
    "what ended is raised by save": _raised(_raise_by_save),
    "what ended is raised by update": _raised(_raise_by_update),
    "its end alone is taken back": _raised(_raise_by_end_alone),
    "what ended is raised by SQL": _raised(_raise_by_sql),
    "what ended is copied": _raised(_raise_by_copy),
}
