"""The event streams that shoppers of the web chat hold open here, and what wakes them."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Generator
from typing import Literal

import structlog

from vici.domains.conversations.api import ConversationsApi, GetStates, State
from vici.infra.limits.limiter import TooMany
from vici.infra.telemetry.metrics import STREAMS

Note = Literal["accepted", "thinking", "replied", "changed"]

# What another process commits is seen by asking: one question a second for all streams together.
POLL_SECONDS = 0.8
# One open stream takes about 40 KB, and a file descriptor. Whoever finds no place asks for the session instead.
STREAMS_MAX = 2000
STREAMS_OF_SESSION_MAX = 20
COME_BACK_SECONDS = 10

_log = structlog.get_logger(__name__)


class Watch:
    """One stream's ear."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._told = asyncio.Event()
        self.known: State | None = None
        """What the stream has shown last."""

    def tell(self, note: Note) -> None:
        self._notes.append(note)
        self._told.set()

    async def notes(self, wait_seconds: float) -> list[Note]:
        """What was told since the last call, once there is something; empty when the time is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_seconds):
                await self._told.wait()
        self._told.clear()
        notes, self._notes = self._notes, []
        return notes


class OpenStreams:
    def __init__(self, conversations: ConversationsApi, stopping: asyncio.Event) -> None:
        self._conversations = conversations
        self.stopping = stopping
        """Set when the process stops: streams end, or the server would wait for them."""
        self._watches: dict[str, set[Watch]] = defaultdict(set)
        self._open = 0
        self._polling: asyncio.Task[None] | None = None

    def refuse_if_full(self, session_id: str) -> None:
        """Refuses with `TooMany` where one more stream would be one too many, of this session or of all."""
        for count, most, what in (
            (len(self._watches.get(session_id, ())), STREAMS_OF_SESSION_MAX, "open event streams of one session"),
            (self._open, STREAMS_MAX, "open event streams"),
        ):
            if count >= most:
                raise TooMany(what=what, limit=most, retry_after_seconds=COME_BACK_SECONDS)

    @contextlib.contextmanager
    def watch(self, session_id: str) -> Generator[Watch]:
        """Listen from now on: begin before reading, so that nothing falls between."""
        watch = Watch()
        self._watches[session_id].add(watch)
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll(), name="chat-streams")
        self._open += 1
        STREAMS.inc()
        try:
            yield watch
        finally:
            self._open -= 1
            STREAMS.dec()
            self._watches[session_id].discard(watch)
            if not self._watches[session_id]:
                del self._watches[session_id]
            if not self._watches:
                self._polling.cancel()
                self._polling = None

    def tell(self, session_id: str, note: Note) -> None:
        """Wake the session's streams in this process, if there are any."""
        for watch in self._watches.get(session_id, ()):
            watch.tell(note)

    async def _poll(self) -> None:
        while not await self._stops_within(POLL_SECONDS):
            try:
                asked = GetStates.model_construct(session_ids=tuple(self._watches))
                states = (await self._conversations.states(asked)).states
            except Exception as fault:  # the database is away: streams learn later, or when they are opened again
                _log.warning("streams_not_polled", error=repr(fault))
                continue
            for state in states:
                for watch in self._watches.get(state.session_id, ()):
                    if watch.known is not None and watch.known != state:
                        watch.tell("changed")
        for session_id in self._watches:
            self.tell(session_id, "changed")

    async def _stops_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.stopping.wait()
        return self.stopping.is_set()
