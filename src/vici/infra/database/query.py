"""Reads rows out of somebody else's PostgreSQL database: nothing there is changed."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from importlib.util import find_spec
from typing import Any, NamedTuple, cast

from vici.kit.errors import Refusal, Why

CONNECT_SECONDS = 10


class QueryFailed(Refusal):
    code = "query.failed"
    why = Why.UNAVAILABLE
    message = "The query could not be run: {reason}."


class Batch(NamedTuple):
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


async def query_postgresql(url: str, statement: str, rows_max: int) -> AsyncGenerator[Batch]:
    """The rows of one statement, as the server's cursor hands them out: never more than `rows_max` in memory. The first
    batch may be empty, and tells the columns."""
    if find_spec("asyncpg") is None:
        raise QueryFailed(reason="reading from PostgreSQL needs the extra: pip install 'vici[postgres]'")
    import asyncpg

    try:
        connect = cast("Callable[..., Awaitable[Any]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]
        connection = await connect(url, timeout=CONNECT_SECONDS)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                prepared = await connection.prepare(statement)
                columns = tuple(attribute.name for attribute in prepared.get_attributes())
                cursor = await prepared.cursor()
                yield Batch(columns, [])
                while rows := await cursor.fetch(rows_max):
                    yield Batch(columns, [tuple(row) for row in rows])
        finally:
            await connection.close(timeout=CONNECT_SECONDS)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
        lines = str(error).strip().splitlines()
        raise QueryFailed(reason=lines[0].rstrip(".") if lines else type(error).__name__) from None
