"""What a domain may ask of the event bus."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Protocol

from vici.kit.dto import Dto, Key
from vici.kit.errors import Refusal, Why


class BusUnavailable(Refusal):
    code = "events.unavailable"
    why = Why.UNAVAILABLE
    message = "The event bus cannot be used: {reason}."


class Event(Dto):
    """A fact that has happened. A subclass names its `topic`: public, versioned, never reused for another meaning."""

    topic: ClassVar[str]
    event_id: Key
    occurred_at: datetime

    @property
    def key(self) -> str:
        """Events with one key are delivered in the order they happened."""
        raise NotImplementedError


class Envelope(NamedTuple):
    """An event on its way: the body is the event as JSON."""

    event_id: str
    topic: str
    key: str
    body: str


def sealed(event: Event) -> Envelope:
    return Envelope(event.event_id, event.topic, event.key, event.model_dump_json())


@dataclass(frozen=True)
class Subscription:
    """Who listens to what. Each group hears every event of the topic; inside a group each event is handled by one
    instance.

    `handle` gets events in order, up to `batch_max` at once, at least once each: it must be harmless to repeat. When it
    raises, the events are tried one by one, later again with growing pauses, and finally kept as dead letters; those of
    the same key wait behind the one that fails.
    """

    group: str
    event: type[Event]
    handle: Callable[[Sequence[Any]], Awaitable[None]]
    batch_max: int = 1
    everywhere: bool = False
    """Every process hears every event, besides the group's: for a copy that each keeps of its own."""


class DeadLetter(Dto):
    letter_id: int
    group: str
    topic: str
    event_id: str
    key: str
    body: str
    attempts: int
    error: str
    died_at: datetime


class EventBus(Protocol):
    async def publish(self, envelopes: Sequence[Envelope]) -> None:
        """Durable when it returns. Publishing an event id twice may deliver it twice, never lose it."""
        ...

    def subscribe(self, subscription: Subscription) -> None:
        """Say before `join` who listens."""
        ...

    async def join(self) -> None:
        """From here on nothing is missed: a group that is new hears what is published from now on, and so does this
        process `everywhere`."""
        ...

    async def start(self) -> None:
        """Begin to deliver, after `join`."""
        ...

    async def lag(self) -> dict[str, int]:
        """Events published and not yet handled, by `group topic`; those waiting for another attempt included."""
        ...

    async def dead_letters(self, group: str | None = None, limit: int = 100) -> list[DeadLetter]:
        """The events that were given up, newest first."""
        ...

    async def redrive(self, letter_ids: Sequence[int]) -> int:
        """Try these again from the first attempt on. Tells how many there were."""
        ...

    async def drop(self, letter_ids: Sequence[int]) -> int:
        """Forget these. Tells how many there were."""
        ...

    async def close(self) -> None:
        """Let the handlers that run finish, then stop."""
        ...
