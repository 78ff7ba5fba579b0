"""What must hold after every transaction, and what must hold when all is over."""

import sqlite3
from collections import Counter, defaultdict

from tests.simulation.world import World
from vici.domains.conversations.rules.answering import RESTARTS_MAX


class AfterEveryCommit:
    """Looks at what the transaction added, and at the conversations as they are now."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen_messages = 0
        self._seen_turns = 0
        self._stored: set[tuple[str, str]] = set()
        self._positions: Counter[str] = Counter()
        self._shopper: Counter[str] = Counter()
        self._handled: Counter[str] = Counter()
        self._epochs: Counter[str] = Counter()
        self._modes: dict[str, str] = defaultdict(lambda: "bot")
        self._turn_epochs: dict[str, int] = {}
        self._taken_over: set[str] = set()

    def __call__(self, raw: sqlite3.Connection) -> None:
        turns_before = self._handled.copy()
        self._messages(raw)
        self._turns(raw)
        self._conversations(raw, turns_before)
        for session in sorted(self._taken_over):
            query = "SELECT action_id, status FROM actions WHERE session_id = ? AND status IN ('pending', 'unknown')"
            for action, status in raw.execute(query, (session,)):
                self._world.broken(f"a person has {session}, and {action} is still {status}")
        two_at_once = "SELECT session_id FROM actions WHERE status = 'sending' GROUP BY session_id HAVING count(*) > 1"
        for (session,) in raw.execute(two_at_once):
            self._world.broken(f"two actions of {session} are being sent at once")

    def _messages(self, raw: sqlite3.Connection) -> None:
        query = "SELECT rowid, session_id, position, message_id, seq FROM messages WHERE rowid > ? ORDER BY rowid"
        for rowid, session, position, message, seq in raw.execute(query, (self._seen_messages,)):
            self._seen_messages = rowid
            if (session, message) in self._stored:
                self._world.broken(f"{message} of {session} is stored twice")
            self._stored.add((session, message))
            self._positions[session] += 1
            if position != self._positions[session]:
                self._world.broken(f"{message} of {session} stands at {position}, not {self._positions[session]}")
            if seq is not None:
                self._shopper[session] += 1
                if seq != self._shopper[session]:
                    self._world.broken(f"{message} of {session} has number {seq}, not {self._shopper[session]}")

    def _turns(self, raw: sqlite3.Connection) -> None:
        query = """
            SELECT t.rowid, t.session_id, first_seq, t.last_seq, t.epoch, newest_seq, t.restarts,
                c.epoch, c.mode, c.last_seq
            FROM turns t JOIN conversations c ON c.session_id = t.session_id WHERE t.rowid > ? ORDER BY t.rowid
        """
        for row in raw.execute(query, (self._seen_turns,)):
            rowid, session, first, last, epoch, newest, restarts, epoch_now, mode_now, last_now = row
            self._seen_turns = rowid
            if first != self._handled[session] + 1 or last < first:
                self._world.broken(f"a turn of {session} answers {first}..{last} behind {self._handled[session]}")
            self._handled[session] = last
            # A reply that hands over or says goodbye begins a new epoch itself.
            if epoch != (epoch_now if mode_now == "bot" else epoch_now - 1):
                self._world.broken(f"a turn of {session} was written under epoch {epoch}, now {epoch_now}")
            if epoch <= self._turn_epochs.get(session, -1):
                self._world.broken(f"two turns of {session} under one epoch, {epoch}")
            self._turn_epochs[session] = epoch
            if self._modes[session] != "bot":
                self._world.broken(f"a turn of {session} was written while it was {self._modes[session]}")
            if newest != last_now or (newest > last and restarts < RESTARTS_MAX):
                self._world.broken(f"a turn of {session} up to {last} did not see {last_now}")
            if newest > last:
                self._world.seen["answered in spite of newer messages"] += 1

    def _conversations(self, raw: sqlite3.Connection, turns_before: Counter[str]) -> None:
        query = (
            "SELECT session_id, mode, epoch, last_seq, handled_seq, position, due_at, claimed_seq FROM conversations"
        )
        for session, mode, epoch, last, handled, position, due_at, claimed in raw.execute(query):
            if epoch < self._epochs[session]:
                self._world.broken(f"the epoch of {session} went back from {self._epochs[session]} to {epoch}")
            if (last, position) != (self._shopper[session], self._positions[session]):
                self._world.broken(f"{session} counts {last} messages, {position} places")
            if handled != self._handled[session]:
                self._world.broken(f"{session} says {handled} are answered, its turns {self._handled[session]}")
            if (due_at is not None) != (mode == "bot" and last > handled):
                self._world.broken(f"{session} is {mode}, {last - handled} unanswered, due at {due_at}")
            if claimed is not None and (mode != "bot" or claimed > last):
                self._world.broken(f"{session} is {mode} and claimed up to {claimed} of {last}")
            if mode != "human":
                self._taken_over.discard(session)
            elif self._modes[session] == "bot" and handled == turns_before[session]:
                self._taken_over.add(session)
            self._epochs[session], self._modes[session] = epoch, mode
