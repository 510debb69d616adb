"""What the database refuses, whoever asks: anything public that was not reviewed exactly so.

Triggers on both engines, put up by a migration and again after any that lost them (gongkai/audit/triggers.py). They
stand behind `gate.py`: whatever goes past the acts (the shell, a bulk write, plain SQL) meets them. Rules by table are
in guard_rules.py; here they become statements.
"""

from __future__ import annotations

from .guard_rules import RULES, TABLES, Rule

_WHEN = {"insert": "INSERT", "update": "UPDATE", "delete": "DELETE"}


def names(vendor: str) -> set[str]:
    """The names of the triggers that must stand."""
    found = {rule.name for rule in RULES}
    return found | {f"{table}_clear" for table in TABLES} if vendor == "postgresql" else found


def put_up(vendor: str) -> list[str]:
    """The statements that put the guard up on sqlite or postgresql."""
    if vendor == "sqlite":
        return [_sqlite(rule) for rule in RULES]
    made = [statement for rule in RULES for statement in _postgresql(rule)]
    made.append(
        "CREATE OR REPLACE FUNCTION disclosure_clear() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        "BEGIN RAISE EXCEPTION '审查和发布的记录不能清空' USING ERRCODE = 'restrict_violation'; END $$"
    )
    made += [
        f"CREATE TRIGGER {table}_clear BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION disclosure_clear()"
        for table in TABLES
    ]
    return made


def take_down(vendor: str) -> list[str]:
    """The statements that take it down: for the tests, for undoing the migration, for loading a backup."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {rule.name}" for rule in RULES]
    found = [f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}" for rule in RULES]
    return found + [f"DROP TRIGGER IF EXISTS {table}_clear ON {table}" for table in TABLES]


def _sqlite(rule: Rule) -> str:
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {_WHEN[rule.verb]} ON {rule.table} "
        f"WHEN {rule.when('sqlite')}\nBEGIN SELECT RAISE(ABORT, '{rule.said}'); END"
    )


def _postgresql(rule: Rule) -> list[str]:
    row = "OLD" if rule.verb == "delete" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN IF {rule.when('postgresql')} THEN\n"
        f"RAISE EXCEPTION '{rule.said}' USING ERRCODE = 'restrict_violation'; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER {rule.name} BEFORE {_WHEN[rule.verb]} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    ]
