"""What every event bus promises. A new adapter joins by opening itself in `bus`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import ManualClock
from vici.infra.events.open import open_event_bus
from vici.infra.events.port import Event, EventBus, Subscription, sealed
from vici.kit.clock import SystemClock


class Happened(Event):
    topic = "test.happened.v1"
    thing: str
    number: int

    @property
    def key(self) -> str:
        return self.thing


class Other(Happened):
    topic = "test.other.v1"


def happened(number: int, thing: str = "a", kind: type[Happened] = Happened) -> Happened:
    return kind(
        event_id=f"{kind.__name__}-{thing}-{number}", occurred_at=ManualClock().now(), thing=thing, number=number
    )


@pytest.fixture(params=["embedded"])
def bus_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return {"embedded": f"embedded:///{tmp_path}/events.db"}[request.param]


@pytest.fixture
async def open_bus(bus_url: str) -> AsyncIterator[Callable[[], EventBus]]:
    opened: list[EventBus] = []

    def open_another() -> EventBus:
        opened.append(open_event_bus(bus_url, SystemClock()))
        return opened[-1]

    yield open_another
    for bus in opened:
        await bus.close()


@pytest.fixture
def bus(open_bus: Callable[[], EventBus]) -> EventBus:
    return open_bus()


class Listener:
    """Writes down what it hears."""

    def __init__(
        self,
        group: str,
        batch_max: int = 1,
        fails: Callable[[Happened], bool] = lambda event: False,
        kind: type[Happened] = Happened,
        everywhere: bool = False,
    ) -> None:
        self.heard: list[Happened] = []
        self.batches: list[int] = []
        self.fails = fails
        self.subscription = Subscription(group, kind, self.hear, batch_max, everywhere)

    async def hear(self, events: Sequence[Happened]) -> None:
        self.batches.append(len(events))
        if any(self.fails(event) for event in events):
            raise RuntimeError("the handler is out of order")
        self.heard += events

    def numbers(self, thing: str = "a") -> list[int]:
        return [event.number for event in self.heard if event.thing == thing]


async def until(true: Callable[[], bool | Awaitable[bool]], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while True:
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.01)


async def test_every_group_hears_every_event_of_its_topic_in_order(bus: EventBus) -> None:
    stock, mail, other = Listener("stock"), Listener("mail", batch_max=7), Listener("mail", kind=Other)
    for listener in (stock, mail, other):
        bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    for start in range(0, 100, 20):
        await bus.publish([sealed(happened(number)) for number in range(start, start + 20)])
    await bus.publish([sealed(happened(1, kind=Other))])
    await until(lambda: len(stock.heard) == len(mail.heard) == 100 and len(other.heard) == 1)
    assert stock.numbers() == mail.numbers() == list(range(100))
    assert max(mail.batches) <= 7
    assert set(stock.batches) == {1}


async def test_an_event_published_twice_is_not_lost(bus: EventBus) -> None:
    listener = Listener("g")
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(1))])
    await bus.publish([sealed(happened(1)), sealed(happened(2))])
    await until(lambda: 2 in listener.numbers())
    assert sorted(set(listener.numbers())) == [1, 2]


async def test_what_fails_is_tried_again_and_its_key_waits_while_others_go_on(bus: EventBus) -> None:
    broken = True
    listener = Listener("g", batch_max=5, fails=lambda event: broken and event.thing == "a" and event.number == 2)
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(number, thing)) for number in range(1, 6) for thing in ("a", "b")])
    await until(lambda: listener.numbers("b") == [1, 2, 3, 4, 5])
    assert listener.numbers("a") == [1]
    await bus.publish([sealed(happened(6)), sealed(happened(6, "b"))])
    await until(lambda: 6 in listener.numbers("b"))
    assert listener.numbers("a") == [1]
    broken = False
    await until(lambda: listener.numbers("a") == [1, 2, 3, 4, 5, 6])


async def test_what_fails_for_good_becomes_a_dead_letter_that_can_be_redriven_or_dropped(
    bus: EventBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.infra.events.consumers.BACKOFF_SECONDS_FIRST", 0.01)
    broken = True
    listener = Listener("g", fails=lambda event: broken and event.number in (1, 3))
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(number)) for number in (1, 2, 3, 4)])

    async def dead(number: int) -> bool:
        return len(await bus.dead_letters("g")) == number

    await until(lambda: dead(2))
    await until(lambda: listener.numbers() == [2, 4])
    third, first = await bus.dead_letters("g")
    assert (first.event_id, first.topic, first.key, first.attempts) == ("Happened-a-1", Happened.topic, "a", 8)
    assert "out of order" in first.error
    assert await bus.dead_letters("other") == []
    broken = False
    assert await bus.redrive([first.letter_id]) == 1
    await until(lambda: listener.numbers() == [2, 4, 1])
    assert await bus.drop([third.letter_id, first.letter_id]) == 1
    assert await bus.dead_letters() == []


async def test_lag_counts_what_is_not_handled(bus: EventBus) -> None:
    broken = True
    listener = Listener("g", fails=lambda event: broken)
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(number)) for number in range(3)])
    await until(lambda: bool(listener.batches))
    assert (await bus.lag())[f"g {Happened.topic}"] == 3
    broken = False
    await until(lambda: len(listener.heard) == 3)

    async def none_left() -> bool:
        return (await bus.lag())[f"g {Happened.topic}"] == 0

    await until(none_left)


async def test_a_group_goes_on_where_it_was_after_a_restart(open_bus: Callable[[], EventBus]) -> None:
    first, second = Listener("g"), Listener("g")
    bus = open_bus()
    bus.subscribe(first.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(1))])
    await until(lambda: first.numbers() == [1])
    await bus.close()
    away = open_bus()
    await away.publish([sealed(happened(2))])
    again = open_bus()
    again.subscribe(second.subscription)
    await again.join()
    await again.start()
    await until(lambda: second.numbers() == [2])


async def test_of_two_instances_of_a_group_one_handles_each_event(open_bus: Callable[[], EventBus]) -> None:
    listeners = [Listener("g"), Listener("g")]
    for listener in listeners:
        bus = open_bus()
        bus.subscribe(listener.subscription)
        await bus.join()
        await bus.start()
    await bus.publish([sealed(happened(number)) for number in range(30)])
    await until(lambda: sum(len(listener.heard) for listener in listeners) >= 30)
    assert sorted(listeners[0].numbers() + listeners[1].numbers()) == list(range(30))


async def test_an_event_nobody_can_read_does_not_stop_the_others(
    bus: EventBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.infra.events.consumers.BACKOFF_SECONDS_FIRST", 0.01)
    listener = Listener("g")
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.start()
    await bus.publish([sealed(happened(1, "x"))._replace(body='{"no": "event"}'), sealed(happened(2))])
    await until(lambda: listener.numbers() == [2])


async def test_nothing_is_missed_between_joining_and_starting(bus: EventBus) -> None:
    listener = Listener("new")
    bus.subscribe(listener.subscription)
    await bus.join()
    await bus.publish([sealed(happened(1))])
    await bus.start()
    await until(lambda: listener.numbers() == [1])


async def test_every_process_hears_what_it_keeps_a_copy_of_whoever_delivers(
    open_bus: Callable[[], EventBus], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.infra.events.consumers.BACKOFF_SECONDS_FIRST", 0.01)
    stumbles = True
    copies = [Listener("copy", batch_max=4, everywhere=True), Listener("copy", batch_max=4, everywhere=True)]
    copies[1].fails = lambda event: stumbles and event.number == 9
    alone = Listener("copy", batch_max=4)
    for listener in (*copies, alone):
        bus = open_bus()
        bus.subscribe(listener.subscription)
        await bus.join()
        await bus.start()
    await bus.publish([sealed(happened(number)) for number in range(30)])
    await until(lambda: bool({9} & set(copies[0].numbers())))
    stumbles = False
    for copy in copies:
        await until(lambda copy=copy: set(copy.numbers()) == set(range(30)))
        assert list(dict.fromkeys(copy.numbers())) == list(range(30))
    assert alone.numbers() == []


async def test_a_copy_misses_nothing_when_another_process_takes_over(open_bus: Callable[[], EventBus]) -> None:
    first, second = open_bus(), open_bus()
    copies = [Listener("copy", everywhere=True), Listener("copy", everywhere=True)]
    for bus, copy in zip((first, second), copies, strict=True):
        bus.subscribe(copy.subscription)
        await bus.join()
        await bus.start()
    publisher = open_bus()
    for number in range(20):
        await publisher.publish([sealed(happened(number))])
        if number == 10:
            await first.close()
    await until(lambda: set(copies[1].numbers()) == set(range(20)))


async def test_a_group_that_nobody_is_in_any_more_holds_nobody_up(open_bus: Callable[[], EventBus]) -> None:
    retired, present = Listener("retired"), Listener("present")
    for listener in (retired, present):
        bus = open_bus()
        bus.subscribe(listener.subscription)
        await bus.join()
        await bus.start()
        if listener is retired:
            await bus.close()
    await bus.publish([sealed(happened(1))])
    await until(lambda: present.numbers() == [1])
    assert [name.split()[0] for name in await bus.lag()] == ["present"]


async def test_what_a_copy_could_not_take_is_taken_later_also_by_the_process_that_delivers_by_then(
    open_bus: Callable[[], EventBus], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.infra.events.consumers.BACKOFF_SECONDS_FIRST", 0.01)
    monkeypatch.setattr("vici.infra.events.consumers.BACKOFF_SECONDS_MAX", 0.02)
    monkeypatch.setattr("vici.infra.events.consumers.ATTEMPTS_MAX", 2)
    away = True
    first, second = open_bus(), open_bus()
    delivering, copy = Listener("copy", everywhere=True), Listener("copy", batch_max=4, everywhere=True)
    copy.fails = lambda event: away and event.thing == "a"
    for bus, listener in ((first, delivering), (second, copy)):
        bus.subscribe(listener.subscription)
        await bus.join()
        await bus.start()
    await first.publish([sealed(happened(number, thing)) for number in range(10) for thing in ("a", "b")])
    await until(lambda: copy.numbers("b") == list(range(10)) and len(delivering.heard) == 20)
    await until(lambda: copy.batches.count(1) > 20)
    assert copy.numbers("a") == []
    await first.close()
    away = False
    await until(lambda: copy.numbers("a") == list(range(10)))
