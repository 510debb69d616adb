"""先签批、后公开: whatever somebody tries, nothing of a report is read by the public that was not signed exactly so.

A report at every stage at which it may not be public, by every way past the acts and through them, on this database;
afterwards every public address of reports is asked. And the test would notice: with the triggers away, the words are
out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from gongkai.reports.actions.entering import Given, enter_figures
from gongkai.reports.actions.prepare import write_prose
from gongkai.reports.actions.publish import publish
from gongkai.reports.actions.signing import hand_in, recall, send_back, sign
from gongkai.reports.actions.steps import explain
from gongkai.reports.findings import answered
from gongkai.reports.guard import take_down
from gongkai.reports.models import ReportSheet, ReportSignature, ReportVersion, ReportYear
from gongkai.reports.queries import made_of, public_version, state_of
from gongkai.reports.signing import digest_of, frozen
from tests.cast import SYSTEM, WHO, Cast

SECRET, OPEN = "没有签批过的字样", "签批过的字样"
REFUSED = (DatabaseError, ValueError, PermissionDenied, ObjectDoesNotExist, LookupError, AttributeError)
PUBLIC = "/zfxxgk/xtxsfj/"
Way = Callable[[Cast, ReportYear], object]


def prepared(cast: Cast, words: str) -> ReportYear:
    """The report on 2025, nothing missing, with these words in it."""
    work, clerk, now = cast.draft, cast.actor("clerk"), timezone.now()
    missing = sorted(c for c in made_of(cast.agency, 2025).missing if not c.endswith(".total"))
    if missing:
        enter_figures(work, [Given(cell, 0, "台账") for cell in missing], by=clerk, at=now)
    for section in ("overview", "problems"):
        write_prose(work, section, [{"text": f"测试·{words}。"}], by=clerk)
    write_prose(work, "other", [{"text": "本年度未收取信息处理费。"}], by=clerk)
    found = answered(work, state_of(work).findings)
    explain(work, {one.key: "属实。" for one in found if one.owed}, by=clerk, at=now)
    return work


def handed_in(cast: Cast, words: str = SECRET) -> ReportSheet:
    """Handed in by the clerk; two are to sign."""
    sheet = hand_in(prepared(cast, words), by=cast.actor("clerk"), at=timezone.now())
    assert sheet.stages == ["report.review", "report.sign"]
    return sheet


def _signed(cast: Cast, words: str) -> ReportSheet:
    sheet = handed_in(cast, words)
    for who in ("ogi_head", "leader"):
        sheet = sign(sheet, by=cast.actor(who), at=timezone.now())
    assert sheet.result == "signed"
    return sheet


def _changed_after(cast: Cast) -> object:
    _signed(cast, OPEN)
    return write_prose(cast.draft, "problems", [{"text": SECRET}], by=cast.actor("clerk"))


STAGES: dict[str, Callable[[Cast], object]] = {
    "draft": lambda cast: prepared(cast, SECRET),
    "handed in": handed_in,
    "reviewed": lambda cast: sign(handed_in(cast), by=cast.actor("ogi_head"), at=timezone.now()),
    "sent back": lambda cast: send_back(
        handed_in(cast), by=cast.actor("ogi_head"), at=timezone.now(), words="要改"
    ),
    "recalled": lambda cast: recall(handed_in(cast), by=cast.actor("clerk"), at=timezone.now()),
    "changed after the signature": _changed_after,
}


def _now(cast: Cast) -> dict[str, Any]:
    return frozen(made_of(cast.agency, 2025).report, ())


def _newest(work: ReportYear) -> ReportSheet | None:
    return work.sheets.order_by("-serial").first()


def version(cast: Cast, work: ReportYear, sheet: ReportSheet | None, **more: Any) -> ReportVersion:
    """A version made up of the report as it stands."""
    snapshot = _now(cast)
    fields = {
        "report": work,
        "sheet": sheet,
        "number": 1,
        "snapshot": snapshot,
        "digest": digest_of(snapshot),
        "published_at": timezone.now(),
        "published_by": cast.head,
    }
    return ReportVersion(**{**fields, **more})


def _kept(made: ReportVersion) -> ReportVersion:
    made.save(force_insert=True)
    return made


def _born_signed(cast: Cast, work: ReportYear) -> object:
    made = ReportSheet(
        report=work,
        serial=9,
        snapshot=_now(cast),
        digest=digest_of(_now(cast)),
        stages=["report.sign"],
        submitted_by=cast.clerk,
        submitted_at=timezone.now(),
        result="signed",
        closed_at=timezone.now(),
    )
    ReportSheet.objects.bulk_create([made])
    return _kept(version(cast, work, made))


def _passed_by_update(cast: Cast, work: ReportYear) -> object:
    sheet = work.sheets.get()
    ReportSheet.objects.filter(pk=sheet.pk).update(result="signed", closed_at=timezone.now())
    return _kept(version(cast, work, sheet, snapshot=sheet.snapshot, digest=sheet.digest))


def _one_signs_all(cast: Cast, work: ReportYear) -> object:
    sheet = work.sheets.get()
    for stage in (1, 2):
        ReportSignature.objects.bulk_create([_signature(cast, sheet, cast.leader, stage)])
    return _passed_by_update(cast, work)


def _clerk_signs(cast: Cast, work: ReportYear) -> object:
    sheet = work.sheets.get()
    ReportSignature.objects.create(
        sheet=sheet,
        stage=1,
        person=cast.clerk,
        name="某",
        seat="",
        agreed=True,
        digest=sheet.digest,
        at=timezone.now(),
    )
    ReportSignature.objects.bulk_create([_signature(cast, sheet, cast.leader, 2)])
    return _passed_by_update(cast, work)


def _signature(cast: Cast, sheet: ReportSheet, person: Any, stage: int) -> ReportSignature:
    return ReportSignature(
        sheet=sheet,
        stage=stage,
        person=person,
        name="某",
        seat="",
        agreed=True,
        digest=sheet.digest,
        at=timezone.now(),
    )


def _fewer_stages(cast: Cast, work: ReportYear) -> object:
    ReportSheet.objects.filter(report=work).update(stages=["report.review"])
    return _passed_by_update(cast, work)


def _signed_sheet_rewritten(cast: Cast, work: ReportYear) -> object:
    sheet = work.sheets.get(result="signed")
    ReportSheet.objects.filter(pk=sheet.pk).update(snapshot=_now(cast), digest=digest_of(_now(cast)))
    return _kept(version(cast, work, work.sheets.get()))


def _public_rewritten(cast: Cast, work: ReportYear) -> object:
    standing = public_version(cast.agency, 2024)
    assert standing is not None
    text = json.dumps(standing.snapshot, ensure_ascii=False).replace("主动公开", SECRET)
    return ReportVersion.objects.filter(pk=standing.pk).update(snapshot=json.loads(text))


def _public_rewritten_in_sql(cast: Cast, work: ReportYear) -> object:
    standing = public_version(cast.agency, 2024)
    assert standing is not None
    text = json.dumps(standing.snapshot).replace("\\u4e3b\\u52a8\\u516c\\u5f00", SECRET)
    with connection.cursor() as cursor:
        return cursor.execute(
            "UPDATE reports_reportversion SET snapshot = %s WHERE id = %s", [text, standing.pk]
        )


def _public_replaced(cast: Cast, work: ReportYear) -> object:
    standing = public_version(cast.agency, 2024)
    assert standing is not None
    standing.delete()
    return _kept(version(cast, cast.work, cast.work.sheets.get()))


PAST: dict[str, Way] = {
    "its sheet": lambda cast, work: _kept(version(cast, work, _newest(work))),
    "its sheet in bulk": lambda cast, work: ReportVersion.objects.bulk_create(
        [version(cast, work, _newest(work))]
    ),
    "no sheet": lambda cast, work: _kept(version(cast, work, None)),
    "another year's sheet": lambda cast, work: _kept(version(cast, work, cast.work.sheets.get())),
    "another year's digest": lambda cast, work: _kept(
        version(cast, work, cast.work.sheets.get(), digest=cast.work.sheets.get().digest)
    ),
    "as the next of 2024": lambda cast, work: _kept(version(cast, cast.work, _newest(work), number=2)),
    "a sheet born signed": _born_signed,
    "the sheet passes": _passed_by_update,
    "one person signs all": _one_signs_all,
    "the clerk signs too": _clerk_signs,
    "the leader is left out": _fewer_stages,
    "the signed sheet is rewritten": _signed_sheet_rewritten,
    "the public one is rewritten": _public_rewritten,
    "the public one is rewritten in SQL": _public_rewritten_in_sql,
    "the public one is replaced": _public_replaced,
}


def ways() -> dict[str, Way]:
    """By every seat, by the platform, and past the acts."""
    found: dict[str, Way] = dict(PAST)
    for who in WHO:
        found[f"{who} publishes"] = lambda cast, work, who=who: publish(  # type: ignore[misc]
            work, by=cast.actor(who), at=timezone.now()
        )
    found["the platform publishes"] = lambda cast, work: publish(work, by=SYSTEM, at=timezone.now())
    return found


def read_by_public() -> list[str]:
    """The public addresses at which the words stand."""
    client = Client()
    addresses = [PUBLIC, f"{PUBLIC}reports/", "/search/?q=测试"]
    for year in (2024, 2025):
        addresses += [f"{PUBLIC}reports/{year}/", f"{PUBLIC}reports/{year}/files/json/"]
    return [address for address in addresses if SECRET in said(client.get(address))]


def said(answer: Any) -> str:
    """What the public reads in an answer, streamed or not."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode("utf-8", "replace"))


