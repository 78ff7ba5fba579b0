"""The write-ahead log is copied into the file beside the writer, and does not grow for ever."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from vici.infra.database import sqlite
from vici.infra.database.open import open_database
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
things = sa.Table("things", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))


async def test_the_log_is_begun_anew_however_long_writing_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_SECONDS", 0.001)
    monkeypatch.setattr(sqlite, "LOG_PAGES_MAX", 20)
    database = open_database(f"sqlite:///{tmp_path}/long.db", SystemClock())
    await database.write(metadata.create_all)
    # Each writes three pages or more: 18 megabytes through a log that has to stay far below that.
    for number in range(1500):
        await database.write(lambda c, number=number: c.execute(sa.insert(things).values(id=number, text="x" * 4000)))
    assert (tmp_path / "long.db-wal").stat().st_size < 9_000_000
    await database.close()
    # All of it is in the file, and the log is gone with the last who had it open.
    assert not (tmp_path / "long.db-wal").exists()
    with sqlite3.connect(tmp_path / "long.db") as connection:
        assert connection.execute("SELECT count(*) FROM things").fetchone() == (1500,)
    connection.close()


async def test_a_file_that_was_taken_away_is_not_made_again(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/gone.db", SystemClock())
    await database.write(metadata.create_all)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"gone.db{ending}").unlink(missing_ok=True)
    await database.close()
    assert not (tmp_path / "gone.db").exists()
