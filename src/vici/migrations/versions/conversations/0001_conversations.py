"""Conversations, messages, turns and actions."""

import sqlalchemy as sa
from alembic import op

from vici.infra.database.types import Document, Instant, LongText, key

revision = "conversations_0001"
down_revision = None
branch_labels = ("conversations",)


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("session_id", key(), primary_key=True),
        sa.Column("channel", key(), nullable=False),
        sa.Column("user_id", key(), nullable=False),
        sa.Column("carry_replies", sa.Boolean, nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("handled_seq", sa.Integer, nullable=False),
        sa.Column("waiting_since", Instant),
        sa.Column("ready_at", Instant),
        sa.Column("due_at", Instant),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("claimed_seq", sa.Integer),
        sa.Column("worker", key()),
        sa.Column("restarts", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("context", Document, nullable=False),
        sa.Column("wants_person_since", Instant),
        sa.Column("handed_back_at", Instant),
    )
    op.create_index("conversations_by_due_at", "conversations", ["due_at"])
    op.create_index("conversations_by_wish", "conversations", ["wants_person_since", "session_id"])
    op.create_table(
        "messages",
        sa.Column("session_id", key(), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("message_id", key(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("seq", sa.Integer),
        sa.Column("content", LongText, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("payload", LongText),
        sa.Column("language", sa.String(10)),
        sa.Column("intent", key()),
        sa.Column("confidence", sa.Float),
        sa.Column("details", Document),
        sa.UniqueConstraint("session_id", "message_id", name="messages_once"),
        sa.UniqueConstraint("session_id", "seq", name="messages_in_order"),
    )
    op.create_table(
        "turns",
        sa.Column("session_id", key(), primary_key=True),
        sa.Column("last_seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first_seq", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("newest_seq", sa.Integer, nullable=False),
        sa.Column("restarts", sa.Integer, nullable=False),
        sa.Column("message_id", key(), nullable=False),
        sa.Column("committed_at", Instant, nullable=False),
        sa.UniqueConstraint("session_id", "first_seq", name="turns_once"),
    )
    op.create_table(
        "actions",
        sa.Column("action_id", key(130), primary_key=True),
        sa.Column("session_id", key(), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column("data", Document, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", LongText),
        sa.Column("due_at", Instant),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("doubtful", sa.Boolean, nullable=False),
        sa.Column("recalled", sa.Boolean, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("settled_at", Instant),
        sa.UniqueConstraint("session_id", "position", "place", name="actions_once"),
    )
    op.create_index("actions_by_due_at", "actions", ["due_at"])
    op.create_index("actions_in_line", "actions", ["session_id", "due_at"])
