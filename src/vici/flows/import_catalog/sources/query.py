"""The rows of a query on a PostgreSQL database."""

from collections.abc import AsyncGenerator
from typing import NamedTuple

from vici.flows.import_catalog.sources.rows import Row, once
from vici.infra.database.query import query_postgresql


class Query(NamedTuple):
    url: str
    statement: str

    def __str__(self) -> str:
        # Never the URL: it may hold a password.
        return "The query"


async def query_rows(query: Query, rows_max: int) -> AsyncGenerator[tuple[tuple[str, ...], list[Row]]]:
    """The columns with some rows, again and again; the first time with none."""
    number = 0
    async for batch in query_postgresql(query.url, query.statement, rows_max):
        columns = once(batch.columns, query)
        rows: list[Row] = []
        for values in batch.rows:
            number += 1
            rows.append(Row(number, dict(zip(columns, values, strict=True))))
        yield columns, rows
