"""The guard in the database: an entry can be added at the end, and that is all.

Triggers on both engines refuse to change, delete or put in between; migration 0002 sets them up, and triggers.py
again after any migration that lost them (SQLite drops them with the table it rebuilds).
"""

from __future__ import annotations

KEPT_DAYS = 183
"""Six months: network logs are kept at least so long (网络安全法第二十一条第三项)."""
TABLES = ("audit_entry", "audit_checkpoint")

_NO_CHANGE = "审计记录不能修改"
_NO_DELETE = "审计记录不能删除"
_NO_CLEARING = "审计记录不能清空"
_ONLY_NEXT = "审计记录只能接在最后一条之后"

# An entry may go when it was written to a file whose digest stands in a checkpoint, and is older than six months.
_SQLITE = f"""
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number >= NEW.number)
  OR (EXISTS (SELECT 1 FROM audit_entry)
      AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number - 1 AND digest = NEW.previous))
BEGIN SELECT RAISE(ABORT, '{_ONLY_NEXT}'); END;
--
CREATE TRIGGER audit_entry_change BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END;
--
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
WHEN OLD.at >= datetime('now', '-{KEPT_DAYS} days')
  OR NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE retired AND file_digest <> '' AND number >= OLD.number)
BEGIN SELECT RAISE(ABORT, '{_NO_DELETE}'); END;
--
CREATE TRIGGER audit_checkpoint_change BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END;
--
CREATE TRIGGER audit_checkpoint_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, '{_NO_DELETE}'); END
"""  # noqa: S608 - constants of this file

_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT number, digest INTO last FROM audit_entry ORDER BY number DESC LIMIT 1;
    IF FOUND AND (NEW.number <> last.number + 1 OR NEW.previous <> last.digest) THEN
      RAISE EXCEPTION '{_ONLY_NEXT}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION '{_NO_CHANGE}' USING ERRCODE = 'restrict_violation';
  ELSIF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION '{_NO_CLEARING}' USING ERRCODE = 'restrict_violation';
  ELSIF TG_TABLE_NAME = 'audit_entry' THEN
    IF OLD.at < now() - interval '{KEPT_DAYS} days' AND EXISTS (
      SELECT 1 FROM audit_checkpoint WHERE retired AND file_digest <> '' AND number >= OLD.number
    ) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '{_NO_DELETE}' USING ERRCODE = 'restrict_violation';
END $$;
--
CREATE TRIGGER audit_entry_next BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_guard();
--
CREATE TRIGGER audit_entry_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_guard();
--
CREATE TRIGGER audit_entry_clear BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();
--
CREATE TRIGGER audit_checkpoint_change BEFORE UPDATE OR DELETE ON audit_checkpoint
FOR EACH ROW EXECUTE FUNCTION audit_guard();
--
CREATE TRIGGER audit_checkpoint_clear BEFORE TRUNCATE ON audit_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()
"""  # noqa: S608 - constants of this file

TRIGGERS = {
    "sqlite": (
        ("audit_entry_next", "audit_entry"),
        ("audit_entry_change", "audit_entry"),
        ("audit_entry_delete", "audit_entry"),
        ("audit_checkpoint_change", "audit_checkpoint"),
        ("audit_checkpoint_delete", "audit_checkpoint"),
    ),
    "postgresql": (
        ("audit_entry_next", "audit_entry"),
        ("audit_entry_change", "audit_entry"),
        ("audit_entry_clear", "audit_entry"),
        ("audit_checkpoint_change", "audit_checkpoint"),
        ("audit_checkpoint_clear", "audit_checkpoint"),
    ),
}
"""The triggers by engine, each with its table."""


def put_up(vendor: str) -> list[str]:
    """The statements that put the guard up on sqlite or postgresql."""
    text = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[vendor]
    return [part.strip() for part in text.split("--\n")]


def take_down(vendor: str) -> list[str]:
    """The statements that take it down: for the tests, and for undoing the migration."""
    on = " ON {table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}" + on.format(table=table) for name, table in TRIGGERS[vendor]]
