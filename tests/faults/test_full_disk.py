"""The disk fills up while shoppers talk: they are told, nothing is half there, and all goes on when there is room."""

import asyncio
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import servers
from tests.faults.test_conversation_kills import Processes
from vici.infra.database.open import open_database
from vici.kit.clock import SystemClock
from vici.migrations import upgrade

SESSION = "00000000-0000-4000-8000-000000000001"
REFUSALS = 3
WAIT_SECONDS = 40


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as rest:
        try:
            while rest.write(b"\0" * 4096) == 4096:
                pass
        except OSError:
            return


class Shopper:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def says(self, message_id: str) -> httpx.Response:
        body = {"session_id": SESSION, "user_id": "anna", "message": "hello " * 500, "message_id": message_id}
        return await self._http.post("/api/v1/chat/message", json=body)

    async def finds_the_door_open(self) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while True:
                try:
                    await self._http.get("/")
                    return
                except httpx.ConnectError:  # the process has only begun
                    await asyncio.sleep(0.1)

    async def reads(self) -> list[dict[str, Any]]:
        return (await self._http.get(f"/api/v1/chat/sessions/{SESSION}?limit=200")).json()["messages"]

    async def _answered(self) -> Counter[str]:
        return Counter(each for message in await self.reads() for each in message["reply_to"])

    async def until_answered(self, asked: list[str]) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while await self._answered() != Counter(asked):  # noqa: ASYNC110 — another process answers
                await asyncio.sleep(0.1)


async def test_a_full_disk_is_told_and_all_goes_on_when_there_is_room(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk}/talk.db"
    database = open_database(url, SystemClock())
    await database.write(lambda connection: upgrade(connection, ("events", "conversations")))
    await database.close()
    port = servers.free_port()
    async with (
        Processes(url, port, workers=0),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        shopper = Shopper(http)
        await shopper.finds_the_door_open()
        assert (await shopper.says("m-0")).status_code == 202
        await shopper.until_answered(["m-0"])

        fill(small_disk / "others")
        asked = ["m-0"]
        refused: list[str] = []
        while len(refused) < REFUSALS:
            message_id = f"m-{len(asked) + len(refused)}"
            answer = await shopper.says(message_id)
            if answer.status_code == 202:
                asked.append(message_id)
                continue
            assert (answer.status_code, answer.json()["type"]) == (503, "urn:vici:database.full"), answer.text
            refused.append(message_id)
        assert [message["message_id"] for message in await shopper.reads() if message["role"] == "user"] == asked

        (small_disk / "others").unlink()
        for message_id in refused:
            assert (await shopper.says(message_id)).status_code == 202
        await shopper.until_answered(asked + refused)
