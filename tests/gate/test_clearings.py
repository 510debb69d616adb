"""A reviewer's word that a find may go out stays as it was given: past the acts nobody changes, removes or lends one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.disclosure.actions.clearing import clear_finding
from gongkai.disclosure.actions.drafting import throw_away
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.guard import take_down
from gongkai.disclosure.models import Clearing, Item, Publication
from gongkai.disclosure.scanning import finds
from tests.cast import Cast
from tests.disclosure.office import new_draft, passed
from tests.gate.forging import plain_sql, publication

pytestmark = pytest.mark.django_db
PHONE = "联系人手机：13900000001"
Past = Callable[[Clearing], object]


def cleared(cast: Cast, *, sent: bool) -> Clearing:
    """A phone number in a draft that the reviewer let stand; put under review or not."""
    item = new_draft(cast, text=f"<p>{PHONE}</p>")
    (find,) = [one for one in finds(item) if one.open]
    made = clear_finding(item, find.bound, reason="是对外公布的办公电话", by=cast.actor("reviewer"))
    if sent:
        submit(item, by=cast.actor("clerk"))
    return made


def other_reason(one: Clearing) -> None:
    Clearing.objects.filter(pk=one.pk).update(reason="没有理由")


def other_find(one: Clearing) -> None:
    one.bound = "0" * 64
    one.save()


def by_somebody_else(one: Clearing) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_clearing SET name = %s WHERE id = %s", ["甲某", one.pk])


def bulk(one: Clearing) -> None:
    one.seat = "主要负责人"
    Clearing.objects.bulk_update([one], ["seat"])


def removed(one: Clearing) -> None:
    one.delete()


def removed_by_sql(one: Clearing) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM disclosure_clearing WHERE id = %s", [one.pk])


def written_over(one: Clearing) -> None:
    """SQLite's way of writing over a row; PostgreSQL's nearest to it."""
    one.reason = "没有理由"
    if connection.vendor == "sqlite":
        plain_sql(one, "INSERT OR REPLACE")
    else:
        removed_by_sql(one)
        plain_sql(one)


CHANGES: tuple[Past, ...] = (
    *(other_reason, other_find, by_somebody_else, bulk),
    *(removed, removed_by_sql, written_over),
)


def tried(way: Past, one: Clearing) -> str:
    """Why it was refused; empty when it was not. Taken back in any case."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                way(Clearing.objects.get(pk=one.pk))
            said = ""
        except DatabaseError as error:
            said = str(error)
        transaction.set_rollback(True)
    return said


def away() -> None:
    """The triggers of clearings taken down, within the test's own transaction."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in take_down(connection.vendor):
            if "disclosure_clearing" in statement:
                cursor.execute(statement)


@pytest.mark.parametrize("way", CHANGES)
def test_it_stays_as_it_was_given(cast: Cast, way: Past) -> None:
    one = cleared(cast, sent=True)
    assert any(words in tried(way, one) for words in ("不能修改", "不能删除", "只放行一次"))
    away()
    assert tried(way, one) == ""


def test_who_wrote_the_item_lets_nothing_stand_past_the_acts(cast: Cast) -> None:
    item = new_draft(cast, text=f"<p>{PHONE}</p>")
    (find,) = [one for one in finds(item) if one.open]

    def by(who: str) -> Clearing:
        person = cast.people[who]
        return Clearing(
            item=item, bound=find.bound, place="正文", label="手机号码", reason="x",
            person=person, name=person.name, seat="x", at=timezone.now(),
        )  # fmt: skip

    with pytest.raises(DatabaseError, match="没有拟稿"), transaction.atomic():
        plain_sql(by("clerk"))
    plain_sql(by("reviewer"))
    assert not any(one.open for one in finds(item))


def test_a_draft_that_was_never_under_review_is_thrown_away_with_its_clearings(cast: Cast) -> None:
    one = cleared(cast, sent=False)
    throw_away(one.item, by=cast.actor("clerk"))
    assert not Clearing.objects.filter(pk=one.pk).exists()
    assert not Item.objects.filter(pk=one.item_id).exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL empties a table without asking rows"
)
def test_the_table_is_not_emptied(cast: Cast) -> None:
    cleared(cast, sent=True)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="不能清空"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE disclosure_clearing")


def test_it_goes_public_under_the_heading_that_was_reviewed(cast: Cast) -> None:
    item = passed(cast, catalogue="budgets")
    sheet = item.sheets.get()
    made = publication(item, sheet, sheet.content)
    made.catalogue = "penalties"
    with pytest.raises(DatabaseError, match="没有审查通过"), transaction.atomic():
        plain_sql(made)
    made.catalogue = "budgets"
    plain_sql(made)
    with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic():
        Publication.objects.filter(item=item).update(catalogue="penalties")
