"""The door: in whose language, in whose name, and with which questions."""

import json
from typing import Any

import httpx
import pytest

from tests.web.fakes import FakeCatalog, document
from tests.web.markup import Page
from vici.domains.catalog.api import Category
from vici.web.storefront.languages import asked_language
from vici.web.storefront.site import Apis


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.5, vi;q=0.7", "vi"),
        ("fr-FR,fr;q=0.9,en;q=0.3", "en"),
        ("vi;q=0,en;q=0.1", "en"),
        ("fr", None),
        ("*", None),
        ("en;q=x", None),
        ("", None),
    ],
)
def test_the_language_a_browser_asks_for_most_counts(header: str, language: str | None) -> None:
    assert asked_language(header) == language


async def test_who_arrives_with_an_english_browser_is_led_to_english(browser: httpx.AsyncClient) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    led = await browser.get("/", headers=english)
    assert (led.status_code, led.headers["location"]) == (302, "/en/")
    assert "Accept-Language" in led.headers["vary"]
    assert led.headers["cache-control"] == "private, no-cache"
    # A crawler names no language, a link someone sent stays what it is, and so does who chose.
    plain = await browser.get("/")
    assert plain.status_code == 200
    assert {"Cookie", "Accept-Language"} <= {each.strip() for each in plain.headers["vary"].split(",")}
    assert (await browser.get("/products/tea-1", headers=english)).status_code == 200
    assert (await browser.get("/", headers=english | {"Sec-Fetch-Site": "same-origin"})).status_code == 200
    back = await browser.get("/en/remember?language=vi&to=/", headers=english)
    assert (await browser.get(back.headers["location"], headers=english)).status_code == 200


async def test_a_vietnamese_page_is_shown_to_who_chose_english_and_the_switch_keeps_leading_both_ways(
    browser: httpx.AsyncClient,
) -> None:
    await browser.get("/remember?language=en&to=/")
    shown = await browser.get("/products/tea-1")
    assert shown.status_code == 200
    [switch] = [each for each in Page(shown.text).links() if "language=en" in each]
    assert (await browser.get(switch)).headers["location"] == "/en/products/tea-1"
    await browser.get("/en/remember?language=vi&to=/")
    assert (await browser.get("/", headers={"Accept-Language": "en"})).status_code == 200


async def test_the_example_is_made_of_what_the_shop_sells(browser: httpx.AsyncClient) -> None:
    shown = (await browser.get("/")).text
    assert ">trà dưới 60 nghìn</a>" in shown
    assert "/search?q=tr%C3%A0+d%C6%B0%E1%BB%9Bi+60+ngh%C3%ACn" in shown
    assert "headphones" not in (await browser.get("/en/")).text


async def test_a_shelf_nobody_would_ask_for_is_no_example(browser: httpx.AsyncClient, catalog: FakeCatalog) -> None:
    catalog._categories = (
        Category(category_id="tea", names={"vi": "Trà & bánh"}),
        Category(category_id="cups", names={"vi": "Chén"}),
    )
    shown = Page((await browser.get("/")).text)
    assert not [each for each in shown.tags if "hero-example" in each.attributes.get("class", "")]


async def test_only_questions_a_page_answers_are_offered(browser: httpx.AsyncClient, apis: Apis) -> None:
    def asks(html: str) -> list[str]:
        return [each.attributes["data-vici-ask"] for each in Page(html).tags if "data-vici-ask" in each.attributes]

    assert asks((await browser.get("/")).text) == ["Phí giao hàng bao nhiêu?"]
    knowledge: Any = apis.knowledge
    knowledge._documents = (document("returns", "vi", "Đổi trả", "Trong 30 ngày."),)
    assert asks((await browser.get("/en/")).text) == ["How do returns work?"]
    knowledge._documents = ()
    nothing = (await browser.get("/en/")).text
    assert asks(nothing) == []
    assert "delivery and returns" not in nothing


async def test_of_one_shop_alone_no_seller_is_named(browser: httpx.AsyncClient, catalog: FakeCatalog) -> None:
    async def seen(address: str) -> tuple[bool, bool, str]:
        text = (await browser.get(address)).text
        structured = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        seller = json.loads(structured)["@graph"][0]["offers"]["seller"]["name"]
        return "Bán bởi" in text, "Gian hàng" in text, seller

    assert await seen("/products/tea-1") == (True, True, "Tiệm Nhà")
    catalog._shops = catalog._shops[:1]
    assert await seen("/products/tea-1") == (False, False, "Vici")


async def test_a_card_without_a_brand_has_no_brand_line(browser: httpx.AsyncClient, catalog: FakeCatalog) -> None:
    catalog.by_id = {
        "plain": catalog.by_id["tea-1"].model_copy(update={"brand": None, "product_id": "plain"}),
    }
    shown = (await browser.get("/search")).text
    assert "/products/plain" in shown
    assert "card-brand" not in shown
