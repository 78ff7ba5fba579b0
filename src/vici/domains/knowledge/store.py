"""The documents on their tables. Every change takes the next number of `document_changes`, which also makes writers
wait for one another."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from vici.domains.knowledge.api import Document, PutDocument
from vici.domains.knowledge.tables import document_changes, documents
from vici.infra.database.writes import insert_once, upsert

_ALL = "documents"


class DocumentKey(NamedTuple):
    slug: str
    language: str


def put(connection: Connection, request: PutDocument, now: datetime) -> Document:
    """Create or replace; what is there already is left as it is."""
    number = _next_change(connection)
    key = DocumentKey(request.slug, request.language)
    before = find(connection, key)
    if before is not None and (before.title, before.body) == (request.title, request.body):
        return before
    after = Document(**request.model_dump(), version=before.version + 1 if before else 1, updated_at=now)
    upsert(connection, documents, [after.model_dump() | {"change": number}])
    return after


def remove(connection: Connection, key: DocumentKey) -> bool:
    _next_change(connection)
    return connection.execute(delete(documents).where(_is(key))).rowcount == 1


def find(connection: Connection, key: DocumentKey) -> Document | None:
    row = connection.execute(select(documents).where(_is(key))).mappings().first()
    return None if row is None else _document(row)


def list_all(connection: Connection, language: str | None) -> list[Document]:
    """By slug and language."""
    query = select(documents).order_by(documents.c.slug, documents.c.language)
    if language is not None:
        query = query.where(documents.c.language == language)
    return [_document(row) for row in connection.execute(query).mappings()]


def latest_change(connection: Connection) -> int:
    """The number of the latest change; 0 before the first."""
    return connection.scalar(select(document_changes.c.latest).where(document_changes.c.name == _ALL)) or 0


def change_of_each(connection: Connection) -> dict[DocumentKey, int]:
    rows = connection.execute(select(documents.c.slug, documents.c.language, documents.c.change))
    return {DocumentKey(row.slug, row.language): row.change for row in rows}


def find_each(connection: Connection, keys: Iterable[DocumentKey]) -> list[Document]:
    """Those of the documents that are still there."""
    return [document for document in (find(connection, key) for key in keys) if document is not None]


def _next_change(connection: Connection) -> int:
    insert_once(connection, document_changes, name=_ALL, latest=0)
    connection.execute(
        update(document_changes).where(document_changes.c.name == _ALL).values(latest=document_changes.c.latest + 1)
    )
    return latest_change(connection)


def _is(key: DocumentKey) -> Any:
    return (documents.c.slug == key.slug) & (documents.c.language == key.language)


def _document(row: Mapping[Any, Any]) -> Document:
    return Document(**{name: row[name] for name in Document.model_fields})
