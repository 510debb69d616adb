"""The rules of the guard: by table and verb, when the database refuses and what it says.

`NEW` and `OLD` are the row as both engines name it. A condition that is true refuses. Replacing a row (SQLite's
INSERT OR REPLACE) deletes without asking, so inserting refuses what is there already.
"""

# ruff: noqa: S608 - statements made of constants of this file
from __future__ import annotations

from collections.abc import Callable

from gongkai.audit.rules import Rule

SHEET, STEP, SIGNATURE = "disclosure_reviewsheet", "disclosure_reviewstep", "disclosure_signature"
REFERRAL, DRAFTER = "disclosure_referral", "disclosure_drafter"
PUBLICATION, FILE, STORED = "disclosure_publication", "disclosure_publicationfile", "files_storedfile"
CLEARING = "disclosure_clearing"
TABLES = (SHEET, STEP, SIGNATURE, REFERRAL, PUBLICATION, FILE, CLEARING)
"""Tables whose rows stay for ever."""

FIXED: dict[str, tuple[str, ...]] = {
    SHEET: (
        *("id", "item_id", "serial", "version", "content", "digest", "route", "paper", "reason"),
        *("submitted_by_id", "submitted_by_name", "submitted_at", "note"),
    ),
    STEP: ("id", "sheet_id", "order", "stage", "level", "check_slug", "kinds", "together"),
    REFERRAL: ("id", "sheet_id", "whom", "organ", "question", "sent_on", "sent_by"),
    PUBLICATION: (
        *("id", "agency_id", "item_id", "sheet_id", "version", "digest", "content", "title", "summary"),
        *("index_number", "document_number", "subject", "catalogue", "formed_on", "validity", "published_at"),
        *("in_force_on", "ended_from", "lapses_on"),
        *("first_at", "until", "published_by"),
    ),
}
"""Columns of a row that never change. The others may, once, as the rules say: a sheet ends, a step is signed, a
referral is answered, a publication ends; and a publication's column may be merged into another."""
_ENDING = ("ended_at", "ended", "ended_reason", "ended_by")
_CHECKS = ("text", "policy", "political", "secrecy")
_DAYS_TOLD = {"in_force_on": "in_force_on", "ended_from": "validity_on", "lapses_on": "lapses_on"}
_SHOWN = ("title", "summary", "index_number", "document_number", "subject", "catalogue", "validity")


def _changed(vendor: str, columns: tuple[str, ...]) -> str:
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[vendor]
    return "(" + " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in columns) + ")"


def _fixed(table: str) -> Callable[[str], str]:
    return lambda vendor: _changed(vendor, FIXED[table])


def _open(sheet: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SHEET} s WHERE s.id = {sheet} AND s.result = 'open')"


def _always(_: str) -> str:
    return "1 = 1"


def _json(vendor: str, content: str, name: str) -> str:
    return {
        "sqlite": f"json_extract({content}, '$.{name}')",
        "postgresql": f"({content}::jsonb ->> '{name}')",
    }[vendor]


def _sheet_in(_: str) -> str:
    return (
        "NEW.result <> 'open' OR NEW.closed_at IS NOT NULL OR EXISTS (SELECT 1 FROM "
        f"{SHEET} s WHERE s.id = NEW.id OR (s.item_id = NEW.item_id AND s.serial = NEW.serial))"
    )


def _sheet_passes(_: str) -> str:
    """True when it is to pass and something is not signed: a step, one of the four checks, the final level."""
    wanted = " OR ".join(
        f"NOT EXISTS (SELECT 1 FROM {STEP} t WHERE t.sheet_id = NEW.id AND t.check_slug = '{check}')"
        for check in _CHECKS
    )
    return f"""NEW.result = 'passed' AND (
  {wanted}
  OR NOT EXISTS (SELECT 1 FROM {STEP} t WHERE t.sheet_id = NEW.id AND t.level = 'final')
  OR EXISTS (SELECT 1 FROM {STEP} t LEFT JOIN {SIGNATURE} g
    ON g.id = t.signature_id AND g.sheet_id = NEW.id AND g.agreed AND g.digest = NEW.digest
    WHERE t.sheet_id = NEW.id AND g.id IS NULL)
  OR EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.sheet_id = NEW.id AND NOT g.agreed)
  OR EXISTS (SELECT 1 FROM {REFERRAL} r WHERE r.sheet_id = NEW.id AND (r.answered_on IS NULL OR r.finding = 'must_not')))"""


def _step_in(_: str) -> str:
    return (
        f"NEW.signature_id IS NOT NULL OR NOT {_open('NEW.sheet_id')} "
        f"OR EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.sheet_id = NEW.sheet_id) "
        f'OR EXISTS (SELECT 1 FROM {STEP} t WHERE t.id = NEW.id OR (t.sheet_id = NEW.sheet_id AND (t."order" = NEW."order" '
        "OR (t.level = NEW.level AND t.check_slug = NEW.check_slug))))"
    )


