"""PostgreSQL, MySQL and MariaDB: the same plain functions, run over an asynchronous driver."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from vici.infra.database.port import DatabaseUnavailable, OutcomeUnknown, StorageFull

T = TypeVar("T")

ATTEMPTS = 8
POOL_SIZE = 30  # the number the message store is promised
POOL_WAIT_SECONDS = 10

_AGAIN = {"40001", "40P01", 1213, 1205}  # serialization failure, deadlock; MySQL: deadlock, lock wait timeout
_FULL = {"53100", 1114, 1021}


class ServerDatabase:
    def __init__(self, url: str) -> None:
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
                if not _code(error) & _AGAIN or attempt == ATTEMPTS - 1:
                    raise _refusal(error) from error
                # Jitter keeps two transactions that met once from meeting again.
                await asyncio.sleep(random.uniform(0, min(1.0, 0.02 * 2**attempt)))
        raise AssertionError("unreachable")

    async def _attempt(self, function: Callable[[Connection], T]) -> T:
        self._refuse_if_closed()
        try:
            async with self._engine.connect() as connection:
                signals: set[str] = set()

                def run(plain: Connection) -> T:
                    plain.info["signals"] = signals
                    return function(plain)

                transaction = await connection.begin()
                try:
                    answer = await connection.run_sync(run)
                except BaseException:
                    await transaction.rollback()
                    raise
                try:
                    await transaction.commit()
                except (InterfaceError, OperationalError) as error:
                    if _code(error) & _AGAIN:
                        raise
                    raise OutcomeUnknown() from error
        except (PoolTimeout, OSError) as error:
            raise DatabaseUnavailable(reason=_first_line(error)) from error
        for name in signals:
            for heard in self._heard[name]:
                heard()
        return answer

    async def read(self, function: Callable[[Connection], T]) -> T:
        self._refuse_if_closed()
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(function)
        except (PoolTimeout, OSError) as error:
            raise DatabaseUnavailable(reason=_first_line(error)) from error
        except DBAPIError as error:
            raise _refusal(error) from error

    def on_signal(self, name: str, heard: Callable[[], object]) -> None:
        self._heard[name].append(heard)

    async def close(self) -> None:
        self._closed = True
        await self._engine.dispose()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise DatabaseUnavailable(reason="it is being closed")


def _code(error: DBAPIError) -> set[object]:
    """What the server called the fault: an SQLSTATE (PostgreSQL) or a number (MySQL)."""
    original = error.orig
    if original is None:
        return set()
    return {getattr(original, "sqlstate", None), original.args[0] if original.args else None}


def _refusal(error: DBAPIError) -> BaseException:
    if _code(error) & _FULL:
        return StorageFull()
    if error.connection_invalidated or isinstance(error, (InterfaceError, OperationalError)):
        return DatabaseUnavailable(reason=_first_line(error.orig or error))
    return error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
