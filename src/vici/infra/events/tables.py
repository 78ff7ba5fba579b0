"""The outbox and inbox that stand in every service's database, and the log of the embedded bus."""

from sqlalchemy import Column, Index, Integer, MetaData, Table

from vici.infra.database.types import Instant, LongText, RowId, key

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("position", RowId, primary_key=True, autoincrement=True),
    Column("event_id", key(), nullable=False),
    Column("topic", key(), nullable=False),
    Column("key", key(), nullable=False),
    Column("body", LongText, nullable=False),
    sqlite_autoincrement=True,
)

# One relay at a time, so that events of one key leave in order. Held only while rows are on their way.
outbox_lease = Table(
    "outbox_lease",
    metadata,
    Column("name", key(), primary_key=True),
    Column("owner", key(), nullable=False),
    Column("until", Instant, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("group", key(), primary_key=True),
    Column("event_id", key(), primary_key=True),
    Column("handled_at", Instant, nullable=False),
)

log_metadata = MetaData()

log = Table(
    "log",
    log_metadata,
    Column("position", RowId, primary_key=True, autoincrement=True),
    Column("event_id", key(), nullable=False, unique=True),
    Column("topic", key(), nullable=False),
    Column("key", key(), nullable=False),
    Column("body", LongText, nullable=False),
    Column("published_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
Index("log_by_topic", log.c.topic, log.c.position)

consumers = Table(
    "consumers",
    log_metadata,
    Column("group", key(), primary_key=True),
    Column("topic", key(), primary_key=True),
    Column("position", RowId, nullable=False),
)

retries = Table(
    "retries",
    log_metadata,
    Column("group", key(), primary_key=True),
    Column("topic", key(), primary_key=True),
    Column("position", RowId, primary_key=True),
    Column("event_id", key(), nullable=False),
    Column("key", key(), nullable=False),
    Column("body", LongText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("error", LongText, nullable=False),
)

dead_letters = Table(
    "dead_letters",
    log_metadata,
    Column("letter_id", RowId, primary_key=True, autoincrement=True),
    Column("group", key(), nullable=False),
    Column("topic", key(), nullable=False),
    Column("position", RowId, nullable=False),
    Column("event_id", key(), nullable=False),
    Column("key", key(), nullable=False),
    Column("body", LongText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", LongText, nullable=False),
    Column("died_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
