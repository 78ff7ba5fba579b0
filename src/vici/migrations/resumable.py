"""MySQL and MariaDB commit each change of the schema by itself, so a migration that was interrupted leaves behind what
it had made, but not its version. Run again, it passes over what is there.

Alembic takes these classes for the two dialects because they name them.
"""

from typing import Any

from alembic.ddl.mysql import MySQLImpl
from sqlalchemy import Index, Table, inspect


class ResumableMySQL(MySQLImpl):
    __dialect__ = "mysql"

    def create_table(self, table: Table, **kw: Any) -> None:
        if not inspect(self.connection).has_table(table.name):
            super().create_table(table, **kw)
            return
        for index in table.indexes:
            self.create_index(index)

    def create_index(self, index: Index, **kw: Any) -> None:
        # Asked, because MySQL knows no CREATE INDEX IF NOT EXISTS.
        assert index.table is not None
        there = {found["name"] for found in inspect(self.connection).get_indexes(index.table.name)}
        if index.name not in there:
            super().create_index(index, **kw)


class ResumableMariaDB(ResumableMySQL):
    __dialect__ = "mariadb"
