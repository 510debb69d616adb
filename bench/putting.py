"""Rows of a scratch site cast in one mould: whatever is not said of a row is as in the first. The quickest way in."""

from __future__ import annotations

from typing import Any


class Mould:
    """A row of a model, not saved, and others that differ from it in the fields named, by `attname`."""

    def __init__(self, row: Any, differing: tuple[str, ...]) -> None:
        from django.db import connections

        self._connection, self._meta = connections["default"], row._meta
        self._fields = {field.attname: field for field in self._meta.concrete_fields}
        prepared = (
            (f.get_db_prep_save(f.pre_save(row, add=True), self._connection)) for f in self._fields.values()
        )
        self.first = dict(zip(self._fields, prepared, strict=True))
        self._prepare = [(name, self._fields[name].get_db_prep_save) for name in ("id", *differing)]

    def first_free(self) -> int:
        """The number after the greatest."""
        last = self._meta.default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return 1 + (last or 0)

    def put(self, rows: list[tuple[Any, ...]]) -> None:
        """Each row: its number and the values that differ, in the order of their names."""
        made = [[*self._cast(row).values()] for row in rows]
        table, names = self._meta.db_table, ", ".join(f'"{f.column}"' for f in self._fields.values())
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(self._fields))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", made)  # noqa: S608
                return
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in made:
                    copy.write_row(row)

    def finish(self) -> None:
        """Let the database number on after the greatest."""
        table = self._meta.db_table
        if self._connection.vendor == "postgresql":
            sql = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own
            with self._connection.cursor() as cursor:
                cursor.execute(sql)

    def _cast(self, row: tuple[Any, ...]) -> dict[str, Any]:
        told = zip(self._prepare, row, strict=True)
        return self.first | {name: prepare(value, self._connection) for (name, prepare), value in told}
