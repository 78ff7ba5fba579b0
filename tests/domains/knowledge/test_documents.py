"""What the documents promise, on every kind of database."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from tests.conftest import ManualClock
from vici.apps.http.problems import install_problems
from vici.domains.knowledge import module
from vici.domains.knowledge.api import (
    DocumentRef,
    FindPassages,
    KnowledgeApi,
    ListDocuments,
    PutDocument,
    UnknownDocument,
)
from vici.domains.knowledge.service import KnowledgeService
from vici.domains.knowledge.tables import documents
from vici.infra.database.open import open_database
from vici.infra.database.port import Database
from vici.kit.clock import SystemClock


@pytest.fixture
def branches() -> tuple[str, ...]:
    return ("events", "knowledge")


@pytest.fixture
def knowledge(database: Database, clock: ManualClock) -> KnowledgeApi:
    return module.build(database, clock).api


def page(body: str = "Parcels leave every morning.", slug: str = "delivery", language: str = "en") -> PutDocument:
    return PutDocument(slug=slug, language=language, title="Delivery", body=body)


async def answers(knowledge: KnowledgeApi, question: str) -> list[str]:
    return [passage.text for passage in (await knowledge.find_passages(FindPassages(question=question))).passages]


async def test_what_was_put_is_read_back_and_found_at_once(knowledge: KnowledgeApi, clock: ManualClock) -> None:
    put = await knowledge.put_document(page())
    assert (put.version, put.updated_at) == (1, clock.now())
    assert await knowledge.document(DocumentRef(slug="delivery", language="en")) == put
    assert await answers(knowledge, "when do parcels leave?") == ["Parcels leave every morning."]


async def test_putting_the_same_again_changes_nothing(knowledge: KnowledgeApi, clock: ManualClock) -> None:
    first = await knowledge.put_document(page())
    clock.move(60)
    assert await knowledge.put_document(page()) == first
    second = await knowledge.put_document(page("Parcels leave every evening."))
    assert (second.version, second.updated_at) == (2, clock.now())
    assert await answers(knowledge, "parcels") == ["Parcels leave every evening."]


async def test_one_slug_in_two_languages_is_two_documents(knowledge: KnowledgeApi) -> None:
    await knowledge.put_document(page())
    await knowledge.put_document(page("Hàng đi mỗi sáng.", language="vi"))
    both = (await knowledge.list_documents(ListDocuments())).documents
    assert [(document.slug, document.language) for document in both] == [("delivery", "en"), ("delivery", "vi")]
    assert len((await knowledge.list_documents(ListDocuments(language="vi"))).documents) == 1
    assert (await knowledge.remove_document(DocumentRef(slug="delivery", language="vi"))).removed
    assert not (await knowledge.remove_document(DocumentRef(slug="delivery", language="vi"))).removed
    with pytest.raises(UnknownDocument):
        await knowledge.document(DocumentRef(slug="delivery", language="vi"))
    assert await answers(knowledge, "hàng đi") == []
    assert await answers(knowledge, "parcels") == ["Parcels leave every morning."]


async def test_letter_case_and_accents_of_a_slug_matter(knowledge: KnowledgeApi) -> None:
    await knowledge.put_document(page(slug="giao"))
    for other in ("Giao", "giáo"):
        with pytest.raises(UnknownDocument):
            await knowledge.document(DocumentRef(slug=other, language="en"))


async def test_writers_of_one_document_at_once_leave_one_whole_and_count_every_change(knowledge: KnowledgeApi) -> None:
    bodies = [f"Body number {number}." for number in range(12)]
    await asyncio.gather(*(knowledge.put_document(page(body)) for body in bodies))
    left = await knowledge.document(DocumentRef(slug="delivery", language="en"))
    assert left.body in bodies
    assert left.version == 12
    assert await answers(knowledge, "body number") == [left.body]


async def test_another_process_finds_and_loses_a_document_without_being_told(
    database: Database, database_url: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vici.domains.knowledge.service.FRESH_SECONDS", 0)
    other_database = open_database(database_url, SystemClock())
    here, there = KnowledgeService(database, clock), KnowledgeService(other_database, clock)
    await here.put_document(page())
    assert await answers(there, "parcels") == ["Parcels leave every morning."]
    # Gone and back: the version is 1 again, the words are not.
    await here.remove_document(DocumentRef(slug="delivery", language="en"))
    await here.put_document(page("Parcels are beamed up."))
    assert await answers(there, "parcels") == ["Parcels are beamed up."]
    await here.remove_document(DocumentRef(slug="delivery", language="en"))
    assert await answers(there, "parcels") == []
    await other_database.close()


async def test_a_new_process_begins_with_what_is_on_the_table(database: Database, clock: ManualClock) -> None:
    await module.build(database, clock).api.put_document(page())
    built = module.build(database, clock)
    await built.start()
    assert await answers(built.api, "parcels") == ["Parcels leave every morning."]


async def test_a_repeat_leaves_the_row_untouched(database: Database, knowledge: KnowledgeApi) -> None:
    await knowledge.put_document(page())
    rows = await database.read(lambda c: c.execute(select(documents)).all())
    await knowledge.put_document(page())
    assert await database.read(lambda c: c.execute(select(documents)).all()) == rows


class TestOverHttp:
    @pytest.fixture
    async def http(self, sqlite_database: Database, clock: ManualClock) -> AsyncIterator[httpx.AsyncClient]:
        domain = module.build(sqlite_database, clock)
        app = FastAPI()
        install_problems(app)
        app.include_router(domain.public)
        app.include_router(domain.admin)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop") as client:
            yield client

    async def test_a_page_is_written_read_found_and_taken_down(self, http: httpx.AsyncClient) -> None:
        url = "/api/v1/documents/delivery?lang=en"
        page = {"title": "Delivery", "body": "# Delivery\n\nParcels leave every morning."}
        assert (await http.put(url, json=page)).json()["version"] == 1
        assert (await http.get(url)).json()["body"] == page["body"]
        assert [each["slug"] for each in (await http.get("/api/v1/documents")).json()["documents"]] == ["delivery"]
        found = await http.post("/api/v1/documents/search", json={"question": "when do parcels leave"})
        assert found.json()["passages"][0]["text"] == "Parcels leave every morning."
        assert (await http.delete(url)).json() == {"removed": True}
        assert (await http.get(url)).status_code == 404

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/api/v1/documents/delivery?lang=english", {"title": "x", "body": "x"}),
            ("/api/v1/documents/delivery", {"title": "", "body": "x"}),
            ("/api/v1/documents/delivery", {"title": "x", "body": ""}),
            ("/api/v1/documents/delivery", {"title": "x\u0000", "body": "x"}),
            ("/api/v1/documents/%00", {"title": "x", "body": "x"}),
        ],
    )
    async def test_a_bad_page_is_refused_with_the_field(
        self, http: httpx.AsyncClient, path: str, body: dict[str, str]
    ) -> None:
        refused = await http.put(path, json=body)
        assert refused.status_code == 422
        assert refused.json()["errors"]
