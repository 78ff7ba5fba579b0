"""So many pieces of work at once, taken as hands are free."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")

# A request to stop is obeyed within five seconds, and others have to stop too.
FINISH_SECONDS = 2.0
FAULT_PAUSE_SECONDS_MAX = 5.0

_log = structlog.get_logger(__name__)


class Crew(Generic[T]):
    def __init__(
        self,
        name: str,
        hands: int,
        next_piece: Callable[[], Awaitable[T | None]],
        work: Callable[[T], Awaitable[None]],
    ) -> None:
        """`next_piece` waits for work and may give none; `work` deals with its own faults, and when it is cancelled
        leaves the piece so that another can take it."""
        self._name = name
        self._free = asyncio.Semaphore(hands)
        self._next = next_piece
        self._work = work
        self._taking: asyncio.Task[None] | None = None
        self._working: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._taking = asyncio.create_task(self._take(), name=self._name)

    async def close(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._taking
        if self._working:
            await asyncio.wait(self._working, timeout=FINISH_SECONDS)
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def _take(self) -> None:
        faults = 0
        while True:
            await self._free.acquire()
            piece = None
            try:
                piece = await self._next()
                faults = 0
            except Exception as fault:  # the database is away: what waits is still there when it is back
                faults += 1
                _log.warning("no_work_to_be_had", crew=self._name, error=repr(fault), faults=faults)
                await asyncio.sleep(min(FAULT_PAUSE_SECONDS_MAX, 0.1 * 2**faults))
            if piece is None:
                self._free.release()
                continue
            task = asyncio.create_task(self._run(piece))
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    async def _run(self, piece: T) -> None:
        try:
            await self._work(piece)
        finally:
            self._free.release()
