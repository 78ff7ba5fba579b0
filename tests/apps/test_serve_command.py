"""`vici serve` as a process: how it begins, what it says, how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

WAIT_SECONDS = 60
# Longer than it may take, so that a busy machine fails nothing; streams that were not ended would take for ever.
STOP_SECONDS = 20


class Serving:
    def __init__(self, folder: Path, *words: str) -> None:
        command = [Path(sys.executable).with_name("vici"), "serve", "--data", folder, "--port", "0", *words]
        self._process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env=os.environ | {"VICI_LOG_LEVEL": "ERROR", "COLUMNS": "300"}
        )
        self.told = ""
        self._is_open = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert self._is_open.wait(WAIT_SECONDS), self.told
        assert self._process.poll() is None, self.told
        found = re.search(r"Storefront\s+(\S+)/\n", self.told)
        assert found is not None, self.told
        self.url = found[1]

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.told += line
            if "Ctrl-C" in line:
                self._is_open.set()
        self._is_open.set()

    def stop(self, number: signal.Signals) -> int:
        self._process.send_signal(number)
        code = self._process.wait(STOP_SECONDS)
        self._reader.join()
        return code

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()


Serve = Callable[..., Serving]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    running: list[Serving] = []

    def start(*words: str) -> Serving:
        running.append(Serving(tmp_path / "shop", *words))
        return running[-1]

    yield start
    for each in running:
        each.kill()


def test_it_says_where_the_shop_is_and_everything_it_names_is_there(serve: Serve, tmp_path: Path) -> None:
    shop = serve("--no-demo")
    told = dict(re.findall(r"^  (\w[\w ]*?)\s{2,}(.+)$", shop.told, re.MULTILINE))
    assert httpx.get(told["Storefront"]).status_code == 200
    assert httpx.get(told["API"], follow_redirects=True).status_code == 200
    assert Path(told["Data"]) == tmp_path / "shop"
    token = Path(told["Admin token"].removeprefix("in "))
    assert token.stat().st_mode & 0o777 == 0o600
    assert len(token.read_text()) >= 40

    shops = {"shops": [{"shop_id": "main", "name": "Main Street"}]}
    for sent, status in (("guess", 401), (token.read_text(), 200)):
        answer = httpx.put(f"{shop.url}/api/v1/shops", json=shops, headers={"Authorization": f"Bearer {sent}"})
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_while_a_shopper_listens_and_keeps_everything(serve: Serve, how: signal.Signals) -> None:
    first = serve("--no-demo")
    accepted = httpx.post(f"{first.url}/api/v1/chat/message", json={"user_id": "guest", "message": "xin chào"}).json()
    session = f"/api/v1/chat/sessions/{accepted['session_id']}"
    with httpx.stream("GET", f"{first.url}{session}/events", timeout=WAIT_SECONDS) as stream:
        assert stream.status_code == 200
        lines = stream.iter_lines()
        next(lines)
        assert first.stop(how) == 0
        list(lines)  # ended, not cut
    assert "Traceback" not in first.told

    second = serve("--no-demo")
    history = httpx.get(f"{second.url}{session}").json()
    assert "xin chào" in [message["content"] for message in history["messages"]]


def test_a_busy_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ran = subprocess.run(
            [Path(sys.executable).with_name("vici"), "serve", "--data", tmp_path / "shop", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"vici: Cannot listen on 127.0.0.1:{port}: ")
    assert ran.stderr.count("\n") == 1
    assert not (tmp_path / "shop").exists()
