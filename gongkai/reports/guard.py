"""What the database refuses of annual reports, whoever asks: anything public that was not signed exactly so.

Triggers on both engines, put up by a migration and again after any that lost them (gongkai/audit/triggers.py). They
stand behind the acts: the shell, a bulk write and plain SQL meet them.
"""

# ruff: noqa: S608 - statements made of constants of this file
from __future__ import annotations

from gongkai.audit.rules import Rule, Ruled

SHEET, SIGNATURE, VERSION = "reports_reportsheet", "reports_reportsignature", "reports_reportversion"
SUBMISSION = "reports_submission"
TABLES = (SHEET, SIGNATURE, VERSION, SUBMISSION)
"""Tables whose rows stay for ever."""
SHEET_FIXED = (
    *("id", "report_id", "serial", "snapshot", "digest", "stages", "answers", "note"),
    *("submitted_by_id", "submitted_at"),
)
"""Columns of a sheet that never change; its result does, once."""
SUBMISSION_FIXED = ("id", "report_id", "version_id", "organ", "on", "way", "by_id", "at")
"""Columns of a handing in that never change; its receipt is written down once."""


def _always(_: str) -> str:
    return "1 = 1"


def _sheet_in(_: str) -> str:
    return (
        "NEW.result <> 'open' OR NEW.closed_at IS NOT NULL OR EXISTS (SELECT 1 FROM "
        f"{SHEET} s WHERE s.id = NEW.id OR (s.report_id = NEW.report_id AND s.serial = NEW.serial))"
    )


def _sheet_fixed(vendor: str) -> str:
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[vendor]
    return "OLD.result <> 'open' OR " + " OR ".join(
        f'NEW."{name}" {differs} OLD."{name}"' for name in SHEET_FIXED
    )


def _stages(vendor: str, row: str) -> str:
    return {
        "sqlite": f"json_array_length({row}.stages)",
        "postgresql": f"jsonb_array_length({row}.stages)",
    }[vendor]


def _sheet_passes(vendor: str) -> str:
    """True when it is to be signed through and a stage, or the last one of the leader, has no agreeing signature."""
    number = _stages(vendor, "NEW")
    last = {
        "sqlite": "json_extract(NEW.stages, '$[#-1]')",
        "postgresql": "(NEW.stages ->> -1)",
    }[vendor]
    return f"""NEW.result = 'signed' AND (
  {number} < 1 OR {last} IS NULL OR {last} <> 'report.sign'
  OR (SELECT COUNT(*) FROM {SIGNATURE} g WHERE g.sheet_id = NEW.id AND g.agreed AND g.digest = NEW.digest
      AND g.stage BETWEEN 1 AND {number}) <> {number}
  OR EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.sheet_id = NEW.id AND NOT g.agreed))"""


def _signature_in(vendor: str) -> str:
    """True unless the sheet is open, says the same, was handed in by somebody else, and this is its next stage."""
    return f"""NOT EXISTS (SELECT 1 FROM {SHEET} s WHERE s.id = NEW.sheet_id AND s.result = 'open'
    AND s.digest = NEW.digest AND s.submitted_by_id <> NEW.person_id AND NEW.stage <= {_stages(vendor, "s")})
  OR NEW.stage <> 1 + (SELECT COUNT(*) FROM {SIGNATURE} g WHERE g.sheet_id = NEW.sheet_id)
  OR EXISTS (SELECT 1 FROM {SIGNATURE} g WHERE g.id = NEW.id
    OR (g.sheet_id = NEW.sheet_id AND (g.person_id = NEW.person_id OR g.stage = NEW.stage)))"""


def _submission_fixed(vendor: str) -> str:
    """True unless the receipt is written down, once."""
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[vendor]
    return "OLD.received_on IS NOT NULL OR " + " OR ".join(
        f'NEW."{name}" {differs} OLD."{name}"' for name in SUBMISSION_FIXED
    )


def _version_unsigned(_: str) -> str:
    """True unless a sheet of this report was signed through whose content is, letter for letter, what is to be public."""
    return f"""NOT EXISTS (SELECT 1 FROM {SHEET} s WHERE s.id = NEW.sheet_id AND s.result = 'signed'
    AND s.report_id = NEW.report_id AND s.digest = NEW.digest AND s.snapshot = NEW.snapshot AND s.note = NEW.note
    AND NEW.published_at >= s.closed_at)
  OR EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.id OR v.sheet_id = NEW.sheet_id
    OR (v.report_id = NEW.report_id AND v.number >= NEW.number))"""


_STAYS, _KEPT = "年报的签批记录不能修改", "年报的签批记录不能删除"
RULES: tuple[Rule, ...] = (
    Rule("reports_sheet_new", SHEET, "insert", "签批单从送签开始，不能直接写成已签批", _sheet_in),
    Rule("reports_sheet_fixed", SHEET, "update", _STAYS, _sheet_fixed),
    Rule("reports_sheet_pass", SHEET, "update", "没有签批完，签批单不能通过", _sheet_passes),
    Rule("reports_sheet_kept", SHEET, "delete", _KEPT, _always),
    Rule(
        "reports_signature_new",
        SIGNATURE,
        "insert",
        "签批要针对正在签批的同一份年报，由送签人以外的人依次签",
        _signature_in,
    ),
    Rule("reports_signature_fixed", SIGNATURE, "update", _STAYS, _always),
    Rule("reports_signature_kept", SIGNATURE, "delete", _KEPT, _always),
    Rule("reports_version_signed", VERSION, "insert", "没有签批过的同一份年报，不能发布", _version_unsigned),
    Rule("reports_version_fixed", VERSION, "update", "已经发布的年报不能修改，只能发布更正版", _always),
    Rule("reports_version_kept", VERSION, "delete", "已经发布的年报不能撤下", _always),
    Rule("reports_submission_fixed", SUBMISSION, "update", "报送记录不能修改", _submission_fixed),
    Rule("reports_submission_kept", SUBMISSION, "delete", "报送记录不能删除", _always),
)
"""Every trigger."""
_GUARD = Ruled("reports", RULES, TABLES, "签批和发布的年报不能清空")
names, put_up, take_down = _GUARD.names, _GUARD.put_up, _GUARD.take_down
"""What must stand, and the statements that put it up and take it down, by engine."""
