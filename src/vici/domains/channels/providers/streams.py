"""The event streams that shoppers of the web chat hold open here, and what wakes them."""

import asyncio
import contextlib
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
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
STREAMS_OF_CLIENT_MAX = 200
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


class Place:
    """One stream's place among those that may be open."""

    def __init__(self, taken: Counter[tuple[str, str]], keys: Iterable[tuple[str, str]]) -> None:
        self._taken = taken
        self._keys = tuple(keys)
        taken.update(self._keys)

    def leave(self) -> None:
        """Repeating it changes nothing."""
        for key in self._keys:
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]
        self._keys = ()


class OpenStreams:
    def __init__(self, conversations: ConversationsApi, stopping: asyncio.Event) -> None:
        self._conversations = conversations
        self.stopping = stopping
        """Set when the process stops: streams end, or the server would wait for them."""
        self._watches: dict[str, set[Watch]] = defaultdict(set)
        self._places: Counter[tuple[str, str]] = Counter()
        self._polling: asyncio.Task[None] | None = None

    def take_place(self, session_id: str, client: str) -> "Place":
        """A place for one more stream, until it is left. Refuses with `TooMany` where it would be one too many, of this
        session, of this client's address, or of all."""
        bounds = (
            (("session", session_id), STREAMS_OF_SESSION_MAX, "open event streams of one session"),
            (("client", client), STREAMS_OF_CLIENT_MAX, "open event streams of one address"),
            (("all", ""), STREAMS_MAX, "open event streams"),
        )
        for key, most, what in bounds:
            if self._places[key] >= most:
                raise TooMany(what=what, limit=most, retry_after_seconds=COME_BACK_SECONDS)
        return Place(self._places, [key for key, _, _ in bounds])

    @contextlib.contextmanager
    def watch(self, session_id: str) -> Generator[Watch]:
        """Listen from now on: begin before reading, so that nothing falls between."""
        watch = Watch()
        self._watches[session_id].add(watch)
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll(), name="chat-streams")
        STREAMS.inc()
        try:
            yield watch
        finally:
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