def _step_signed(vendor: str) -> str:
    """True unless it is signed now, once, by a signature of its sheet and stage that says it covers this."""
    what = "CASE WHEN NEW.check_slug = '' THEN NEW.level ELSE NEW.check_slug END"
    covered = {
        "sqlite": f"EXISTS (SELECT 1 FROM json_each(g.covers) c WHERE c.value = {what})",
        "postgresql": f"jsonb_exists(g.covers, ({what})::text)",
    }[vendor]
    return (
        f"{_changed(vendor, FIXED[STEP])} OR OLD.signature_id IS NOT NULL OR NOT {_open('OLD.sheet_id')} "
        f"OR NOT EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.id = NEW.signature_id AND g.sheet_id = NEW.sheet_id "
        f"AND g.stage = NEW.stage AND {covered})"
    )


def _signature_in(_: str) -> str:
    return f"""NOT EXISTS (SELECT 1 FROM {SHEET} s WHERE s.id = NEW.sheet_id AND s.result = 'open'
    AND s.digest = NEW.digest AND (s.paper OR NEW.person_id IS NOT NULL))
  OR EXISTS (SELECT 1 FROM {REFERRAL} r WHERE r.sheet_id = NEW.sheet_id AND r.answered_on IS NULL)
  OR EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.id = NEW.id)"""


def _signature_twice(_: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.sheet_id = NEW.sheet_id AND (g.person_id = NEW.person_id "
        "OR (NEW.person_id IS NULL AND g.name = NEW.name)))"
    )


def _signature_of_drafter(_: str) -> str:
    return f"""NEW.person_id IS NOT NULL AND (
  EXISTS (SELECT 1 FROM {SHEET} s WHERE s.id = NEW.sheet_id AND s.submitted_by_id = NEW.person_id)
  OR EXISTS (SELECT 1 FROM {SHEET} s JOIN {DRAFTER} d ON d.item_id = s.item_id AND d.version = s.version
    WHERE s.id = NEW.sheet_id AND d.person_id = NEW.person_id))"""


def _drafter_kept(_: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SHEET} s WHERE s.item_id = OLD.item_id AND s.version = OLD.version)"


def _clearing_in(_: str) -> str:
    """True for one by somebody who wrote on the version, and where the same find has been cleared."""
    return f"""EXISTS (SELECT 1 FROM {DRAFTER} d JOIN disclosure_item i ON i.id = d.item_id AND i.version = d.version
    WHERE d.item_id = NEW.item_id AND d.person_id = NEW.person_id)
  OR EXISTS (SELECT 1 FROM {CLEARING} c WHERE c.id = NEW.id OR (c.item_id = NEW.item_id AND c.bound = NEW.bound))"""


def _clearing_kept(_: str) -> str:
    """True once the item was under review; a draft that never was may be thrown away with all that hangs on it."""
    return f"EXISTS (SELECT 1 FROM {SHEET} s WHERE s.item_id = OLD.item_id)"


def _referral_in(_: str) -> str:
    return (
        f"NOT {_open('NEW.sheet_id')} OR NEW.answered_on IS NOT NULL "
        f"OR EXISTS (SELECT 1 FROM {REFERRAL} r WHERE r.id = NEW.id)"
    )


def _referral_change(vendor: str) -> str:
    return f"{_changed(vendor, FIXED[REFERRAL])} OR OLD.answered_on IS NOT NULL"


def _day(vendor: str, name: str) -> str:
    return {"sqlite": f"NEW.{name}", "postgresql": f"to_char(NEW.{name}, 'YYYY-MM-DD')"}[vendor]


def _published_unreviewed(vendor: str) -> str:
    """True unless there is a passed sheet of this item whose content is, letter for letter, what is to be public."""
    shown = " AND ".join(f"NEW.{name} = {_json(vendor, 's.content', name)}" for name in _SHOWN)
    day = _day(vendor, "formed_on")
    days = " AND ".join(
        f"COALESCE({_day(vendor, name)}, '') = COALESCE({_json(vendor, 's.content', said)}, '')"
        for name, said in _DAYS_TOLD.items()
    )
    return f"""NOT EXISTS (SELECT 1 FROM {SHEET} s JOIN disclosure_item i ON i.id = s.item_id
    WHERE s.id = NEW.sheet_id AND s.result = 'passed' AND s.item_id = NEW.item_id AND s.version = NEW.version
    AND i.agency_id = NEW.agency_id AND s.digest = NEW.digest AND s.content = NEW.content
    AND {_json(vendor, "s.content", "access")} = 'proactive' AND {shown}
    AND {day} = {_json(vendor, "s.content", "formed_on")} AND {days}
    AND NEW.published_at >= s.closed_at)"""


def _published_again(_: str) -> str:
    return (
        f"NEW.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM {PUBLICATION} p WHERE p.id = NEW.id "
        "OR p.sheet_id = NEW.sheet_id OR (p.item_id = NEW.item_id AND p.ended_at IS NULL))"
    )


def _raised_again(vendor: str) -> str:
    return f"OLD.ended_at IS NOT NULL AND {_changed(vendor, _ENDING)}"


