"""A cheap load generator, in a process of its own: `python -m bench.load PLAN`, a plan and a result of JSON.

Requests are bytes made before they are sent, answers are only counted: the measured server, not this, is to be the one
that works.
"""

import asyncio
import itertools
import json
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import cast

import uvloop


@dataclass(frozen=True)
class Plan:
    port: int
    path: str
    seconds: float
    connections: int = 64
    sessions: int = 256
    """Conversations that take turns; each message has an id of its own."""
    rate: float = 0
    """Messages a second, offered whether or not the earlier ones are answered; 0: each connection sends its next when
    its last is answered."""


@dataclass
class Result:
    per_second: float
    statuses: dict[str, int]
    p50_ms: float
    p99_ms: float
    max_ms: float
    unanswered: int = 0
    problems: list[str] = field(default_factory=list)


def run(plan: Plan) -> Result:
    """Carry out the plan in another process, so that this one's interpreter is not in the way."""
    command = [sys.executable, "-m", "bench.load", json.dumps(asdict(plan))]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"the load generator failed: {said.stderr[-2000:]}")
    return Result(**json.loads(said.stdout))


def percentile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))] if sorted_values else 0.0


def _requests(plan: Plan) -> Iterator[bytes]:
    head = (
        f"POST {plan.path} HTTP/1.1\r\nHost: 127.0.0.1:{plan.port}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
    sessions = [str(uuid.uuid4()) for _ in range(plan.sessions)]
    for number, session in enumerate(itertools.cycle(sessions)):
        body = (
            f'{{"session_id":"{session}","user_id":"shopper","message":"Tìm iPhone 15 dưới 20 triệu",'
            f'"message_id":"message-{number}"}}'
        ).encode()
        yield head + str(len(body)).encode() + b"\r\n\r\n" + body


class _Connection(asyncio.Protocol):
    def __init__(self, answered: Callable[["_Connection", bytes, float], None]) -> None:
        self._answered = answered
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own class is none by name

    def send(self, request: bytes, since: float) -> None:
        assert self._transport is not None
        self._since = since
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        received = self._buffer + data if self._buffer else data
        end = received.find(b"\r\n\r\n")
        if end < 0:
            self._buffer = received
            return
        length = received.lower().find(b"content-length: ") + 16
        size = int(received[length : received.find(b"\r", length)])
        if len(received) < end + 4 + size:
            self._buffer = received
            return
        self._buffer = b""
        self._answered(self, received[9:12], self._since)

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class _Measurement:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.loop = asyncio.get_running_loop()
        self.requests = _requests(plan)
        self.statuses: Counter[str] = Counter()
        self.milliseconds: list[float] = []
        self.sent = 0

    def note(self, status: bytes, since: float) -> None:
        self.statuses[status.decode()] += 1
        self.milliseconds.append((time.perf_counter() - since) * 1000)

    async def connect(self, answered: Callable[[_Connection, bytes, float], None]) -> _Connection:
        _, connection = await self.loop.create_connection(lambda: _Connection(answered), "127.0.0.1", self.plan.port)
        return connection

    async def saturate(self) -> None:
        end = time.perf_counter() + self.plan.seconds

        def again(connection: _Connection, status: bytes, since: float) -> None:
            self.note(status, since)
            send(connection)

        def send(connection: _Connection) -> None:
            now = time.perf_counter()
            if now < end:
                self.sent += 1
                connection.send(next(self.requests), now)

        connections = [await self.connect(again) for _ in range(self.plan.connections)]
        for connection in connections:
            send(connection)
        await asyncio.sleep(self.plan.seconds)
        await self._wait_for_the_rest()
        for connection in connections:
            connection.close()

    async def offer(self) -> None:
        """Latency is counted from the moment a message was due, so that a stalled server is not spared."""
        free: list[_Connection] = []

        def answered(connection: _Connection, status: bytes, since: float) -> None:
            self.note(status, since)
            free.append(connection)

        free += [await self.connect(answered) for _ in range(self.plan.connections)]
        began = time.perf_counter()
        for number in range(int(self.plan.rate * self.plan.seconds)):
            due = began + number / self.plan.rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            connection = free.pop() if free else await self.connect(answered)
            if not connection.is_open:  # the server closes what was idle for some seconds
                connection = await self.connect(answered)
            self.sent += 1
            connection.send(next(self.requests), due)
        await self._wait_for_the_rest()

    async def _wait_for_the_rest(self) -> None:
        for _ in range(500):
            if len(self.milliseconds) == self.sent:
                return
            await asyncio.sleep(0.01)

    def result(self) -> Result:
        found = sorted(self.milliseconds)
        return Result(
            per_second=round(len(found) / self.plan.seconds, 1),
            statuses=dict(self.statuses),
            p50_ms=round(percentile(found, 0.5), 2),
            p99_ms=round(percentile(found, 0.99), 2),
            max_ms=round(found[-1] if found else 0, 2),
            unanswered=self.sent - len(found),
        )


async def _carry_out(plan: Plan) -> Result:
    measurement = _Measurement(plan)
    await (measurement.offer() if plan.rate else measurement.saturate())
    return measurement.result()


if __name__ == "__main__":
    print(json.dumps(asdict(uvloop.run(_carry_out(Plan(**json.loads(sys.argv[1])))))))
