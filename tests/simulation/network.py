"""What is outside: an assistant that may be slow or fail, and channels that lose, repeat and lie."""

import asyncio
import zlib
from collections import defaultdict
from typing import NamedTuple

from tests.simulation.world import Process, World
from vici.domains.assistant.api import Turn
from vici.domains.channels.api import Delivered, Progress
from vici.domains.channels.providers.streams import OpenStreams
from vici.domains.conversations.api import Action, Delivery, Draft

KNOWS_IDS = "knows-ids"
"""A channel that takes a message id from us, and shows a repeat only once."""
KNOWS_NONE = "knows-none"
"""A channel that shows whatever it is sent, and whose history lags behind."""
CHANNELS = ("web", KNOWS_IDS, KNOWS_NONE)


class Arrival(NamedTuple):
    at: float
    session_id: str
    position: int
    place: int
    action_id: str


class Network:
    """What customers of the two outside channels have on their screens."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.arrivals: list[Arrival] = []
        self._ids: set[str] = set()

    def arrive(self, delivery: Delivery) -> None:
        if delivery.channel == KNOWS_IDS:
            if delivery.action_id in self._ids:
                self.world.seen["repeat recognised by the channel"] += 1
                return
            self._ids.add(delivery.action_id)
        position, place = self.world.raw.execute(
            "SELECT position, place FROM actions WHERE action_id = ?", (delivery.action_id,)
        ).fetchone()
        self.arrivals.append(Arrival(self.world.loop.now, delivery.session_id, position, place, delivery.action_id))

    def shows(self, action_id: str) -> bool:
        """In the history, which is a few seconds behind."""
        return any(arrival.action_id == action_id and arrival.at + 2 < self.world.loop.now for arrival in self.arrivals)


class SimulatedChannels:
    """The channels as one process reaches them."""

    def __init__(self, process: Process, network: Network, streams: OpenStreams | None) -> None:
        self._process = process
        self._network = network
        self._streams = streams

    async def show(self, request: Progress) -> None:
        if self._streams is not None:
            self._streams.tell(request.session_id, request.stage)

    async def deliver(self, request: Delivery) -> Delivered:
        world, network = self._process.world, self._network
        await self._process.step()
        if request.channel == KNOWS_NONE and request.doubtful:
            # Sending again could show it twice: only its history can tell.
            if network.shows(request.action_id):
                world.seen["found in the channel's history"] += 1
                return Delivered(outcome="sent")
            return Delivered(outcome="unknown", error="not in the history")
        if zlib.crc32(request.action_id.encode()) % 19 == 0:
            world.seen["refused whenever it is tried"] += 1
            return Delivered(outcome="refused", error="blocked")
        luck = 1.0 if world.calm else world.random.random()
        if luck < 0.06:
            world.seen["refused by the channel"] += 1
            return Delivered(outcome="refused", error="429")
        if luck < 0.10:
            world.seen["failed before the effect"] += 1
            raise ConnectionError("reset")
        if luck < 0.13:
            world.seen["hung before the effect"] += 1
            await asyncio.sleep(60)
        await asyncio.sleep(world.random.uniform(0.02, 1))
        await self._process.step()
        network.arrive(request)
        if luck < 0.18:
            world.seen["failed behind the effect"] += 1
            raise ConnectionError("reset")
        if luck < 0.22:
            world.seen["hung behind the effect"] += 1
            await asyncio.sleep(60)
        await self._process.step()
        return Delivered(outcome="sent")


class SimulatedAssistant:
    def __init__(self, process: Process) -> None:
        self._process = process

    async def reply(self, request: Turn) -> Draft:
        world = self._process.world
        await self._process.step()
        if any(zlib.crc32(message.message_id.encode()) % 61 == 0 for message in request.messages):
            world.seen["a message that makes thinking fail"] += 1
            raise RuntimeError("this again")
        seconds = world.random.choice((0.01, 0.3, 1, 2, 4, 9))
        if not world.calm:
            luck = world.random.random()
            if luck < 0.05:
                world.seen["thinking longer than a lease"] += 1
                seconds += world.random.uniform(31, 50)
            elif luck < 0.08:
                world.seen["thinking failed"] += 1
                await asyncio.sleep(seconds)
                raise RuntimeError("no idea")
            elif luck < 0.09:
                world.seen["thinking hung"] += 1
                seconds = 10_000
        await asyncio.sleep(seconds)
        await self._process.step()
        return self._draft(request)

    def _draft(self, turn: Turn) -> Draft:
        world = self._process.world
        text = f"To {[message.content for message in turn.messages]}, after {len(turn.history)}"
        actions = [Action(type="send_message", data={"message": text})]
        luck = 1.0 if world.calm else world.random.random()
        if luck < 0.4:
            replies = [{"title": "More", "payload": "more"}]
            actions.append(Action(type="send_quick_replies", data={"message": "More?", "replies": replies}))
        elif luck < 0.41:
            world.seen["handed over by the assistant"] += 1
            actions.append(Action(type="transfer_to_agent", data={"reason": "asked", "summary": text}))
        elif luck < 0.42:
            world.seen["ended by the assistant"] += 1
            actions.append(Action(type="end_conversation", data={"reason": "goodbye"}))
        return Draft(
            text=text,
            language="en",
            intent="simulated",
            confidence=1,
            actions=tuple(actions),
            context={"turns": turn.context.get("turns", 0) + 1},
        )


def by_session(arrivals: list[Arrival]) -> dict[str, list[Arrival]]:
    found: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        found[arrival.session_id].append(arrival)
    return found
