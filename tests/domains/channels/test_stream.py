"""A session's events, as a client holds them open."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from unittest.mock import patch

import httpx
import pytest
from starlette.requests import ClientDisconnect

from tests.conftest import ManualClock
from tests.domains.channels.conftest import Chat, OpenChat
from vici.domains.channels.http import stream as stream_module
from vici.domains.channels.http.stream import EventStream, Stream
from vici.domains.channels.providers import streams as streams_module
from vici.domains.conversations.api import GetSession, TakeOver

Event = tuple[str, Any]


class Reader:
    """What a browser makes of a stream."""

    def __init__(self, chat: Chat, session_id: str, **begin: object) -> None:
        asked = GetSession.model_validate({"session_id": session_id} | begin)
        self._pieces: AsyncIterator[bytes] = Stream(chat.service, chat.streams, asked).events()
        self._events: list[tuple[str | None, str, Any]] = []
        self.last_event_id: str | None = None
        self.raw = b""

    async def __aenter__(self) -> "Reader":
        return self

    async def __aexit__(self, *_: object) -> None:
        async with aclosing(self._pieces):  # type: ignore[type-var]
            pass

    async def next(self) -> Event:
        while not self._events:
            async with asyncio.timeout(10):
                piece = await anext(self._pieces)
            self.raw += piece
            self._events += _events_in(piece)
        event_id, kind, data = self._events.pop(0)
        self.last_event_id = event_id or self.last_event_id
        return kind, data

    async def until(self, kind: str) -> list[Event]:
        """Events up to and with the next of this kind."""
        found = [await self.next()]
        while found[-1][0] != kind:
            found.append(await self.next())
        return found

    async def is_over(self) -> bool:
        async with asyncio.timeout(10):
            try:
                while True:
                    await anext(self._pieces)
            except StopAsyncIteration:
                return True


def _events_in(piece: bytes) -> list[tuple[str | None, str, Any]]:
    found = []
    for block in piece.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            found.append((fields.get("id"), fields["event"], json.loads(fields["data"])))
    return found


def ids(events: list[Event]) -> list[str]:
    return [data["message_id"] for kind, data in events if kind == "message"]


async def test_a_turn_is_seen_step_by_step(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-1")
    async with Reader(chat, session_id) as reader:
        opening = await reader.until("progress")
        assert [kind for kind, _ in opening] == ["status", "message", "typing", "progress"]
        assert [opening[0][1], opening[2][1], opening[3][1]] == [
            {"status": "active"},
            {"active": True},
            {"stage": "waiting"},
        ]
        assert reader.raw.startswith(b"retry: ")
        anna = chat.shopper(session_id)
        claim = await anna.claimed()
        chat.streams.tell(session_id, "thinking")
        assert await reader.next() == ("progress", {"stage": "thinking"})
        await anna.commits(claim, "r-1")
        chat.streams.tell(session_id, "replied")
        rest = await reader.until("progress")
        assert [kind for kind, _ in rest] == ["message", "typing", "progress"]
        shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()
        assert rest[0][1] == shown["messages"][1]
        assert [rest[1][1], rest[2][1]] == [{"active": False}, {"stage": "idle"}]


async def test_typing_is_shown_at_once_when_a_message_is_accepted(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-1")
    await chat.shopper(session_id).is_answered("r-1")
    with patch.object(streams_module, "POLL_SECONDS", 60):
        async with Reader(chat, session_id) as reader:
            await reader.until("message")
            await reader.until("message")
            said = asyncio.create_task(reader.until("typing"))
            await asyncio.sleep(0)
            await chat.says(session_id=session_id, message_id="m-2")
            assert [kind for kind, _ in await said] == ["message", "typing"]


async def test_resuming_behind_the_last_id_neither_loses_nor_repeats(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-1")
    async with Reader(chat, session_id) as reader:
        await reader.until("message")
        last = reader.last_event_id
    assert last == "1"
    await chat.shopper(session_id).is_answered("r-1")
    await chat.says(session_id=session_id, message_id="m-2")
    async with Reader(chat, session_id, after_position=int(last)) as reader:
        seen = [*await reader.until("message"), *await reader.until("message")]
        assert ids(seen) == ["r-1", "m-2"]
        last = reader.last_event_id
    async with Reader(chat, session_id, after_position=int(last or 0)) as reader:
        assert [kind for kind, _ in await reader.until("progress")] == ["status", "typing", "progress"]
        await chat.says(session_id=session_id, message_id="m-3")
        assert ids(await reader.until("message")) == ["m-3"]


async def test_more_than_one_page_is_caught_up_with(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-0")
    for number in range(1, 130):
        await chat.says(session_id=session_id, message_id=f"m-{number}")
    async with Reader(chat, session_id, after_position=5) as reader:
        seen: list[str] = []
        while len(seen) < 125:
            seen += ids([await reader.next()])
        assert seen == [f"m-{number}" for number in range(5, 130)]
    async with Reader(chat, session_id) as reader:
        assert ids(await reader.until("message")) == ["m-80"]


async def test_what_another_process_commits_is_seen_within_a_second(chat: Chat, open_chat: OpenChat) -> None:
    session_id = await chat.begins(message_id="m-1")
    elsewhere = await open_chat()
    async with Reader(chat, session_id) as reader:
        await reader.until("progress")
        loop = asyncio.get_running_loop()
        began = loop.time()
        await elsewhere.shopper(session_id).is_answered("r-1")
        assert ids(await reader.until("message")) == ["r-1"]
        assert loop.time() - began < 1.0
        await elsewhere.service.take_over(TakeOver(session_id=session_id, by="mai"))
        assert (await reader.until("status"))[-1] == ("status", {"status": "human"})


async def test_a_silent_stream_beats(chat: Chat) -> None:
    session_id = await chat.begins()
    with patch.object(stream_module, "HEARTBEAT_SECONDS", 0.01):
        async with Reader(chat, session_id) as reader:
            await reader.until("progress")
            async with asyncio.timeout(5):
                assert (await anext(reader._pieces)).startswith(b":")


async def test_a_stream_ends_when_the_process_stops(chat: Chat) -> None:
    session_id = await chat.begins()
    async with Reader(chat, session_id) as reader:
        await reader.until("progress")
        over = asyncio.create_task(reader.is_over())
        await asyncio.sleep(0)
        began = asyncio.get_running_loop().time()
        chat.stopping.set()
        assert await over
        assert asyncio.get_running_loop().time() - began < 0.5


@pytest.mark.parametrize("how", ["ended", "expired"])
async def test_a_stream_ends_with_its_session_and_is_not_reopened(chat: Chat, clock: ManualClock, how: str) -> None:
    session_id = await chat.begins(message_id="m-1")
    async with Reader(chat, session_id) as reader:
        await reader.until("progress")
        if how == "ended":
            await chat.http.post(f"/api/v1/chat/sessions/{session_id}/end")
        else:
            clock.move(1801)
        assert (await reader.until("status"))[-1] == ("status", {"status": how})
        assert await reader.is_over()
    url = f"/api/v1/chat/sessions/{session_id}/events"
    assert (await chat.http.get(url, headers={"Last-Event-ID": "1"})).status_code == 204
    # Whoever has seen nothing yet is shown everything, and then the end.
    whole = await chat.http.get(url)
    assert whole.headers["content-type"].startswith("text/event-stream")
    assert whole.headers["cache-control"] == "no-store"
    assert [kind for _, kind, _ in _events_in(whole.content)][:2] == ["status", "message"]


async def test_where_a_client_has_got_to_counts_more_than_where_its_address_says_it_began(chat: Chat) -> None:
    """What an EventSource does: its address stays `?after=`, and the header says what it has seen since."""
    session_id = await chat.begins(message_id="m-1")
    for number in (2, 3):
        await chat.says(session_id=session_id, message_id=f"m-{number}")
    await chat.http.post(f"/api/v1/chat/sessions/{session_id}/end")
    url = f"/api/v1/chat/sessions/{session_id}/events"

    async def shown(after: str, last: str | None = None) -> list[str] | int:
        answer = await chat.http.get(url, params={"after": after}, headers={"Last-Event-ID": last} if last else {})
        found = [data["message_id"] for _, kind, data in _events_in(answer.content) if kind == "message"]
        return found if answer.status_code == 200 else answer.status_code

    assert await shown("m-1") == ["m-2", "m-3"]
    assert await shown("m-1", "2") == ["m-3"]
    assert await shown("m-1", "3") == 204
    assert await shown("m-3") == 204
    assert await shown("m-3", "1") == ["m-2", "m-3"]


@pytest.mark.parametrize("last", ["x", "-1", "99999999999", "1.5"])
async def test_a_broken_last_event_id_is_refused(chat: Chat, last: str) -> None:
    session_id = await chat.begins()
    answer = await chat.http.get(f"/api/v1/chat/sessions/{session_id}/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 422


async def test_the_events_of_an_unknown_session_are_refused(chat: Chat) -> None:
    assert (await chat.http.get("/api/v1/chat/sessions/nobody/events")).status_code == 404


@pytest.mark.parametrize(
    ("bound", "another_session", "another_address"),
    [
        ("STREAMS_MAX", 429, 429),
        ("STREAMS_OF_CLIENT_MAX", 429, 200),
        ("STREAMS_OF_SESSION_MAX", 200, 429),
    ],
)
async def test_no_more_streams_are_held_open_than_there_are_places(
    chat: Chat, bound: str, another_session: int, another_address: int
) -> None:
    session_id, other = await chat.begins(), await chat.begins()

    async def open_stream(of: str, address: str = "192.0.2.1") -> httpx.Response:
        transport = httpx.ASGITransport(chat.app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            return await client.get(f"/api/v1/chat/sessions/{of}/events")

    async def refused_or_held(*opening: asyncio.Task[httpx.Response]) -> list[int]:
        """The status of those that are over; a held one is a 200 that goes on until the process stops."""
        done, held = await asyncio.wait(opening, timeout=1)
        return sorted([task.result().status_code for task in done] + [200] * len(held))

    with patch.object(streams_module, bound, 2):
        # All look at the same moment, and two find a place.
        crowd = [asyncio.create_task(open_stream(session_id)) for _ in range(6)]
        assert await refused_or_held(*crowd) == [200, 200, 429, 429, 429, 429]
        refusal = next(task.result() for task in crowd if task.done())
        assert refusal.json()["type"] == "urn:vici:limits.too_many"
        assert int(refusal.headers["retry-after"]) > 0
        assert (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).status_code == 200
        others = [asyncio.create_task(open_stream(other)), asyncio.create_task(open_stream(session_id, "192.0.2.7"))]
        assert [await refused_or_held(each) for each in others] == [[another_session], [another_address]]
        chat.stopping.set()  # what is open ends, and what is opened now ends at once
        await asyncio.gather(*crowd, *others)
        assert (await open_stream(session_id)).status_code == 200
    assert not chat.streams._places


async def test_a_stream_that_nobody_reads_leaves_its_place(chat: Chat) -> None:
    place = chat.streams.take_place("s-1", "192.0.2.1")

    async def events() -> AsyncIterator[bytes]:
        yield b""

    async def gone(*_: object) -> None:
        raise OSError("the connection is closed")

    with pytest.raises((OSError, ClientDisconnect)):
        await EventStream(place, events())({"type": "http", "asgi": {"spec_version": "2.4"}}, gone, gone)
    place.leave()
    assert not chat.streams._places


async def test_a_closed_stream_is_forgotten(chat: Chat) -> None:
    session_id = await chat.begins()
    async with Reader(chat, session_id) as reader:
        await reader.until("progress")
        assert chat.streams._watches
    assert not chat.streams._watches
    assert chat.streams._polling is None
