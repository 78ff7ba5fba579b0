"""A shopper looks around: search, filter, choose."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, Faults
from tests.browser.layout import layout_shift


async def mark(page: Page) -> None:
    """A reload would lose this."""
    await page.evaluate("window.stillHere = true")


async def is_same_page(page: Page) -> bool:
    return await page.evaluate("window.stillHere === true")


async def test_suggestions_come_while_one_types_and_can_be_chosen_by_keyboard(page: Page) -> None:
    await page.goto("/")
    field = page.get_by_role("combobox")
    await field.press_sequentially("tai", delay=20)
    options = page.locator("#suggestions [role=option]")
    await expect(options.first).to_be_visible()
    await field.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    address = await options.first.get_attribute("href")
    assert address is not None
    await field.press("Escape")
    await expect(options.first).not_to_be_visible()
    await field.press("ArrowDown")
    await field.press("Enter")
    await page.wait_for_url(lambda url: url.endswith(address))


async def test_search_filter_and_back_without_a_reload(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("combobox").fill("tai nghe")
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/search\?q=tai\+nghe"))
    await expect(page.locator(".card").first).to_be_visible()
    everything = await page.locator("#results-count").inner_text()
    await mark(page)
    box = page.locator("input[type=checkbox][name=brand]").first
    brand = await box.get_attribute("value")
    await box.check()
    await page.wait_for_url(re.compile("brand="))
    await expect(page.locator("#results-count")).not_to_have_text(everything)
    assert set(await page.locator(".card-brand").all_inner_texts()) == {brand}
    assert await is_same_page(page)
    await expect(box).to_be_checked()
    await expect(box).to_be_focused()
    await page.locator("a.chip:not(.chip-read)").first.click()
    await expect(page.locator("#results-count")).to_have_text(everything)
    await page.go_back()
    await expect(page.locator(f"input[type=checkbox][name=brand][value='{brand}']")).to_be_checked()
    assert set(await page.locator(".card-brand").all_inner_texts()) == {brand}
    await page.go_back()
    await expect(page.locator("#results-count")).to_have_text(everything)


async def test_more_products_keep_their_place_in_the_address(page: Page) -> None:
    await page.goto("/search")
    await expect(page.locator(".card")).to_have_count(24)
    await mark(page)
    await page.locator("#more .button").click()
    await expect(page.locator(".card")).to_have_count(48)
    assert await is_same_page(page)
    assert "shown=48" in page.url
    last = page.locator(".card-name a").last
    name = await last.inner_text()
    await last.click()
    await expect(page.locator("h1")).to_have_text(name)
    await page.go_back()
    await expect(page.locator(".card")).to_have_count(48)


async def test_what_the_words_were_read_as_can_be_taken_back(page: Page) -> None:
    await page.goto("/search?q=điện thoại dưới 10 triệu")
    chip = page.locator(".chip-read").first
    await expect(chip).to_be_visible()
    chips = await page.locator(".chip-read").count()
    await chip.click()
    await expect(page.locator(".chip-read")).to_have_count(chips - 1)


async def test_sorting_keeps_the_filters(page: Page) -> None:
    await page.goto("/search?q=điện thoại&in_stock=1")
    await page.locator("#sort").select_option("price_low")
    await page.wait_for_url(re.compile("sort=price_low"))
    assert "in_stock=1" in page.url
    await expect(page.locator("#results")).to_be_visible()


async def product_with_variants(page: Page) -> None:
    """Opens a product one can choose a colour of."""
    await page.goto("/search?q=điện thoại")
    for address in [await each.get_attribute("href") for each in await page.locator(".card-name a").all()]:
        await page.goto(str(address))
        if await page.locator("a.value:not([aria-current])").count():
            return
    raise AssertionError("no product has variants")


async def test_choosing_a_variant_changes_the_offer_without_a_reload(page: Page) -> None:
    await product_with_variants(page)
    await mark(page)
    offer = await page.locator("#offer").inner_html()
    chosen = page.locator("a.value:not([aria-current])").first
    name = await chosen.inner_text()
    target = await chosen.get_attribute("href")
    await chosen.click()
    await expect(page.locator("a.value[aria-current]", has_text=name).first).to_be_visible()
    assert await page.locator("#offer").inner_html() != offer
    assert page.url.endswith(str(target))
    assert await is_same_page(page)
    await expect(page.locator("a.value[aria-current]", has_text=name).first).to_be_focused()
    await page.reload()
    await expect(page.locator("a.value[aria-current]", has_text=name).first).to_be_visible()


async def test_the_gallery_shows_the_picture_of_the_thumb(page: Page) -> None:
    await product_with_variants(page)
    thumbs = page.locator(".gallery-thumbs a")
    if not await thumbs.count():
        pytest.fail("a product with colours shows one picture of each")
    await thumbs.last.click()
    await expect(thumbs.last).to_have_attribute("aria-current", "true")
    await expect(page.locator(".gallery-pictures li").last).to_be_in_viewport(ratio=0.5)


async def test_language_and_colours_are_remembered(page: Page) -> None:
    await page.goto("/search?q=tai nghe")
    await page.locator(".top-tools a[hreflang=en]").click()
    await page.wait_for_url(re.compile(r"/en/search\?q=tai"))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.locator("[data-theme-switch]").click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.goto("/")
    await page.wait_for_url(re.compile(r"/en/$"))
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


async def test_everything_but_the_chat_works_without_a_script(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(java_script_enabled=False)).new_page()
    await page.goto("/")
    await page.locator("#search").fill("điện thoại")
    await page.locator("#search").press("Enter")
    await expect(page.locator(".card").first).to_be_visible()
    await page.locator("input[type=checkbox][name=brand]").first.check()
    await page.locator("#filters button[type=submit]").click()
    await page.wait_for_url(re.compile("brand="))
    await page.goto("/search")
    await page.locator("#more .button").click()
    await expect(page.locator(".card")).to_have_count(48)
    await product_with_variants(page)
    await page.locator("a.value:not([aria-current])").first.click()
    await page.wait_for_url(re.compile("variant="))
    await expect(page.locator("[data-vici-ask]").first).not_to_be_visible()


async def test_the_filters_of_a_phone_are_a_sheet(visitor: Callable[..., Any]) -> None:
    page = await (await visitor(**PHONE)).new_page()
    await page.goto("/search?q=điện thoại")
    await expect(page.locator("#filters")).not_to_be_visible()
    await page.locator(".filters-open").tap()
    await expect(page.locator("#filters")).to_be_visible()
    await page.locator("label:has(input[name=brand])").first.tap()
    await page.wait_for_url(re.compile("brand="))
    await expect(page.locator("#filters")).to_be_visible()
    await page.locator(".filters-foot button").first.tap()
    await expect(page.locator("#filters")).not_to_be_visible()
    await expect(page.locator(".filters-open .count")).to_have_text("1")


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
async def test_no_page_is_wider_than_the_screen_or_moves_while_it_loads(
    visitor: Callable[..., Any], width: int, faults: Faults
) -> None:
    faults.expected.append("404")
    page = await (await visitor(viewport={"width": width, "height": 800})).new_page()
    for address in ("/", "/search?q=điện thoại", "/search?q=zzzz", "/pages/delivery", "/nowhere"):
        await page.goto(address)
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert await layout_shift(page) < 0.02, address
