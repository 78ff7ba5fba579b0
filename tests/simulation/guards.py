"""The guards of the conversations, each of which can be taken away to see that it was needed; and the troubles that
have to occur for a simulation to mean anything."""

import contextlib
from collections.abc import Callable, Generator
from datetime import timedelta
from unittest.mock import patch

from sqlalchemy import Connection, MetaData, true

from tests.simulation.world import World
from vici.domains.conversations.api import PersonSaid, PersonSays
from vici.domains.conversations.tables import messages
from vici.domains.conversations.use_cases import commit, deliver, people, receive
from vici.kit.ids import NewId

_say = people.say
Prepare = Callable[[World], None]


@contextlib.contextmanager
def _fence() -> Generator[Prepare]:
    """A worker that was overtaken writes its reply all the same."""
    with patch.object(commit, "holds_claim", lambda row, request: True):
        yield lambda world: None


@contextlib.contextmanager
def _restarts() -> Generator[Prepare]:
    """Newer messages are not looked for."""
    with patch.object(commit, "RESTARTS_MAX", 0):
        yield lambda world: None


@contextlib.contextmanager
def _inbox_key() -> Generator[Prepare]:
    """A repeated message is neither looked for nor refused by the table."""

    def loosen(world: World) -> None:
        loose = messages.to_metadata(MetaData())
        loose.constraints = {each for each in loose.constraints if each.name != "messages_once"}
        world.connection.exec_driver_sql("DROP TABLE messages")
        loose.create(world.connection)

    with patch.object(receive, "_already_stored", lambda connection, requests: {}):
        yield loosen


@contextlib.contextmanager
def _order() -> Generator[Prepare]:
    """Any action of a conversation may be carried out, not only its first."""
    anyone = deliver.next_up(true())
    with patch.multiple(deliver, _NEXT=anyone, _TAKE=anyone):
        yield lambda world: None


@contextlib.contextmanager
def _recall() -> Generator[Prepare]:
    """What was not sent yet stays in line when a person takes over."""
    with patch.object(people, "recall", lambda connection, session_id: None):
        yield lambda world: None


@contextlib.contextmanager
def _persons_time() -> Generator[Prepare]:
    """A person who has taken over and gone is waited for all day."""
    with patch.object(people, "PERSON_SILENT_MAX", timedelta(days=1)):
        yield lambda world: None


@contextlib.contextmanager
def _persons_key() -> Generator[Prepare]:
    """A person's repeated words are not looked for, and get a name of their own."""

    def say(connection: Connection, request: PersonSays, new_id: NewId) -> PersonSaid:
        return _say(connection, request.model_copy(update={"message_id": new_id()}), new_id)

    with patch.object(people, "say", say):
        yield lambda world: None


GUARDS = {
    "the fence": _fence,
    "the look for newer messages": _restarts,
    "the key of the inbox": _inbox_key,
    "the order of deliveries": _order,
    "the recall at a takeover": _recall,
    "the time a person is given": _persons_time,
    "the key of a person's words": _persons_key,
}


def taken_away(guard: str) -> contextlib.AbstractContextManager[Prepare]:
    return GUARDS[guard]()


SOMETIMES = [
    "killed",
    "stopped for longer than a lease",
    "stopped in order",
    "database away",
    "answer of the database lost",
    "repeat recognised",
    "thinking failed",
    "thinking hung",
    "thinking longer than a lease",
    "turn committed",
    "turn restart_needed",
    "turn fenced",
    "turn failed",
    "gave up and asked a person",
    "handed over by the assistant",
    "ended by the assistant",
    "ended by the customer",
    "refused, the session had ended",
    "taken over",
    "handed back",
    "handed back by itself",
    "a person wrote",
    "a person's repeated words recognised",
    "stream resumed",
    "refused by the channel",
    "failed before the effect",
    "failed behind the effect",
    "hung before the effect",
    "hung behind the effect",
    "repeat recognised by the channel",
    "found in the channel's history",
    "dead on the channel that knows-ids",
    "review on the channel that knows-none",
    "cancelled on the channel that knows-none",
]
