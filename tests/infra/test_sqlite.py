"""What SQLite's own faults look like to a caller."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from vici.infra.database import sqlite
from vici.infra.database.open import open_database
from vici.infra.database.port import Database, DatabaseDamaged, DatabaseUnavailable, StorageFull
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
things = sa.Table("things", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))


async def opened(path: Path) -> Database:
    database = open_database(f"sqlite:///{path}", SystemClock())
    await database.write(metadata.create_all)
    return database


async def test_a_full_disk_is_told_to_everyone_and_the_shop_goes_on_when_there_is_room(tmp_path: Path) -> None:
    database = await opened(tmp_path / "full.db")
    await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=20") and None)

    async def big(number: int) -> object:
        return await database.write(
            lambda c: c.execute(sa.insert(things).values(id=number, text="x" * 50_000)) and None
        )

    outcomes = await asyncio.gather(*(big(number) for number in range(10)), return_exceptions=True)
    assert any(isinstance(outcome, StorageFull) for outcome in outcomes)
    assert all(outcome is None or isinstance(outcome, StorageFull) for outcome in outcomes)
    stored = await database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(things)))
    assert stored == sum(outcome is None for outcome in outcomes)
    await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=10000") and None)
    await big(100)
    await database.close()


async def test_a_disk_that_is_full_before_the_last_row_refuses_that_statement_and_no_other(tmp_path: Path) -> None:
    database = await opened(tmp_path / "full.db")
    await database.write(lambda c: c.exec_driver_sql("PRAGMA max_page_count=20") and None)
    rows = [{"id": number, "text": "x" * 3_000} for number in range(100)]

    def small(number: int) -> "asyncio.Task[None]":
        return asyncio.create_task(database.write(lambda c: c.execute(sa.insert(things).values(id=number)) and None))

    outcomes = await asyncio.gather(
        small(1000),
        database.write(lambda c: c.execute(sa.insert(things).values(rows)) and None),  # SQLite takes back this alone
        small(1001),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [type(None), StorageFull, type(None)]
    assert await database.read(lambda c: list(c.scalars(sa.select(things.c.id)))) == [1000, 1001]
    await database.close()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (sqlite3.SQLITE_NOTADB, DatabaseDamaged),
        (sqlite3.SQLITE_CORRUPT, DatabaseDamaged),
        (sqlite3.SQLITE_IOERR, DatabaseUnavailable),
        (sqlite3.SQLITE_BUSY, DatabaseUnavailable),
    ],
)
async def test_a_fault_of_the_file_in_one_statement_is_told_by_its_name(
    tmp_path: Path, code: int, refusal: type[Exception]
) -> None:
    database = await opened(tmp_path / "faulty.db")
    fault = sqlite3.OperationalError("a fault of the file")
    fault.sqlite_errorcode = code

    def meet(connection: sa.Connection) -> None:
        raise fault

    with pytest.raises(refusal):
        await database.write(meet)
    with pytest.raises(refusal):
        await database.read(meet)
    await database.close()


async def test_a_disk_fault_on_a_full_disk_is_told_as_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await opened(tmp_path / "faulty.db")
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR

    def roll_back_all(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")  # as SQLite does by itself
        raise fault

    with pytest.raises(DatabaseUnavailable, match="disk I/O error"):
        await database.write(roll_back_all)
    free = sqlite.shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(sqlite.shutil, "disk_usage", lambda _: free)
    with pytest.raises(StorageFull):
        await database.write(roll_back_all)
    await database.close()


async def test_another_process_that_holds_the_file_for_too_long_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    database = await opened(tmp_path / "busy.db")
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="another process"):
        await database.write(lambda c: c.execute(sa.insert(things).values(id=1)))
    other.execute("ROLLBACK")
    await database.write(lambda c: c.execute(sa.insert(things).values(id=1)))
    other.close()
    await database.close()


async def test_a_write_waits_for_another_process_that_is_done_in_time(tmp_path: Path) -> None:
    database = await opened(tmp_path / "busy.db")
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(database.write(lambda c: c.execute(sa.insert(things).values(id=1)) and None))
    done, _ = await asyncio.wait([waiting], timeout=0.1)
    assert not done
    other.execute("ROLLBACK")
    await waiting
    other.close()
    await database.close()


def test_a_file_that_is_no_database_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("just some notes, and rather more than a hundred bytes of them " * 20)
    with pytest.raises(DatabaseDamaged, match=r"notes\.db"):
        open_database(f"sqlite:///{tmp_path}/notes.db", SystemClock())


def test_a_folder_that_cannot_be_made_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseUnavailable, match="file"):
        open_database(f"sqlite:///{tmp_path}/file/shop.db", SystemClock())


@pytest.mark.parametrize("url", ["mongodb://x", "", "sqlite", "postgres//x"])
def test_an_unknown_url_names_the_known_ones(url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="sqlite, postgresql, mysql or mariadb"):
        open_database(url, SystemClock())
