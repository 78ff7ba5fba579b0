"""Statements that need a dialect, kept out of the domains."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import IntegrityError

_DUPLICATE_KEY = 1062  # MySQL's number


def insert_once(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert the row unless one of its unique keys exists. True when this call inserted it."""
    if connection.dialect.name in ("mysql", "mariadb"):
        # Neither INSERT IGNORE (swallows every fault) nor ON DUPLICATE KEY (cannot tell which happened) says it
        # plainly.
        try:
            connection.execute(insert(table).values(**values))
        except IntegrityError as error:
            if error.orig is None or error.orig.args[0] != _DUPLICATE_KEY:
                raise
            return False
        return True
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return connection.execute(dialect.insert(table).values(**values).on_conflict_do_nothing()).rowcount == 1


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, keep: Sequence[str] = ()
) -> None:
    """Insert the rows, or overwrite every named column, less those to `keep`, of those whose primary key exists. All
    rows name the same columns."""
    if rows:
        connection.execute(_upsert_statement(connection.dialect.name, table, list(rows[0]), keep), list(rows))


def _upsert_statement(dialect: str, table: Table, columns: Sequence[str], keep: Sequence[str]) -> Insert:
    keys = [column.name for column in table.primary_key]
    changed = [name for name in columns if name not in (*keys, *keep)]
    if dialect in ("mysql", "mariadb"):
        statement = mysql.insert(table)
        return statement.on_duplicate_key_update({name: statement.inserted[name] for name in changed or keys})
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in changed}
    )
