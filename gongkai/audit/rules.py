"""Rules of a room as triggers: what a room's guard says in conditions becomes statements for either engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_WHEN = {"insert": "INSERT", "update": "UPDATE", "delete": "DELETE"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger: its name, where and at what, what it says, when it refuses (the condition by engine)."""

    name: str
    table: str
    verb: str
    said: str
    when: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Ruled:
    """The triggers of a room: its rules, and the tables that are never emptied (TRUNCATE passes row triggers by)."""

    room: str
    rules: tuple[Rule, ...]
    tables: tuple[str, ...]
    never_emptied: str

    def names(self, vendor: str) -> set[str]:
        """The names of the triggers that must stand."""
        found = {rule.name for rule in self.rules}
        return found | {f"{table}_clear" for table in self.tables} if vendor == "postgresql" else found

    def put_up(self, vendor: str) -> list[str]:
        """The statements that put them up on sqlite or postgresql."""
        if vendor == "sqlite":
            return [_sqlite(rule) for rule in self.rules]
        made = [statement for rule in self.rules for statement in _postgresql(rule)]
        made.append(
            f"CREATE OR REPLACE FUNCTION {self.room}_clear() RETURNS trigger LANGUAGE plpgsql AS $$\n"
            f"BEGIN RAISE EXCEPTION '{self.never_emptied}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        made += [
            f"CREATE TRIGGER {table}_clear BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.room}_clear()"
            for table in self.tables
        ]
        return made

    def take_down(self, vendor: str) -> list[str]:
        """The statements that take them down: for the tests, for undoing the migration, for loading a backup."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {rule.name}" for rule in self.rules]
        found = [f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}" for rule in self.rules]
        return found + [f"DROP TRIGGER IF EXISTS {table}_clear ON {table}" for table in self.tables]


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
