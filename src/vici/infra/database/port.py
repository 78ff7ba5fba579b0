"""What a domain may ask of its database."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from vici.kit.errors import Refusal, Why

T = TypeVar("T")


class DatabaseUnavailable(Refusal):
    code = "database.unavailable"
    why = Why.UNAVAILABLE
    message = "The database cannot be used just now ({reason}). Nothing was changed; try again in a moment."


class StorageFull(Refusal):
    code = "database.full"
    why = Why.UNAVAILABLE
    message = "The disk of the database is full. Nothing was changed; free some space and try again."


class DatabaseDamaged(Refusal):
    code = "database.damaged"
    why = Why.UNAVAILABLE
    message = "{path} is damaged or not a database. Put back a copy of it, or move it away and start anew."


class OutcomeUnknown(Refusal):
    code = "database.outcome_unknown"
    why = Why.UNAVAILABLE
    message = "The connection broke during the commit: the change may or may not be there. Repeat it with the same key."


class Database(Protocol):
    """One service's tables. A transaction is a synchronous function over a connection, so it cannot wait on the
    network.

    The function may be run more than once (a deadlock, a serialization failure), so it must touch nothing but its
    connection.
    """

    async def write(self, function: Callable[[Connection], T]) -> T:
        """Run the function in a transaction and commit it. What it raises rolls it back and reaches the caller.

        When this returns, the change is durable. A caller cancelled while waiting does not know whether it was
        committed.
        """
        ...

    async def read(self, function: Callable[[Connection], T]) -> T:
        """Run the function on one consistent snapshot (SQLite) or read-committed (servers). It must not write."""
        ...

    def on_signal(self, name: str, heard: Callable[[], object]) -> None:
        """Call `heard` soon after a commit in this process whose function called `signal(connection, name)`.

        From any thread, possibly once for many commits: a wake-up, never a message.
        """
        ...

    async def close(self) -> None:
        """Finish what was asked for, then let go. Later calls are refused."""
        ...


def signal(connection: Connection, name: str) -> None:
    """Wake those who wait for `name` once this transaction is committed."""
    connection.info["signals"].add(name)
