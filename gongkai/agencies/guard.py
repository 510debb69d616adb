"""What the database refuses about seats, whoever asks: two administrators in one person by way of a deputy, and two
deputies of one seat at a time.

The acts check the same and say it in words; this is for whatever goes past them. Triggers on both engines, set up by
a migration, and again after any migration that lost them (gongkai/audit/triggers.py): SQLite drops them with the
table it rebuilds.
"""

from __future__ import annotations

_ADMIN = "('system_admin', 'security_admin', 'audit_admin')"
APART = "系统管理员、安全管理员、审计管理员不能由同一个人担任或者代班"
ONE_AT_A_TIME = "一个岗位同一天只能有一个人代班"
# The day in China, where every agency is.
_TODAY = {
    "sqlite": "date('now', '+8 hours')",
    "postgresql": "(now() AT TIME ZONE 'Asia/Shanghai')::date",
}
_OTHER = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def _deputy_is_apart(vendor: str) -> str:
    """True when the new deputy of an administrator seat holds another one, or stands in for another one."""
    other = _OTHER[vendor]
    return f"""NEW.cancelled_on IS NULL
  AND EXISTS (SELECT 1 FROM agencies_seat s WHERE s.id = NEW.seat_id AND s.kind IN {_ADMIN})
  AND ((NEW.until >= {_TODAY[vendor]} AND EXISTS (
      SELECT 1 FROM agencies_seat s
      WHERE s.person_id = NEW.person_id AND s.ended_on IS NULL AND s.kind IN {_ADMIN} AND s.id {other} NEW.seat_id))
    OR EXISTS (
      SELECT 1 FROM agencies_deputy d JOIN agencies_seat s ON s.id = d.seat_id
      WHERE d.person_id = NEW.person_id AND d.id {other} NEW.id AND d.cancelled_on IS NULL AND s.kind IN {_ADMIN}
        AND s.id {other} NEW.seat_id AND d.since <= NEW.until AND d.until >= NEW.since))"""  # noqa: S608


def _deputies_overlap(vendor: str) -> str:
    return f"""NEW.cancelled_on IS NULL AND EXISTS (
      SELECT 1 FROM agencies_deputy d
      WHERE d.seat_id = NEW.seat_id AND d.id {_OTHER[vendor]} NEW.id AND d.cancelled_on IS NULL
        AND d.since <= NEW.until AND d.until >= NEW.since)"""  # noqa: S608 - constants of this file


def _holder_is_apart(vendor: str) -> str:
    """True when the new holder of an administrator seat stands in for another one, now or later."""
    return f"""NEW.person_id IS NOT NULL AND NEW.ended_on IS NULL AND NEW.kind IN {_ADMIN} AND EXISTS (
      SELECT 1 FROM agencies_deputy d JOIN agencies_seat s ON s.id = d.seat_id
      WHERE d.person_id = NEW.person_id AND d.cancelled_on IS NULL AND d.until >= {_TODAY[vendor]}
        AND s.kind IN {_ADMIN} AND s.id {_OTHER[vendor]} NEW.id)"""  # noqa: S608 - constants of this file


TRIGGERS = {
    "deputy_administrators": ("agencies_deputy", APART, _deputy_is_apart),
    "deputy_one_at_a_time": ("agencies_deputy", ONE_AT_A_TIME, _deputies_overlap),
    "seat_administrators": ("agencies_seat", APART, _holder_is_apart),
}
"""The triggers by name: table, what they say, when they refuse. On SQLite there are two of each, for INSERT and
UPDATE, their names ending so."""


def put_up(vendor: str) -> list[str]:
    """The statements that put the guard up on sqlite or postgresql."""
    return [
        statement
        for name, (table, said, when) in TRIGGERS.items()
        for statement in _made(vendor, name, table, said, when(vendor))
    ]


def names(vendor: str) -> set[str]:
    """The names of the triggers that must stand."""
    if vendor == "sqlite":
        return {f"{name}_{verb}" for name in TRIGGERS for verb in ("insert", "update")}
    return set(TRIGGERS)


def _made(vendor: str, name: str, table: str, said: str, when: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} WHEN {when}\n"
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            for verb in ("INSERT", "UPDATE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';"
        f" END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def take_down(vendor: str) -> list[str]:
    """The statements that take it down: for undoing the migration."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}_{verb}" for name in TRIGGERS for verb in ("insert", "update")]
    # The functions stay: they are made anew in place, and tables kept from before a restore still point at them.
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (table, _, _) in TRIGGERS.items()]
