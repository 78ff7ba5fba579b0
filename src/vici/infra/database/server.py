"""PostgreSQL, MySQL and MariaDB: the same plain functions, run over an asynchronous driver."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from vici.infra.database.port import DatabaseUnavailable, OutcomeUnknown, StorageFull
from vici.kit.errors import Refusal

T = TypeVar("T")

ATTEMPTS = 8
POOL_SIZE = 30  # the number the message store is promised
POOL_WAIT_SECONDS = 10

_AGAIN = {"40001", "40P01", 1213, 1205}  # serialization failure, deadlock; MySQL: deadlock, lock wait timeout
_FULL = {"53100", 1114, 1021}
# What whoever runs the server has to put right, or time does. Classes of SQLSTATE: connection, authorisation, no such
# database, resources, shutting down, system, interrupted (MariaDB). A number in the 2000s is MySQL's client speaking.
_UNAVAILABLE_CLASSES = {"08", "28", "3D", "53", "57", "58", "70"}
# a standby, which only reads; no privilege; MySQL: no right to the database, no such database, host blocked, host not
# allowed, no right to the table, too many connections of one user (two), read-only (two)
_UNAVAILABLE = {"25006", "42501", 1044, 1049, 1129, 1130, 1142, 1203, 1226, 1290, 1836}


class ServerDatabase:
    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url,
            # The same on both, whatever the server's default: rules are conditional statements and row locks.
            isolation_level="READ COMMITTED",
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_pre_ping=True,
            pool_recycle=1800,
        )
        self._heard: dict[str, list[Callable[[], object]]] = defaultdict(list)
        self._closed = False

    async def write(self, function: Callable[[Connection], T]) -> T:
        for attempt in range(ATTEMPTS):
            try:
                return await self._attempt(function)
            except DBAPIError as error:
                if not _codes(error) & _AGAIN or attempt == ATTEMPTS - 1:
                    if refusal := _refusal(error):
                        raise refusal from error
                    raise
                # Jitter keeps two transactions that met once from meeting again.
                await asyncio.sleep(random.uniform(0, min(1.0, 0.02 * 2**attempt)))
        raise AssertionError("unreachable")

    async def _attempt(self, function: Callable[[Connection], T]) -> T:
        signals: set[str] = set()

        def run(plain: Connection) -> T:
            plain.info["signals"] = signals
            return function(plain)

        async with self._connected() as connection:
            transaction = await connection.begin()
            try:
                answer = await connection.run_sync(run)
            except BaseException:
                await transaction.rollback()
                raise
            try:
                await transaction.commit()
            except (DBAPIError, OSError) as error:
                if _surely_rolled_back(error):
                    raise
                raise OutcomeUnknown() from error
        for name in signals:
            for heard in self._heard[name]:
                heard()
        return answer

    async def read(self, function: Callable[[Connection], T]) -> T:
        try:
            async with self._connected() as connection:
                return await connection.run_sync(function)
        except DBAPIError as error:
            if refusal := _refusal(error):
                raise refusal from error
            raise

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[AsyncConnection]:
        if self._closed:
            raise DatabaseUnavailable(reason="it is being closed")
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(self._engine.connect())
            # The drivers say in exceptions of every type that they cannot connect: an option they do not know, a
            # missing plugin, a server that speaks something else.
            except Exception as error:
                raise DatabaseUnavailable(reason=_first_line(error)) from error
            try:
                yield connection
            except OSError as error:  # asyncpg passes on what the socket says
                raise DatabaseUnavailable(reason=_first_line(error)) from error

    def on_signal(self, name: str, heard: Callable[[], object]) -> None:
        self._heard[name].append(heard)

    async def close(self) -> None:
        self._closed = True
        await self._engine.dispose()


def _codes(error: DBAPIError) -> set[str | int]:
    """What the server called the fault: an SQLSTATE, and a number where it is MySQL's."""
    said = (getattr(error.orig, "sqlstate", None), *(error.orig.args[:1] if error.orig else ()))
    return {code for code in said if isinstance(code, int) or (isinstance(code, str) and len(code) == 5)}


def _surely_rolled_back(error: DBAPIError | OSError) -> bool:
    """Whether a commit that failed so left nothing behind."""
    return isinstance(error, DBAPIError) and not error.connection_invalidated and bool(_codes(error) & _AGAIN)


def _refusal(error: DBAPIError) -> Refusal | None:
    """None where the statement itself is wrong."""
    codes = _codes(error)
    if codes & _FULL:
        return StorageFull()
    if (
        error.connection_invalidated
        or codes & (_AGAIN | _UNAVAILABLE)
        or any((code // 1000 == 2) if isinstance(code, int) else (code[:2] in _UNAVAILABLE_CLASSES) for code in codes)
    ):
        return DatabaseUnavailable(reason=_first_line(error))
    return None


def _first_line(error: BaseException) -> str:
    said = (isinstance(error, DBAPIError) and error.orig) or error
    match said.args:
        case (int(), str() as text):  # MySQL's number before its text; an OSError's
            pass
        case _:
            text = str(said)
    return (text.strip() or type(said).__name__).splitlines()[0].rstrip(".")
