"""What the database refuses, whoever asks: anything public that was not reviewed exactly so.

Triggers on both engines, put up by a migration and again after any that lost them (gongkai/audit/triggers.py). They
stand behind `gate.py`: whatever goes past the acts (the shell, a bulk write, plain SQL) meets them. Rules by table are
in guard_rules.py; here they become statements.
"""

from __future__ import annotations

from gongkai.audit.rules import Ruled

from .guard_rules import RULES, TABLES

_GUARD = Ruled("disclosure", RULES, TABLES, "审查和发布的记录不能清空")
names, put_up, take_down = _GUARD.names, _GUARD.put_up, _GUARD.take_down
"""What must stand, and the statements that put it up and take it down, by engine."""