def _file_unreviewed(vendor: str) -> str:
    """True unless the publication's reviewed content names this file with this digest and this name."""
    each = {
        "sqlite": "json_each(p.content, '$.attachments') a",
        "postgresql": "jsonb_array_elements(p.content::jsonb -> 'attachments') AS a(value)",
    }[vendor]
    number = {"sqlite": "NEW.file_id", "postgresql": "replace(NEW.file_id::text, '-', '')"}[vendor]
    get = {"sqlite": "json_extract(a.value, '$.{}')", "postgresql": "(a.value ->> '{}')"}[vendor]
    return f"""NOT EXISTS (SELECT 1 FROM {PUBLICATION} p, {each}
    WHERE p.id = NEW.publication_id AND {get.format("file")} = {number}
    AND {get.format("digest")} = NEW.digest AND {get.format("name")} = NEW.name)
  OR EXISTS (SELECT 1 FROM {FILE} f WHERE f.id = NEW.id OR (f.publication_id = NEW.publication_id AND f.file_id = NEW.file_id))"""


def _file_in_use(vendor: str) -> str:
    touched = _changed(vendor, ("id", "digest", "size", "removed_at", "name", "content_type"))
    return f"""{touched} AND EXISTS (SELECT 1 FROM {FILE} f JOIN {PUBLICATION} p ON p.id = f.publication_id
    WHERE f.file_id = OLD.id AND p.ended_at IS NULL)"""


_STAYS = "审查记录不能修改"
_KEPT = "审查记录不能删除"
_PUBLIC_STAYS = "已经发布的内容不能修改"
RULES: tuple[Rule, ...] = (
    Rule("disclosure_sheet_new", SHEET, "insert", "审查表从送审开始，不能直接写成已办结", _sheet_in),
    Rule(
        "disclosure_sheet_fixed",
        SHEET,
        "update",
        _STAYS,
        lambda vendor: f"OLD.result <> 'open' OR {_changed(vendor, FIXED[SHEET])}",
    ),
    Rule("disclosure_sheet_pass", SHEET, "update", "四关和终审没有签完，审查表不能通过", _sheet_passes),
    Rule("disclosure_sheet_kept", SHEET, "delete", _KEPT, _always),
    Rule("disclosure_step_new", STEP, "insert", "送审以后不能增加审查环节", _step_in),
    Rule("disclosure_step_sign", STEP, "update", "审查环节只能由签字办结一次", _step_signed),
    Rule("disclosure_step_kept", STEP, "delete", _KEPT, _always),
    Rule(
        "disclosure_signature_new",
        SIGNATURE,
        "insert",
        "签字要针对正在审查的同一内容，由本人签",
        _signature_in,
    ),
    Rule(
        "disclosure_signature_once", SIGNATURE, "insert", "一个人不能签同一条信息的两个层级", _signature_twice
    ),
    Rule(
        "disclosure_signature_drafter", SIGNATURE, "insert", "拟稿、修改的人不能审查", _signature_of_drafter
    ),
    Rule("disclosure_signature_fixed", SIGNATURE, "update", _STAYS, _always),
    Rule("disclosure_signature_kept", SIGNATURE, "delete", _KEPT, _always),
    Rule("disclosure_drafter_fixed", DRAFTER, "update", _STAYS, _drafter_kept),
    Rule("disclosure_drafter_kept", DRAFTER, "delete", _KEPT, _drafter_kept),
    Rule(
        "disclosure_clearing_new",
        CLEARING,
        "insert",
        "查出的内容由没有拟稿、修改的人放行，同一处只放行一次",
        _clearing_in,
    ),
    Rule("disclosure_clearing_fixed", CLEARING, "update", _STAYS, _always),
    Rule("disclosure_clearing_kept", CLEARING, "delete", _KEPT, _clearing_kept),
    Rule("disclosure_referral_new", REFERRAL, "insert", "只有正在审查的才能报请确定", _referral_in),
    Rule("disclosure_referral_fixed", REFERRAL, "update", _STAYS, _referral_change),
    Rule("disclosure_referral_kept", REFERRAL, "delete", _KEPT, _always),
    Rule(
        "disclosure_publish_reviewed",
        PUBLICATION,
        "insert",
        "没有审查通过的同一内容，不能发布",
        _published_unreviewed,
    ),
    Rule("disclosure_publish_once", PUBLICATION, "insert", "同一次审查只能发布一次", _published_again),
    Rule("disclosure_publish_fixed", PUBLICATION, "update", _PUBLIC_STAYS, _fixed(PUBLICATION)),
    Rule("disclosure_publish_ended", PUBLICATION, "update", "撤回、下线的内容不能恢复公开", _raised_again),
    Rule("disclosure_publish_kept", PUBLICATION, "delete", "发布记录不能删除", _always),
    Rule("disclosure_file_reviewed", FILE, "insert", "没有审查过的附件不能公开", _file_unreviewed),
    Rule("disclosure_file_fixed", FILE, "update", _PUBLIC_STAYS, _always),
    Rule("disclosure_file_kept", FILE, "delete", "发布记录不能删除", _always),
    Rule("disclosure_stored_fixed", STORED, "update", "这个文件正在公开，不能更换或者删除", _file_in_use),
)
"""Every trigger."""
