"""Column types that mean the same on SQLite, PostgreSQL and MySQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, Dialect, Integer, String, Text, type_coerce
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# SQLite gives row ids only to INTEGER columns.
RowId = BigInteger().with_variant(Integer, "sqlite")
Document = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
# MySQL's TEXT ends at 64 KiB, silently or with an error depending on its mode.
LongText = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


def key(length: int = 100) -> TypeEngine[str]:
    """An identifier, compared and sorted byte by byte: MySQL's usual collation holds `a`, `A` and `á` for one key, and
    PostgreSQL sorts by the rules of whatever language it was installed in."""
    binary = mysql.VARCHAR(length, collation="utf8mb4_bin")
    return (
        String(length)
        .with_variant(postgresql.VARCHAR(length, collation="C"), "postgresql")
        .with_variant(binary, "mysql", "mariadb")
    )


def microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970: exact, sortable, the same arithmetic in every dialect."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 — SQLAlchemy names it
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy names it
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class _DatabaseMicroseconds(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True
    name = "database_microseconds"


@compiles(_DatabaseMicroseconds, "sqlite")
def _sqlite(*_: Any, **__: Any) -> str:
    # Registered on every connection from the injected clock, so that a simulation can move time.
    return "vici_now()"


@compiles(_DatabaseMicroseconds, "postgresql")
def _postgresql(*_: Any, **__: Any) -> str:
    # Not now(): that is when the transaction began, which may be long before a lock was granted.
    return "(extract(epoch from clock_timestamp()) * 1000000)::bigint"


@compiles(_DatabaseMicroseconds, "mysql")
@compiles(_DatabaseMicroseconds, "mariadb")
def _mysql(*_: Any, **__: Any) -> str:
    return "cast(unix_timestamp(sysdate(6)) * 1000000 as signed)"


def database_now(plus: timedelta = timedelta()) -> ColumnElement[datetime]:
    """The database's own time, which alone decides leases: no two machines' clocks agree."""
    return type_coerce(_DatabaseMicroseconds() + plus // _MICROSECOND, Instant)
