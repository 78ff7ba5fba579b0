"""What must hold after every transaction, and what must hold when all is over."""

import sqlite3
from collections import Counter, defaultdict

from tests.simulation.network import KNOWS_IDS, Network, by_session
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
        self._messages(raw)
        self._turns(raw)
        self._conversations(raw)
        for session in sorted(self._taken_over):
            query = """
                SELECT action_id, status FROM actions JOIN messages USING (session_id, position)
                WHERE session_id = ? AND status IN ('pending', 'unknown') AND role = 'assistant'
            """
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
                c.epoch, c.mode, c.last_seq, m.role
            FROM turns t JOIN conversations c ON c.session_id = t.session_id
            JOIN messages m ON m.session_id = t.session_id AND m.message_id = t.message_id
            WHERE t.rowid > ? ORDER BY t.rowid
        """
        for row in raw.execute(query, (self._seen_turns,)):
            rowid, session, first, last, epoch, newest, restarts, epoch_now, mode_now, last_now, role = row
            self._seen_turns = rowid
            if first != self._handled[session] + 1 or last < first:
                self._world.broken(f"a turn of {session} answers {first}..{last} behind {self._handled[session]}")
            self._handled[session] = last
            # A reply that says goodbye begins a new epoch itself.
            if epoch != (epoch_now - 1 if mode_now == "ended" else epoch_now):
                self._world.broken(f"a turn of {session} was written under epoch {epoch}, now {epoch_now}")
            # A person may answer more than once in one takeover; a claim is good for one reply.
            if epoch < self._turn_epochs.get(session, -1) + (role == "assistant"):
                self._world.broken(f"two turns of {session} under one epoch, {epoch}")
            self._turn_epochs[session] = epoch
            if role == "assistant" and self._modes[session] != "bot":
                self._world.broken(f"a turn of {session} was written while it was {self._modes[session]}")
            if role == "agent" and mode_now != "human":
                self._world.broken(f"a person answered in {session}, and it is {mode_now}")
            if newest != last_now or (newest > last and restarts < RESTARTS_MAX):
                self._world.broken(f"a turn of {session} up to {last} did not see {last_now}")
            if newest > last:
                self._world.seen["answered in spite of newer messages"] += 1

    def _conversations(self, raw: sqlite3.Connection) -> None:
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
            # With a person it is due as well: when nobody writes, the assistant has to go on.
            if (due_at is not None) != (mode == "human" or (mode == "bot" and last > handled)):
                self._world.broken(f"{session} is {mode}, {last - handled} unanswered, due at {due_at}")
            if claimed is not None and (mode != "bot" or claimed > last):
                self._world.broken(f"{session} is {mode} and claimed up to {claimed} of {last}")
            if mode != "human":
                self._taken_over.discard(session)
            elif self._modes[session] == "bot":
                self._taken_over.add(session)
            self._epochs[session], self._modes[session] = epoch, mode


def when_all_is_over(
    world: World,
    network: Network,
    acknowledged: set[tuple[str, str]],
    acknowledged_to_people: set[tuple[str, str]],
    written_by_people: set[tuple[str, str]],
) -> None:
    """What was said and acknowledged is named by session and message id."""
    raw = world.raw
    stored = Counter(raw.execute("SELECT session_id, message_id FROM messages"))
    for message in sorted(acknowledged):
        if stored[message] != 1:
            world.broken(f"{message} was acknowledged and is stored {stored[message]} times")
    agents = set(raw.execute("SELECT session_id, message_id FROM messages WHERE role = 'agent'"))
    if not acknowledged_to_people <= agents <= written_by_people:
        world.broken(f"people said {written_by_people}, {acknowledged_to_people} was acknowledged, {agents} is stored")
    open_ended = "SELECT session_id FROM conversations WHERE mode = 'bot' AND handled_seq < last_seq"
    for (session,) in raw.execute(open_ended):
        world.broken(f"{session} has no reply")
    for (session,) in raw.execute("SELECT session_id FROM conversations WHERE mode = 'human'"):
        world.broken(f"{session} is still with a person who has gone")
    query = "SELECT count(*) FROM messages WHERE intent = 'could_not_answer'"
    world.seen["gave up and asked a person"] += raw.execute(query).fetchone()[0]
    _check_deliveries(world, network)
    announced = raw.execute("SELECT count(*) FROM outbox WHERE topic LIKE '%turn_committed%'").fetchone()[0]
    by_assistant = "SELECT count(*) FROM turns JOIN messages USING (session_id, message_id) WHERE role = 'assistant'"
    turns = raw.execute(by_assistant).fetchone()[0]
    # At least: whoever hands back what was handed back by itself changes nothing.
    handed_back = raw.execute("SELECT count(*) FROM outbox WHERE topic LIKE '%handed_back%'").fetchone()[0]
    world.seen["handed back by itself"] += handed_back - world.seen["handed back"]
    if announced != turns:
        world.broken(f"{turns} turns, {announced} events about them")


def _check_deliveries(world: World, network: Network) -> None:
    raw = world.raw
    arrived = Counter(arrival.action_id for arrival in network.arrivals)
    for action, times in arrived.items():
        if times > 1:
            world.broken(f"{action} arrived {times} times")
    for session, arrivals in by_session(network.arrivals).items():
        places = [(arrival.position, arrival.place) for arrival in arrivals]
        if places != sorted(places):
            world.broken(f"the customer of {session} got {places}")
    carried = """
        SELECT action_id, status, doubtful, recalled, channel, actions.attempts FROM actions
        JOIN conversations USING (session_id) WHERE carry_replies
    """
    for action, status, doubtful, recalled, channel, attempts in raw.execute(carried):
        world.seen[f"{status} on the channel that {channel}"] += 1
        if status == "sent" and action not in arrived:
            world.broken(f"{action} is sent, but never arrived")
        if status in ("dead", "cancelled") and action in arrived:
            world.broken(f"{action} is {status}, but arrived")
        if status == "review" and not doubtful:
            world.broken(f"{action} is in review without a doubt")
        if status == "review" and channel == KNOWS_IDS and not recalled and attempts < 10:
            world.broken(f"{action} was given up where repeating was safe")
