"""Conversations, their messages, the turns that answered them, and the actions that carry the answers out."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, UniqueConstraint

from vici.infra.database.types import Document, Instant, LongText, key

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("session_id", key(), primary_key=True),
    Column("channel", key(), nullable=False),
    Column("user_id", key(), nullable=False),
    Column("carry_replies", Boolean, nullable=False),
    Column("mode", String(10), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    # The place of the newest message, whoever said it.
    Column("position", Integer, nullable=False),
    # The shopper's messages are numbered on their own: up to `handled_seq` they are answered.
    Column("last_seq", Integer, nullable=False),
    Column("handled_seq", Integer, nullable=False),
    # When the oldest unanswered message came, and when the quiet window behind the newest ends.
    Column("waiting_since", Instant),
    Column("ready_at", Instant),
    # When a worker should look: the end of the quiet window, or of the lease of the worker or person that has it.
    # Empty when there is nothing to answer, so that idle conversations are not in the way of those that wait.
    Column("due_at", Instant),
    # Who may answer: one more with every claim, takeover, handback and end. An older epoch writes nothing.
    Column("epoch", Integer, nullable=False),
    # Set while a worker has the conversation: up to where it answers.
    Column("claimed_seq", Integer),
    Column("worker", key()),
    Column("restarts", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("context", Document, nullable=False),
    # Since when a person is asked for and has not written: kept through a takeover in which nobody wrote.
    Column("wants_person_since", Instant),
    # When the assistant's part began again: before that, nobody waited for it.
    Column("handed_back_at", Instant),
)
Index("conversations_by_due_at", conversations.c.due_at)
Index("conversations_by_wish", conversations.c.wants_person_since, conversations.c.session_id)

messages = Table(
    "messages",
    metadata,
    Column("session_id", key(), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("message_id", key(), nullable=False),
    Column("role", String(10), nullable=False),
    Column("seq", Integer),
    Column("content", LongText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("payload", LongText),
    Column("language", String(10)),
    Column("intent", key()),
    Column("confidence", Float),
    # reply_to, entities, evidence and timings of a reply.
    Column("details", Document),
    # What makes a repeated webhook or request harmless.
    UniqueConstraint("session_id", "message_id", name="messages_once"),
    UniqueConstraint("session_id", "seq", name="messages_in_order"),
)

turns = Table(
    "turns",
    metadata,
    Column("session_id", key(), primary_key=True),
    # Two turns can neither begin nor end at the same message.
    Column("last_seq", Integer, primary_key=True, autoincrement=False),
    Column("first_seq", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    # The newest message there was at the commit, and how often thinking had been started over by then.
    Column("newest_seq", Integer, nullable=False),
    Column("restarts", Integer, nullable=False),
    Column("message_id", key(), nullable=False),
    Column("committed_at", Instant, nullable=False),
    UniqueConstraint("session_id", "first_seq", name="turns_once"),
)

actions = Table(
    "actions",
    metadata,
    Column("action_id", key(130), primary_key=True),
    Column("session_id", key(), nullable=False),
    # Of the reply it belongs to, and its place in it: the order in which a customer gets them.
    Column("position", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("type", String(30), nullable=False),
    Column("data", Document, nullable=False),
    Column("status", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", LongText),
    # When it may be tried (again), or the attempt that runs is given up. Empty once it is settled.
    Column("due_at", Instant),
    # Who may settle it: one more with every attempt.
    Column("epoch", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),
    # A person took over while it was under way: no further attempt.
    Column("recalled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    UniqueConstraint("session_id", "position", "place", name="actions_once"),
)
Index("actions_by_due_at", actions.c.due_at)
# Finds what stands in line before an action, however many were sent in the conversation's long life.
Index("actions_in_line", actions.c.session_id, actions.c.due_at)
