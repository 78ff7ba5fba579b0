"""A world in one thread: time that jumps, one database, processes that can be killed or stopped at any await.

A process is everything that shares one `SimulatedDatabase` view; once it is dead, none of its calls reaches the world,
so what its clean-up code does on the way out changes nothing: as with SIGKILL.
"""

import asyncio
import contextvars
import random
import selectors
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from vici.infra.database.port import DatabaseUnavailable, OutcomeUnknown
from vici.infra.database.types import microseconds

T = TypeVar("T")

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class Violation(AssertionError):
    """An invariant does not hold."""


class Killed(asyncio.CancelledError):
    """What the code of a dead process meets wherever it turns."""


class _NoInput(selectors.SelectSelector):
    """Nothing ever arrives from outside: waiting is jumping to the next timer."""

    loop: "SimulatedLoop"

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Violation("everything waits, and nothing will ever happen again")
        self.loop.now += max(0.0, timeout)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.now = 0.0
        selector = _NoInput()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.now

    def _write_to_self(self) -> None:
        """There is nobody to wake: the loop never sleeps."""


class Chances:
    """How often what goes wrong, at each step of a process."""

    kill = 0.01
    pause = 0.003
    database_away = 0.002
    answer_lost = 0.002


class World:
    def __init__(self, seed: int, loop: SimulatedLoop) -> None:
        self.random = random.Random(seed)
        self.loop = loop
        self.calm = False
        """True once nothing goes wrong any more: what is left has to come to an end."""
        self.seen: Counter[str] = Counter()
        """What has happened how often: a simulation that never hurts proves nothing."""
        self.violations: list[str] = []
        self._broken = asyncio.Event()
        self.after_commit: list[Callable[[sqlite3.Connection], None]] = []
        self._numbers: Counter[str] = Counter()
        self._processes: dict[str, Process] = {}
        engine = self._engine = create_engine("sqlite://", isolation_level="AUTOCOMMIT", poolclass=StaticPool)

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _: object) -> None:
            connection.create_function("vici_now", 0, lambda: microseconds(self.database_time))

        self.connection = engine.connect()
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self.raw = raw
        loop.set_task_factory(_of_its_process)

    @property
    def database_time(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.loop.now)

    def number(self, of: str) -> str:
        """Ids in a row, by what they name."""
        self._numbers[of] += 1
        return f"{of}-{self._numbers[of]:05}"

    def broken(self, what: str) -> None:
        """Noted as well as raised: some of the code under test is meant to outlive what it runs."""
        self.violations.append(f"at {self.loop.now:.3f} s: {what}")
        self._broken.set()
        raise Violation(what)

    async def all_or_broken(self, lives: list["asyncio.Task[None]"], seconds: float) -> None:
        """Until all of these are over, one has failed, an invariant is broken, or so much time has passed."""
        broken = asyncio.create_task(self._broken.wait())
        done: set[asyncio.Task[Any]] = set()
        end = self.loop.now + seconds
        while self.loop.now < end and not broken.done() and not all(life.done() for life in lives):
            waiting = {life for life in lives if not life.done()} | {broken}
            done, _ = await asyncio.wait(waiting, timeout=end - self.loop.now, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() for task in done):
                break
        broken.cancel()

    def run(self, name: str, main: Callable[["Process"], Coroutine[Any, Any, None]], *, mortal: bool = True) -> None:
        """A process that is started again whenever it is killed, until the world ends."""
        process = Process(self, name, mortal=mortal)
        self._processes[name] = process

        def again() -> None:
            self.loop.call_later(self.random.uniform(0.5, 8), lambda: self.run(name, main, mortal=mortal))

        process.begin(main, again)

    def living(self, name: str) -> "Process | None":
        process = self._processes[name]
        return process if process.ready else None

    def end(self) -> None:
        for process in self._processes.values():
            process.end()

    def close(self) -> None:
        # SQLite keeps hold of `vici_now`, and through it of this whole world.
        self.connection.close()
        self._engine.dispose()


