"""The page that tells programmers of the API."""

import httpx
import pytest
from fastapi import FastAPI

from tests.web.markup import Page, faults_of_policy
from vici.domains.channels.http.shapes import ChatMessage, MessageAccepted
from vici.web.api_reference import api_reference
from vici.web.storefront.routes import sites
from vici.web.storefront.site import Apis


@pytest.fixture
def app(app: FastAPI, apis: Apis) -> FastAPI:
    @app.post("/api/v1/chat/message", tags=["chat"], summary="Say <b>something</b>", status_code=202)
    async def say(body: ChatMessage) -> MessageAccepted:
        """Stored *durably*. <script>alert(1)</script>"""
        raise NotImplementedError

    @app.get("/api/v1/tea/{tea_id}", tags=["tea, for the shop"], summary="Tea")
    async def tea(tea_id: str, cups: int | None = None) -> dict[str, list[int]]:
        raise NotImplementedError

    app.add_api_route("/docs", api_reference(sites(apis, "Vici", "VND")["vi"], app.openapi), include_in_schema=False)
    return app


async def test_every_operation_and_shape_is_told_and_linked(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/docs")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert faults_of_policy(page) == []
    for words in (
        "Say <b>something</b>",
        "<script>alert(1)</script>",
        "at most 8,000 characters",
        "Tea",
        "list of integer",
    ):
        assert words in page.text
    anchors = {tag.attributes["id"] for tag in page.tags if "id" in tag.attributes}
    assert {link[1:] for link in page.links() if link.startswith("#")} <= anchors | {"main"}
    assert {"shape-ChatMessage", "shape-Problem"} <= anchors


async def test_the_command_has_the_example_of_the_shape(browser: httpx.AsyncClient) -> None:
    text = Page((await browser.get("/docs")).text).text
    assert "curl -X POST \\\n  'http://shop.test/api/v1/chat/message'" in text
    assert '"message": "Tìm iPhone 15"' in text
