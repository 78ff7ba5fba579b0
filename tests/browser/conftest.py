"""A real browser on the real shop: one shop for all test processes, one browser for each."""

import http.server
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests import servers

# No look-ups of the browser's own at its maker, which a closed network refuses one by one.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The browser lives in one event loop, and so must every test that uses it.
    for item in items:
        if "tests/browser/" in str(item.path.as_posix()):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    try:
        return servers.chromium()
    except servers.Missing as reason:
        pytest.skip(str(reason))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def shop(server_url: Callable[[str], str]) -> str:
    return server_url("shop")


class Faults(list[str]):
    """What the console said against us. A test names the words it expects there."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: list[str] = []

    def note(self, text: str) -> None:
        if not any(words in text for words in self.expected):
            self.append(text)


@pytest.fixture
def faults() -> Iterator[Faults]:
    """Every test ends with an empty console: no error, no breach of the content security policy."""
    noted = Faults()
    yield noted
    assert noted == []


Visit = Callable[..., Any]


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, shop: str, faults: Faults) -> AsyncIterator[Callable[..., Any]]:
    """Opens contexts: people with a device and settings of their own."""
    contexts: list[BrowserContext] = []

    async def come(**settings: Any) -> BrowserContext:
        context = await browser.new_context(
            base_url=shop,
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "locale": "vi-VN", **settings},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)

        def watch(page: Page) -> None:
            page.on("console", lambda said: faults.note(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: faults.note(str(error)))

        context.on("page", watch)
        return context

    yield come
    for context in contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(visitor: Callable[..., Any]) -> Page:
    return await (await visitor()).new_page()


@asynccontextmanager
async def another_site(html: str, policy: str) -> AsyncIterator[str]:
    """A page of somebody else, on another origin."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = html.encode() if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
