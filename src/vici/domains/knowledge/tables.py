"""Tables of the shop's documents."""

from sqlalchemy import Column, Integer, MetaData, Table

from vici.infra.database.types import Instant, LongText, RowId, key

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("slug", key(), primary_key=True),
    Column("language", key(2), primary_key=True),
    Column("title", key(300), nullable=False),
    Column("body", LongText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # The number of the change that wrote this row. Unlike the version it never comes back after a removal, so a process
    # that compares these numbers with what it has read sees every change.
    Column("change", RowId, nullable=False),
)

# One row: the number of the latest change to any document. Asking for it is how a process learns that there is news.
document_changes = Table(
    "document_changes",
    metadata,
    Column("name", key(), primary_key=True),
    Column("latest", RowId, nullable=False),
)
