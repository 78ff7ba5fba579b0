"""Real servers for the tests: each is started once, on a free port in a temporary directory, and shared by all test
processes.

`VICI_TEST_POSTGRESQL_URL` and `VICI_TEST_MARIADB_URL` name servers to use instead. What is not installed makes its
tests
skip with the reason; `--require-services` turns such a skip into a failure.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

WAIT_SECONDS = 60
ADMIN_TOKEN = "token-of-the-tests"
_LAUNCHED: "list[subprocess.Popen[bytes]]" = []


class Missing(Exception):
    """The server cannot be started here; says why."""


class Server(NamedTuple):
    url: str
    pid: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shared(name: str, folder: Path) -> str:
    """The URL of the server, started by whichever test process asks first."""
    named = os.environ.get(f"VICI_TEST_{name.upper()}_URL")
    if named:
        return named.rstrip("/")
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            try:
                server = _START[name](folder / name)
                note.write_text(json.dumps(server._asdict()))
            except Missing as reason:
                note.write_text(json.dumps({"missing": str(reason)}))
        found = json.loads(note.read_text())
    if "missing" in found:
        raise Missing(found["missing"])
    return found["url"]


def stop_all(folder: Path) -> None:
    for note in folder.glob("*.json"):
        found = json.loads(note.read_text())
        if "pid" in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found["pid"], signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _find(*names: str) -> str:
    for name in names:
        for place in (shutil.which(name), *map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))):
            if place and os.access(place, os.X_OK):
                return place
    raise Missing(f"{names[0]} is not installed")


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


def _launch(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
    # Outlives this test process, which may not be the last that needs it: `stop_all` ends it.
    _LAUNCHED.append(process)
    return process


def _wait(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise Missing(f"{process.args[0]} did not start: {log.read_text(errors='replace')[-500:]}")  # type: ignore[index]
        time.sleep(0.05)


def durable_postgresql(folder: Path) -> Server:
    """One of its own for a benchmark: what it acknowledges is on the disk."""
    return _postgresql(folder, fsync=True)


def _postgresql(folder: Path, *, fsync: bool = False) -> Server:
    initdb, postgres = _find("initdb"), _find("postgres")
    folder.mkdir(parents=True)
    if _as_nobody():
        os.chown(folder, 65534, 65534)
        for above in folder.parents:
            if above.stat().st_uid == 0 and str(above).startswith("/tmp/"):
                above.chmod(above.stat().st_mode | 0o055)
    data = folder / "data"
    made = subprocess.run(
        [*_as_nobody(), initdb, "-D", data, "-U", "vici", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Missing(f"initdb failed: {made.stderr.strip()[-300:]}")
    port, log = free_port(), folder / "log"
    log.touch()
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "on" if fsync else "off",  # the machine does not crash in a test
        "deadlock_timeout": "50ms",
        "max_connections": 300,
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    process = _launch([*_as_nobody(), postgres, "-D", data, *options], log)
    _wait(lambda: "ready to accept connections" in log.read_text(errors="replace"), process, log)
    return Server(f"postgresql://vici@127.0.0.1:{port}", process.pid)


def _mariadb(folder: Path) -> Server:
    server, install = _find("mariadbd", "mysqld"), _find("mariadb-install-db", "mysql_install_db")
    folder.mkdir(parents=True)
    data, log, port = folder / "data", folder / "log", free_port()
    user = ["--user=root"] if os.geteuid() == 0 else []
    made = subprocess.run(
        [
            install,
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            *user,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Missing(f"mariadb-install-db failed: {(made.stderr or made.stdout).strip()[-300:]}")
    log.touch()
    process = _launch(
        [
            server,
            "--no-defaults",
            *user,
            f"--datadir={data}",
            f"--port={port}",
            "--bind-address=127.0.0.1",
            f"--socket={folder / 'socket'}",
            "--innodb-flush-log-at-trx-commit=0",
            "--max-connections=300",
            "--character-set-server=utf8mb4",
        ],
        log,
    )
    _wait(lambda: "ready for connections" in log.read_text(errors="replace"), process, log)
    return Server(f"mariadb://root@127.0.0.1:{port}", process.pid)


def _shop(folder: Path) -> Server:
    """The whole of Vici with its demo shop. What is ours must start: where it does not, its tests fail."""
    folder.mkdir(parents=True)
    port, log = free_port(), folder / "log"
    settings = {f"VICI_LIMIT_{what}": "off" for what in ("CLIENT", "SESSIONS")}  # all tests are one client
    settings["VICI_ADMIN_TOKEN"] = ADMIN_TOKEN
    command = [Path(sys.executable).with_name("vici"), "serve", "--data", folder / "data", "--port", str(port)]
    process = _launch(command, log, os.environ | settings)
    try:
        _wait(lambda: b"Ctrl-C" in log.read_bytes(), process, log)
    except Missing as reason:
        raise RuntimeError(str(reason)) from None
    return Server(f"http://127.0.0.1:{port}", process.pid)


_START: dict[str, Callable[[Path], Server]] = {
    "postgresql": _postgresql,
    "mariadb": _mariadb,
    "shop": _shop,
    "fuzzed": _shop,
}


def chromium() -> str:
    """The browser's executable."""
    return _find("chromium", "chromium-browser", "google-chrome")


def fresh_database(server_url: str) -> str:
    """A new, empty database on the server: its URL."""
    name = f"test_{uuid.uuid4().hex[:16]}"
    import asyncio

    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    async def create() -> None:
        driver = server_url.replace("postgresql://", "postgresql+asyncpg://").replace(
            "mariadb://", "mariadb+asyncmy://"
        )
        at = "/postgres" if driver.startswith("postgresql") else "/mysql"
        engine = create_async_engine(driver + at, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            charset = "" if driver.startswith("postgresql") else " CHARACTER SET utf8mb4"
            await connection.execute(text(f"CREATE DATABASE {name}{charset}"))
        await engine.dispose()

    # In a thread of its own, because the caller may already be inside an event loop.
    from threading import Thread

    fault: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(create())
        except BaseException as error:
            fault.append(error)

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if fault:
        raise fault[0]
    return f"{server_url}/{name}"
