"""Routes over the documents: reading for everyone, writing for the shop."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel

from vici.domains.knowledge.api import (
    Document,
    DocumentRef,
    Documents,
    FindPassages,
    KnowledgeApi,
    Language,
    ListDocuments,
    Markdown,
    Passages,
    PutDocument,
    Removed,
)
from vici.kit.dto import Key, Line

_QUESTION = Body(
    openapi_examples={
        "Vietnamese": {"value": {"question": "phí ship ra đảo bao nhiêu?", "language": "vi"}},
        "English": {"value": {"question": "Can I return something I have opened?", "language": "en", "limit": 3}},
    }
)
_PAGE: dict[str, Any] = {
    "title": "Delivery",
    "body": "# Delivery\n\n## How long it takes\n\nTwo to four days within the country.\n",
}
_WRITTEN = Body(openapi_examples={"a page": {"value": _PAGE}})
Lang = Annotated[Language, Query(alias="lang", description="Language of the page.")]


class Page(BaseModel):
    """A page as someone writes it."""

    title: Line
    body: Markdown


def public_routes(api: KnowledgeApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/documents", tags=["documents"])

    @routes.get("", summary="The shop's pages, by slug and language")
    async def list_documents(  # pyright: ignore[reportUnusedFunction]
        language: Annotated[Language | None, Query(alias="lang", description="Only pages in this language.")] = None,
    ) -> Documents:
        return await api.list_documents(ListDocuments(language=language))

    @routes.get("/{slug}", summary="One page")
    async def one_document(slug: Key, language: Lang = "vi") -> Document:  # pyright: ignore[reportUnusedFunction]
        return await api.document(DocumentRef(slug=slug, language=language))

    @routes.post("/search", summary="The passages that answer a question, best first")
    async def find_passages(question: Annotated[FindPassages, _QUESTION]) -> Passages:  # pyright: ignore[reportUnusedFunction]
        return await api.find_passages(question)

    return routes


def admin_routes(api: KnowledgeApi) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/documents", tags=["documents, for the shop"])

    @routes.put("/{slug}", summary="Write a page, or write it anew")
    async def put_document(  # pyright: ignore[reportUnusedFunction]
        slug: Key, page: Annotated[Page, _WRITTEN], language: Lang = "vi"
    ) -> Document:
        return await api.put_document(PutDocument(slug=slug, language=language, title=page.title, body=page.body))

    @routes.delete("/{slug}", summary="Take a page down; repeating it changes nothing")
    async def remove_document(slug: Key, language: Lang = "vi") -> Removed:  # pyright: ignore[reportUnusedFunction]
        return await api.remove_document(DocumentRef(slug=slug, language=language))

    return routes
