"""The shop's documents on their tables, and their passages in memory."""

import asyncio
import time

from sqlalchemy import Connection

from vici.domains.knowledge import store
from vici.domains.knowledge.api import (
    Document,
    DocumentRef,
    Documents,
    FindPassages,
    ListDocuments,
    Passages,
    PutDocument,
    Removed,
    UnknownDocument,
)
from vici.domains.knowledge.store import DocumentKey
from vici.domains.knowledge.use_cases.find_passages import PassageIndex
from vici.infra.database.port import Database
from vici.kit.clock import Clock

# Another process's change has to be found within a second; asking costs one lookup by key.
FRESH_SECONDS = 0.5


class KnowledgeService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._index = PassageIndex()
        self._indexed: dict[DocumentKey, int] = {}
        self._change = 0
        self._looked_at = float("-inf")
        self._catching_up = asyncio.Lock()

    async def put_document(self, request: PutDocument) -> Document:
        now = self._clock.now()
        document = await self._database.write(lambda connection: store.put(connection, request, now))
        await self.catch_up()
        return document

    async def document(self, request: DocumentRef) -> Document:
        key = DocumentKey(request.slug, request.language)
        document = await self._database.read(lambda connection: store.find(connection, key))
        if document is None:
            raise UnknownDocument(slug=request.slug, language=request.language)
        return document

    async def list_documents(self, request: ListDocuments) -> Documents:
        found = await self._database.read(lambda connection: store.list_all(connection, request.language))
        return Documents(documents=tuple(found))

    async def remove_document(self, request: DocumentRef) -> Removed:
        key = DocumentKey(request.slug, request.language)
        removed = await self._database.write(lambda connection: store.remove(connection, key))
        await self.catch_up()
        return Removed(removed=removed)

    async def find_passages(self, request: FindPassages) -> Passages:
        if time.monotonic() - self._looked_at > FRESH_SECONDS:
            await self.catch_up()
        return Passages(passages=tuple(self._index.find(request.question, request.language, request.limit)))

    async def catch_up(self) -> None:
        """Take in what was written since, here or by other processes."""
        async with self._catching_up:
            looked_at = time.monotonic()
            if await self._database.read(store.latest_change) != self._change:
                await self._take_in_changes()
            self._looked_at = looked_at

    async def _take_in_changes(self) -> None:
        def read(connection: Connection) -> tuple[int, dict[DocumentKey, int], list[Document]]:
            change = store.latest_change(connection)
            there = store.change_of_each(connection)
            news = [key for key, number in there.items() if self._indexed.get(key) != number]
            return change, there, store.find_each(connection, news)

        change, there, documents = await self._database.read(read)
        for slug, language in self._indexed.keys() - there.keys():
            self._index.remove(slug, language)
        for document in documents:
            self._index.put(document)
        self._change, self._indexed = change, there
