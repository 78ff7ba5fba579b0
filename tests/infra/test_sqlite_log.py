"""The write-ahead log is copied into the file beside the writer, and does not grow for ever."""

import asyncio
import sqlite3
import struct
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from vici.infra.database import sqlite
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
things = sa.Table("things", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))

# However slow the machine.
WAIT_SECONDS = 60


def times_begun(log: Path) -> int:
    """The log's own count of how often it was begun anew: the fourth number in its head."""
    with log.open("rb") as file:
        return struct.unpack(">8I", file.read(32))[3]


class Writing:
    """Callers who write without a pause, so that the writer never rests."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers = count()
        self.written = 0
        self.slowest = 0.0

    @asynccontextmanager
    async def going_on(self) -> AsyncGenerator[None]:
        over = asyncio.Event()
        callers = [asyncio.create_task(self._write(over)) for _ in range(8)]
        yield
        over.set()
        await asyncio.gather(*callers)

    async def _write(self, over: asyncio.Event) -> None:
        while not over.is_set():
            number, began = next(self._numbers), time.monotonic()
            await self._database.write(
                lambda connection, number=number: connection.execute(
                    sa.insert(things).values(id=number, text="x" * 4000)
                )
            )
            self.written += 1
            self.slowest = max(self.slowest, time.monotonic() - began)


async def begun_anew(log: Path, times: int) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        until = times_begun(log) + times
        while times_begun(log) < until:  # noqa: ASYNC110 — what is waited for stands in a file
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def looks_often_and_finds_it_long_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_SECONDS", 0.001)
    monkeypatch.setattr(sqlite, "LOG_PAGES_MAX", 20)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Another process in the middle of a long read."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM things").fetchone()
    yield
    other.close()


async def test_the_log_is_begun_anew_however_long_writing_goes_on(tmp_path: Path) -> None:
    path, log = tmp_path / "long.db", tmp_path / "long.db-wal"
    database = open_database(f"sqlite:///{path}", SystemClock())
    await database.write(metadata.create_all)
    writing = Writing(database)
    async with writing.going_on():
        await begun_anew(log, 5)
    await database.close()
    # All of it is in the file, and the log is gone with the last who had it open.
    assert not log.exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM things").fetchone() == (writing.written,)
    connection.close()


async def test_what_is_written_while_the_log_is_copied_keeps_nobody_from_beginning_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_SECONDS", 3600)
    path, log = tmp_path / "long.db", tmp_path / "long.db-wal"
    database = sqlite.SqliteDatabase(path, SystemClock())

    async def write(number: int) -> None:
        await database.write(
            lambda connection: connection.execute(sa.insert(things).values(id=number, text="x" * 4000))
        )

    await database.write(metadata.create_all)
    with reading(path):  # nothing newer than what it sees can be copied
        for number in range(30):
            await write(number)
        database._checkpoints.copy()
    before = times_begun(log)
    for number in range(30, 33):
        await write(number)
    assert times_begun(log) == before + 1
    await database.close()


async def test_a_long_reader_keeps_the_log_but_no_writer(tmp_path: Path) -> None:
    path, log = tmp_path / "long.db", tmp_path / "long.db-wal"
    database = open_database(f"sqlite:///{path}", SystemClock())
    await database.write(metadata.create_all)
    writing = Writing(database)
    async with writing.going_on():
        with reading(path):
            before = times_begun(log)
            while writing.written < 500:  # noqa: ASYNC110 — what is waited for is other tasks' work
                await asyncio.sleep(0.01)
            assert times_begun(log) <= before + 1  # what it reads stands in the log
            assert writing.slowest < 0.5 * sqlite.BUSY_SECONDS
            grown = log.stat().st_size
        await begun_anew(log, 5)
    assert log.stat().st_size < grown
    await database.close()


async def test_a_file_that_was_taken_away_is_not_made_again(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/gone.db", SystemClock())
    await database.write(metadata.create_all)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"gone.db{ending}").unlink(missing_ok=True)
    await database.close()
    assert not (tmp_path / "gone.db").exists()