class Process:
    def __init__(self, world: World, name: str, *, mortal: bool) -> None:
        self.world = world
        self.name = name
        self._mortal = mortal
        self._dead = False
        self._stopped_until = 0.0
        self._again: Callable[[], None] = lambda: None
        self._context = contextvars.copy_context()
        self._context.run(_PROCESS.set, self)
        self.tasks: list[asyncio.Task[Any]] = []
        self.serves: Any = None
        """What others may call while the process lives."""

    @property
    def ready(self) -> bool:
        return self.serves is not None and not self._dead

    def begin(self, main: Callable[["Process"], Coroutine[Any, Any, None]], again: Callable[[], None]) -> None:
        self._again = again
        self.spawn(main(self))

    def spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run something inside this process: it dies with it."""
        return self.world.loop.create_task(work, context=self._context.copy())

    def end(self) -> None:
        self._dead = True
        for task in self.tasks:
            task.cancel()

    def retire(self) -> None:
        """Its work is done in order; another takes its place."""
        self.end()
        self._again()

    async def step(self) -> None:
        """Where the world may interfere: before and behind everything that leaves the process."""
        self._breathe()
        world = self.world
        if self._mortal and not world.calm:
            luck = world.random.random()
            if luck < Chances.kill:
                world.seen["killed"] += 1
                self.end()
                self._again()
                raise Killed
            if luck < Chances.kill + Chances.pause:
                world.seen["stopped for longer than a lease"] += 1
                self._stopped_until = world.loop.now + world.random.uniform(31, 80)
        await asyncio.sleep(world.random.choice((0, 0, 0, 0.001, 0.02, world.random.uniform(0, 0.4))))
        while self._stopped_until > world.loop.now:  # noqa: ASYNC110 — another of its tasks may stop it for longer
            await asyncio.sleep(self._stopped_until - world.loop.now)
        self._breathe()

    def _breathe(self) -> None:
        if self._dead:
            raise Killed


_PROCESS: contextvars.ContextVar[Process | None] = contextvars.ContextVar("process", default=None)


def _of_its_process(
    loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Any], **given: Any
) -> "asyncio.Task[Any]":
    task = asyncio.Task(coroutine, loop=loop, **given)
    context = given.get("context")
    process = context.get(_PROCESS) if context is not None else _PROCESS.get()
    if process is not None:
        process.tasks = [other for other in process.tasks if not other.done()]
        process.tasks.append(task)
    return task


class SimulatedDatabase:
    """The database as one process sees it. Transactions run whole, as on SQLite; between them anything may happen."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._world = process.world
        self._heard: dict[str, list[Callable[[], object]]] = defaultdict(list)

    async def write(self, function: Callable[[Connection], T]) -> T:
        await self._process.step()
        self._maybe(Chances.database_away, DatabaseUnavailable(reason="simulated"), "database away")
        connection, raw = self._world.connection, self._world.raw
        signals: set[str] = set()
        connection.info["signals"] = signals
        raw.execute("BEGIN IMMEDIATE")
        try:
            answer = function(connection)
        except BaseException:
            raw.execute("ROLLBACK")
            raise
        raw.execute("COMMIT")
        for check in self._world.after_commit:
            check(raw)
        for name in sorted(signals):
            for heard in self._heard[name]:
                heard()
        await self._process.step()
        self._maybe(Chances.answer_lost, OutcomeUnknown(), "answer of the database lost")
        return answer

    async def read(self, function: Callable[[Connection], T]) -> T:
        await self._process.step()
        self._maybe(Chances.database_away, DatabaseUnavailable(reason="simulated"), "database away")
        return function(self._world.connection)

    def on_signal(self, name: str, heard: Callable[[], object]) -> None:
        self._heard[name].append(heard)

    async def close(self) -> None:
        pass

    def _maybe(self, chance: float, refusal: Exception, what: str) -> None:
        if not self._world.calm and self._world.random.random() < chance:
            self._world.seen[what] += 1
            raise refusal