def leaks(cast: Cast) -> list[str]:
    """By which way of which stage the words came out. Everything tried is taken back."""
    found = []
    for stage, make in STAGES.items():
        with transaction.atomic():
            make(cast)
            for name, way in ways().items():
                with transaction.atomic():
                    if tried(way, cast) and (read := read_by_public()):
                        found.append(f"{stage}: {name}: {read[0]}")
                    transaction.set_rollback(True)
            transaction.set_rollback(True)
    return found


def tried(way: Way, cast: Cast) -> bool:
    """Whether nothing refused it."""
    try:
        with transaction.atomic():
            way(cast, ReportYear.objects.select_related("agency").get(pk=cast.draft.pk))
    except (*REFUSED, TypeError, AssertionError):
        return False
    return True


def test_no_way_leads_round_the_signature(cast: Cast) -> None:
    assert leaks(cast) == []


def test_what_was_signed_is_published_and_nothing_else(cast: Cast) -> None:
    _changed_after(cast)
    publish(cast.draft, by=cast.actor("clerk"), at=timezone.now())
    assert read_by_public() == []
    assert OPEN in said(Client().get(f"{PUBLIC}reports/2025/"))


def test_every_way_past_the_acts_is_really_tried(cast: Cast) -> None:
    """With no trigger standing, and only then, each of them reaches the public from some stage."""
    for statement in take_down(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    through = {one.split(": ")[1] for one in leaks(cast)}
    assert set(PAST) - through == STOPPED_ANYWAY


STOPPED_ANYWAY = {"one person signs all", "another year's sheet", "another year's digest"}
"""One signature a person, and one version a sheet, are constraints of the tables."""
