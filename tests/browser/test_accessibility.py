"""No page has a serious fault for people who see, hear or move differently."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, Faults

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


async def assert_no_serious_fault(page: Page) -> None:
    found = (await Axe().run(page, options=OPTIONS)).response["violations"]
    assert [
        (each["id"], each["impact"], node["target"], node.get("failureSummary", ""))
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/search?q=headphones under 5 million&in_stock=1",
        "/search?q=zzzz",
        "product",
        "/pages/delivery",
        "/docs#shape-Product",
        "/nowhere",
    ],
)
async def test_a_page_has_no_serious_fault(
    visitor: Callable[..., Any], address: str, scheme: str, faults: Faults
) -> None:
    faults.expected.append("404")
    page = await (await visitor(color_scheme=scheme)).new_page()
    if address == "product":
        await page.goto("/search?q=điện thoại")
        await page.locator(".card-name a").first.click()
        await page.wait_for_url(re.compile("/products/"))
    else:
        await page.goto(address)
    await page.wait_for_load_state("networkidle")
    await assert_no_serious_fault(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
async def test_the_open_chat_has_no_serious_fault(
    visitor: Callable[..., Any], scheme: str, device: dict[str, Any]
) -> None:
    page = await (await visitor(color_scheme=scheme, **device)).new_page()
    await page.goto("/")
    chat = await Chat(page).open()
    await assert_no_serious_fault(page)
    await chat.ask("tìm tai nghe")
    await chat.ask("Phí giao hàng bao nhiêu?")
    await assert_no_serious_fault(page)


async def test_a_screen_reader_hears_each_answer_whole(page: Page) -> None:
    await page.goto("/")
    chat = await Chat(page).open()
    answer = await chat.ask("Phí giao hàng bao nhiêu?")
    said = page.locator("vici-chat [role=status]")
    first = (await answer.locator(".bubble").first.inner_text()).split("\n")[0]
    await expect(said).to_contain_text(first[:40])
    assert await chat.list.get_attribute("aria-live") == "off"


async def test_a_screen_reader_hears_how_many_are_left(page: Page) -> None:
    await page.goto("/search?q=điện thoại")
    heard = page.locator("#heard")
    assert await heard.inner_text() == ""
    await page.locator("input[type=checkbox][name=brand]").first.check()
    await expect(heard).to_have_text(re.compile(r"^\d+ sản phẩm$"))
    assert await heard.inner_text() == await page.locator("#results-count").inner_text()


async def test_the_way_to_the_content_is_short(page: Page) -> None:
    await page.goto("/")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
