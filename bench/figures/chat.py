"""How fast the chat takes messages and answers them: the shop as `vici serve` runs it, beside a bare FastAPI echo.

Everything runs on this machine in one go, each in a process of its own: the load generator, the echo, the shop with its
demo catalogue on SQLite (`synchronous=FULL`) and, where PostgreSQL is installed, on PostgreSQL (`fsync` on). Rates are
shown as shares of the echo's, measured in turns, so that they mean the same on another machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import load
from bench.report import Report
from tests import servers

MESSAGE = "/api/v1/chat/message"
SHARE_OF_ECHO_MIN = {"sqlite": 0.25, "postgresql": 0.10}
OFFERED_PER_SECOND = 1000
OFFERED_P99_MS_MAX = 25
SHOPPERS = 20
REPLY_P50_MS_MAX = 50
REPLY_P99_MS_MAX = 200
MEMORY_MIB_MAX = 400
START_SECONDS = 180

Figures = dict[str, float | int | str | dict[str, float]]


def run(options: list[str]) -> Report:
    parser = argparse.ArgumentParser(prog="make bench NAME=chat ARGS=…", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often echo and shop take turns (default 5)")
    parser.add_argument("--seconds", type=float, default=3, help="of each turn (default 3)")
    parser.add_argument("--only", choices=("sqlite", "postgresql"), help="measure on this database alone")
    given = parser.parse_args(options)
    figures: Figures = {}
    with tempfile.TemporaryDirectory(prefix="vici-bench-") as folder, _echo() as echo_port:
        for kind in [given.only] if given.only else ["sqlite", "postgresql"]:
            try:
                with _database(kind, Path(folder)) as url:
                    _measure(kind, url, Path(folder) / kind, echo_port, given.rounds, given.seconds, figures)
            except servers.Missing as reason:
                figures[f"{kind}_skipped"] = str(reason)
    return Report(passed=_good_enough(figures), figures=figures)


def _measure(kind: str, url: str, folder: Path, echo_port: int, rounds: int, seconds: float, figures: Figures) -> None:
    with _shop(folder, url, quiet_ms=400) as (process, port):
        shares: list[float] = []
        for number in range(rounds):
            echoed = load.run(load.Plan(echo_port, "/echo", seconds))
            accepted = load.run(load.Plan(port, MESSAGE, seconds))
            shares.append(accepted.per_second / echoed.per_second)
            print(f"{kind} {number + 1}/{rounds}: echo {echoed}\n  shop {accepted}", file=sys.stderr)
            assert set(accepted.statuses) == {"202"}, accepted
            figures[f"{kind}_echo_per_second"] = echoed.per_second
            figures[f"{kind}_accepted_per_second"] = accepted.per_second
            _wait_until_idle(process)
        figures[f"{kind}_share_of_echo"] = round(statistics.median(shares), 3)
        offered = load.run(load.Plan(port, MESSAGE, 10, connections=128, sessions=2000, rate=OFFERED_PER_SECOND))
        print(f"{kind} offered: {offered}", file=sys.stderr)
        figures[f"{kind}_offered_p50_ms"] = offered.p50_ms
        figures[f"{kind}_offered_p99_ms"] = offered.p99_ms
        _wait_until_idle(process)
        figures[f"{kind}_memory_mib"] = _memory_mib(process)
    with _shop(folder, url, quiet_ms=0) as (process, port):
        replies = _shoppers(port)
        print(f"{kind} shoppers: {replies}", file=sys.stderr)
        figures[f"{kind}_reply"] = replies


def _good_enough(figures: Figures) -> bool:
    held: list[bool] = []
    for kind, share in SHARE_OF_ECHO_MIN.items():
        if f"{kind}_skipped" in figures or f"{kind}_reply" not in figures:
            continue
        reply = figures[f"{kind}_reply"]
        assert isinstance(reply, dict)
        held += [
            float(figures[f"{kind}_share_of_echo"]) >= share,  # type: ignore[arg-type]
            float(figures[f"{kind}_offered_p99_ms"]) < OFFERED_P99_MS_MAX,  # type: ignore[arg-type]
            float(figures[f"{kind}_memory_mib"]) < MEMORY_MIB_MAX,  # type: ignore[arg-type]
            reply["p50_ms"] < REPLY_P50_MS_MAX,
            reply["p99_ms"] < REPLY_P99_MS_MAX,
        ]
    return bool(held) and all(held)


@contextmanager
def _echo() -> Generator[int]:
    port = servers.free_port()
    with _process([sys.executable, "-m", "bench.echo", str(port)], f"http://127.0.0.1:{port}/docs", {}, None):
        yield port


@contextmanager
def _shop(folder: Path, url: str, quiet_ms: int) -> Generator[tuple[psutil.Process, int]]:
    port = servers.free_port()
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "VICI_DATA": str(folder),
        "VICI_DATABASE": url,
        "VICI_QUIET_MS": str(quiet_ms),
        "VICI_LIMIT_CLIENT": "off",
        "VICI_LIMIT_CHAT": "off",
        "VICI_LIMIT_SESSIONS": "off",
    }
    vici = str(Path(sys.executable).with_name("vici"))
    if not url.startswith("sqlite"):
        subprocess.run([vici, "migrate"], env=os.environ | settings, check=True)
    serve = [vici, "serve", "--port", str(port)]
    with _process(serve, f"http://127.0.0.1:{port}/health", settings, folder / "log") as process:
        yield process, port


@contextmanager
def _process(command: list[str], url: str, settings: dict[str, str], log: Path | None) -> Generator[psutil.Process]:
    output = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=output, stderr=output, env=os.environ | settings)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command} did not start: {log.read_text()[-2000:] if log else ''}")
            time.sleep(0.1)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def _database(kind: str, folder: Path) -> Generator[str]:
    if kind == "sqlite":
        yield "sqlite:///{data}/{service}.db?synchronous=FULL"
        return
    server = servers.durable_postgresql(folder / "server")
    try:
        yield servers.fresh_database(server.url)
    finally:
        psutil.Process(server.pid).terminate()


def _wait_until_idle(process: psutil.Process) -> None:
    """What was accepted is being answered: nothing else is measured beside that."""
    deadline = time.monotonic() + 300
    while process.cpu_percent(interval=1) > 10 and time.monotonic() < deadline:
        pass


def _memory_mib(process: psutil.Process) -> int:
    return round(process.memory_info().rss / 2**20)


def _shoppers(port: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.shoppers", str(port), str(SHOPPERS), "30", "0.5"]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
