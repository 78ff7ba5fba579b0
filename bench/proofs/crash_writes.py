"""A process is killed in the middle of a stream of writes: everything it had acknowledged is there, nothing is half
there.

Each transaction writes two rows. The writer prints a transaction's number once it has been told that it is durable;
after
the kill the file is opened again and compared with what was printed.
"""

import argparse
import asyncio
import random
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from bench.report import Report
from vici.infra.database.open import open_database
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
halves = sa.Table(
    "halves",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("half", sa.Integer, primary_key=True),
)

CALLERS = 32


def run(options: list[str]) -> Report:
    parser = argparse.ArgumentParser(prog="make proof NAME=crash-writes ARGS=…", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often the writer is killed (default 20)")
    parser.add_argument("--seed", type=int, default=None, help="of the moments of the kills")
    given = parser.parse_args(options)
    seed = random.randrange(10**6) if given.seed is None else given.seed
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crash.db"
        acknowledged: set[int] = set()
        for _ in range(given.rounds):
            acknowledged |= _killed_writer(
                path, first=max(acknowledged, default=0) + 1_000_000, seconds=chance.uniform(0.1, 0.8)
            )
        found = asyncio.run(_found(path))
    lost = len(acknowledged - found.keys())
    torn = sum(1 for count in found.values() if count != 2)
    figures = {
        "kills": given.rounds,
        "acknowledged": len(acknowledged),
        "found": len(found),
        "lost": lost,
        "torn": torn,
        "seed": seed,
    }
    return Report(passed=not lost and not torn and len(acknowledged) > given.rounds, figures=dict(figures))


def _killed_writer(path: Path, first: int, seconds: float) -> set[int]:
    writer = subprocess.Popen([sys.executable, "-m", __name__, str(path), str(first)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()  # it is writing now
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read().decode()
    writer.wait()
    writer.stdout.close()
    # The last line may be cut: then the number was not told to anyone.
    return {int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")}


def _insert(connection: sa.Connection, rows: list[dict[str, int]]) -> None:
    connection.execute(sa.insert(halves), rows)


async def _write(path: Path, first: int) -> None:
    database = open_database(f"sqlite:///{path}", SystemClock())
    await database.write(metadata.create_all)
    print("ready", flush=True)

    async def caller(number: int) -> None:
        while True:
            rows = [{"number": number, "half": half} for half in (0, 1)]
            await database.write(partial(_insert, rows=rows))
            print(number, flush=True)
            number += CALLERS

    await asyncio.gather(*(caller(first + start) for start in range(CALLERS)))


async def _found(path: Path) -> dict[int, int]:
    database = open_database(f"sqlite:///{path}", SystemClock())
    counted = sa.select(halves.c.number, sa.func.count()).group_by(halves.c.number)
    found = await database.read(lambda connection: dict(connection.execute(counted).all()))
    sound = await database.read(lambda connection: connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    await database.close()
    assert sound == "ok", sound
    return found


if __name__ == "__main__":
    asyncio.run(_write(Path(sys.argv[1]), int(sys.argv[2])))
