"""What is public, item by item: dates, ends of validity, late publication, what must not be public; and what should be
public and is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.found import Find
from gongkai.disclosure.models import Clearing, Item, Publication
from gongkai.disclosure.scanning import public_finds
from gongkai.statute.duties import LIMITS, publish_due
from gongkai.statute.inspection import contradictions
from gongkai.statute.leaks import LABELS, What
from gongkai.statute.workdays import WorkCalendar

from .found import Found, Round

_NUMBER_YEAR = re.compile(r"[〔\[【（(]((?:19|20)\d\d)[〕\]】）)]")
WORD = LABELS[What.WORD]


def public_rows(round_: Round) -> QuerySet[Publication]:
    """All that is public now, in the order in which a run goes through it."""
    rows = Publication.objects.live(round_.now).filter(agency=round_.agency)
    return rows.order_by("pk").prefetch_related("files__file").select_related("item").defer("item__text")


def address_of(round_: Round, item_id: int) -> str:
    """The desk's page of an item."""
    return reverse("desk:item", args=[round_.agency.slug, item_id])


def about(round_: Round, row: Publication, rule: str, what: str, *, part: str = "", where: str = "") -> Found:
    """Something found in a public item; `part` tells several of one rule in one item from each other."""
    title = row.title if len(row.title) <= 60 else f"{row.title[:59]}…"
    return Found(
        rule,
        f"item:{row.item_id}{':' if part else ''}{part}"[:120],
        what[:300],
        f"《{title}》{where}"[:300],
        address_of(round_, row.item_id),
        row.item_id,
        row.item.section_id,
    )


def look_at_items(round_: Round, rows: Sequence[Publication]) -> Iterator[Found]:
    """A lot of public items: one query for the clearings, whatever their number."""
    cleared = cleared_of([row.item_id for row in rows])
    known = calendar()
    for row in rows:
        yield from _dates(round_, row)
        yield from _late(round_, row, known)
        yield from _ends(round_, row)
        yield from grouped(round_, row, public_finds(row.told, round_.words, cleared[row.item_id]))


def cleared_of(items: Sequence[int]) -> dict[int, set[str]]:
    """What reviewers let go out, by item."""
    found: dict[int, set[str]] = defaultdict(set)
    for item, bound in Clearing.objects.filter(item__in=items).values_list("item", "bound"):
        found[item].add(bound)
    return found


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _dates(round_: Round, row: Publication) -> Iterator[Found]:
    told = row.told
    formed = _day(told.get("formed_on"))
    ended = _day(told.get("validity_on"))
    if formed is None:
        yield about(round_, row, "no_date", "没有成文日期", part="formed")
        return
    if row.validity != Item.Validity.VALID and ended is None:
        word = Item.Validity(row.validity).label
        yield about(round_, row, "no_date", f"登记为“{word}”，没有写从哪一天起", part="ended")
    year = _NUMBER_YEAR.search(row.document_number)
    wrong = contradictions(
        formed,
        row.published_on,
        number_year=int(year[1]) if year else None,
        ended_on=ended,
        lapses_on=_day(told.get("lapses_on")),
    )
    if wrong:
        yield about(round_, row, "dates", "；".join(wrong))


def _late(round_: Round, row: Publication, known: WorkCalendar) -> Iterator[Found]:
    """Published later than its due day, not long ago: what cannot be undone is told of for a while."""
    window = round_.limits.of("published_late")
    if (round_.day - row.published_on).days > window or row.told.get("duty") not in LIMITS:
        return
    due = publish_due(row.told["duty"], row.formed_on, known).last_day
    if row.published_on > due:
        what = f"应在{due}前公开，{row.published_on}才发布，晚了{(row.published_on - due).days}天"
        yield about(round_, row, "published_late", what)


def _ends(round_: Round, row: Publication) -> Iterator[Found]:
    until = _day(row.told.get("lapses_on"))
    if until is None or row.validity != Item.Validity.VALID:
        return
    if until < round_.day:
        yield about(round_, row, "lapsed", f"有效期至{until}，已经过了{(round_.day - until).days}天")
    elif until - round_.day <= timedelta(days=round_.limits.of("lapsing")):
        yield about(round_, row, "lapsing", f"有效期至{until}，还有{(until - round_.day).days}天")


def grouped(round_: Round, row: Publication, finds: Sequence[Find]) -> Iterator[Found]:
    """What must not be public, one finding for each place and kind: nothing of what was found is repeated in it."""
    places: dict[tuple[str, str, str, str], int] = {}
    for find in finds:
        rule = _rule_of(find)
        if rule:
            at = (rule, find.place, find.label, find.where)
            places[at] = places.get(at, 0) + 1
    told: dict[tuple[str, str], tuple[str, int, str]] = {}
    for (rule, place, label, where), n in places.items():
        first, before, _ = told.get((rule, f"{place}:{label}"), (where, 0, label))
        told[rule, f"{place}:{label}"] = (first, before + n, label)
    for (rule, part), (where, n, label) in told.items():
        yield about(round_, row, rule, f"{label}（{n}处）", part=part, where=f"的{where}" if where else "")


def _rule_of(find: Find) -> str:
    if find.label == WORD:
        return "wrong_word"
    if not find.blocks:
        return ""
    return "secret" if find.secret and find.place != "gap" else "leak"


def overdue_rows(round_: Round) -> QuerySet[Item]:
    """What should have been public by yesterday and never was, in the order in which a run goes through it."""
    rows = Item.objects.filter(
        agency=round_.agency,
        due_on__lt=round_.day,
        publications__isnull=True,
        access=Item.Access.PROACTIVE,
    )
    return rows.exclude(state=Item.State.KEPT).order_by("pk").defer("text")


def look_at_overdue(round_: Round, rows: Sequence[Item]) -> Iterator[Found]:
    """A lot of them."""
    for row in rows:
        if row.due_on is not None:
            late = (round_.day - row.due_on).days
            yield Found(
                "overdue",
                f"item:{row.pk}",
                f"应在{row.due_on}前公开，已经过了{late}天，还是“{row.get_state_display()}”",
                f"《{row.title[:60]}》",
                address_of(round_, row.pk),
                row.pk,
                row.section_id,
            )
