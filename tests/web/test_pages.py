"""Every page, as a browser without a script sees it."""

import gzip
import json
from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.web.markup import Page, faults_of_policy

PAGES = [
    "/",
    "/search?q=trà",
    "/search?q=trà+dưới+200k",
    "/search?q=không+có+gì",
    "/categories/tea",
    "/categories/green%2Ftea?in_stock=1",
    "/categories/cups",
    "/brands/Sen%20%26%20S%C3%BAng",
    "/shops/main?sort=price_low",
    "/products/tea-1",
    "/products/lotus%2Ftea?variant=l-blue",
    "/products/gone",
    "/pages/delivery",
    "/nowhere",
]


async def page(browser: httpx.AsyncClient, address: str, status: int = 200, **headers: str) -> Page:
    answer = await browser.get(address, headers=headers)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
async def test_every_page_obeys_the_content_security_policy_and_says_its_language(
    browser: httpx.AsyncClient, address: str, prefix: str
) -> None:
    shown = await page(browser, prefix + address, 404 if address == "/nowhere" else 200)
    assert faults_of_policy(shown) == []
    assert shown.all("html")[0]["lang"] == ("en" if prefix else "vi")
    assert [each["content"] for each in shown.all("meta") if each.get("name") == "viewport"]
    assert len([tag for tag in shown.tags if tag.name == "h1"]) == 1
    assert len(shown.all("main")) == 1
    ids = [tag.attributes["id"] for tag in shown.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))


async def test_every_link_of_the_shop_leads_to_a_page(browser: httpx.AsyncClient) -> None:
    known, waiting = set(), ["/", "/en/"]
    while waiting:
        address = waiting.pop()
        if address in known or len(known) > 250:
            continue
        known.add(address)
        answer = await browser.get(address)
        assert answer.status_code in (200, 303), f"{address}: {answer.status_code}"
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            shown = Page(answer.text)
            found = shown.links() + [each["src"] for each in shown.all("img") + shown.all("script") if "src" in each]
            waiting += [
                each for each in found if each.startswith("/") and not each.endswith("/docs")
            ]  # of the whole application
    assert len(known) > 100


async def test_a_product_shows_the_variant_that_was_chosen(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/products/lotus%2Ftea?variant=l-blue")
    assert "200.000 ₫" in shown.text
    assert "250.000 ₫" in shown.text
    assert "US$" in shown.text
    assert "LOTUS-L-BLUE" in shown.text
    assert shown.all("img")[0]["src"] == "/images/lotus-blue.svg"
    choices = [each for each in shown.all("a") if each.get("class", "").startswith("value")]
    assert [each["href"].partition("variant=")[2] for each in choices] == ["s-blue", "l-blue", "l-red", "l-blue"]
    assert ["is-gone" in each["class"] for each in choices] == [True, False, False, False]
    assert ["aria-current" in each for each in choices] == [False, True, False, True]


async def test_a_product_opens_with_a_variant_that_is_in_stock(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/products/lotus%2Ftea")
    assert "Chỉ còn 3" in shown.text
    assert "100.000 ₫" in shown.text


async def test_stock_is_said_plainly(browser: httpx.AsyncClient) -> None:
    assert "Hết hàng" in (await page(browser, "/products/tea-0")).text
    assert "Only 1 left" in (await page(browser, "/en/products/tea-1")).text
    assert "Còn hàng" in (await page(browser, "/products/tea-6")).text
    assert "không còn bán" in (await page(browser, "/products/gone")).text


async def test_a_product_is_told_in_the_language_of_the_page_where_it_can_be(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/en/products/lotus%2Ftea")
    assert "Lotus tea" in shown.text
    assert "Weight" in shown.text
    assert "Red" in shown.text
    assert "Đỏ" not in shown.text
    assert "Đoạn một." in shown.text  # not translated: better in Vietnamese than not at all


async def test_structured_data_says_what_the_page_says(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/products/lotus%2Ftea?variant=l-blue")
    (data,) = [json.loads(content) for tag, content in shown.raw if tag.attributes.get("type") == "application/ld+json"]
    offer, trail = data["@graph"]
    assert offer["offers"]["price"] == "200000"
    assert offer["offers"]["availability"].endswith("InStock")
    assert offer["image"][0] == "http://shop.test/images/lotus-blue.svg"
    assert offer["offers"]["url"] == "http://shop.test/products/lotus%2Ftea"
    assert [each["name"] for each in trail["itemListElement"]] == ["Trà", "Trà xanh"]


async def test_a_draft_is_nobodys_business(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/products/draft")).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/products/none", 404),
        ("/categories/none", 404),
        ("/brands/none", 404),
        ("/shops/none", 404),
        ("/pages/none", 404),
        ("/images/none.svg", 404),
        ("/nowhere", 404),
        ("/search?q=a%00b", 422),
        ("/products/%01", 422),
        ("/search?cursor=nonsense", 422),
    ],
)
async def test_what_is_not_there_is_a_page_to_browsers_and_a_problem_to_programs(
    browser: httpx.AsyncClient, address: str, status: int
) -> None:
    shown = await page(browser, address, status)
    assert shown.all("form")
    told = await browser.get(address, headers={"Accept": "*/*"})
    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"


async def test_error_pages_speak_the_language_of_the_address(browser: httpx.AsyncClient) -> None:
    assert "There is no such page" in (await page(browser, "/en/nowhere", 404)).text
    assert "Không có trang này" in (await page(browser, "/english", 404)).text


async def test_a_fault_shows_a_page_with_its_number_and_nothing_of_the_inside(
    browser: httpx.AsyncClient, apis: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(apis.catalog, "shops", broken)  # type: ignore[attr-defined]
    answer = await browser.get("/")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "secret" not in answer.text
    assert faults_of_policy(Page(answer.text)) == []


async def test_an_address_of_the_api_is_never_answered_with_a_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_pages_are_compressed_and_not_sent_twice(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/products/tea-1", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = await browser.get("/products/tea-1", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    dark = await browser.get(
        "/products/tea-1", headers={"If-None-Match": first.headers["etag"], "Cookie": "theme=dark"}
    )
    assert dark.status_code == 200
    assert Page(dark.text).all("html")[0]["data-theme"] == "dark"


async def test_head_answers_like_get_without_a_body(browser: httpx.AsyncClient) -> None:
    for address, status in (("/", 200), ("/products/none", 404)):
        assert (await browser.head(address)).status_code == status


async def test_a_policy_shows_its_markdown_and_nothing_that_runs(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/pages/delivery")
    assert "24 giờ" in shown.text
    assert len(shown.all("table")) == 1
    hours = await page(browser, "/pages/hours")
    assert "<script>alert(1)</script>" in hours.text
    assert not [each for each in hours.links() if each.startswith("javascript")]


async def test_a_policy_that_is_not_translated_is_shown_in_the_other_language(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/en/pages/hours")
    assert "Giờ mở cửa" in shown.text
    assert "only available in Vietnamese" in shown.text
    assert [each["lang"] for each in shown.all("article")] == ["vi"]


async def test_the_first_page_shows_what_the_shop_has(browser: httpx.AsyncClient) -> None:
    shown = await page(browser, "/")
    for words in ("Trà", "Mới về", "Tiệm Nhà", "Tiệm Hai", "Sen & Súng"):
        assert words in shown.text
    assert not [each for each in shown.links() if "cups" in each and "hero" in each]


async def test_a_page_weighs_little(browser: httpx.AsyncClient) -> None:
    for address in ("/", "/search?q=trà&shown=48", "/products/lotus%2Ftea"):
        answer = await browser.get(address)
        shown = Page(answer.text)
        parts = [each["src"] for each in shown.all("script") if "src" in each]
        parts += [each["href"] for each in shown.all("link") if each.get("rel") in ("stylesheet", "icon")]
        sent = len(gzip.compress(answer.content)) + sum(
            [len(gzip.compress((await browser.get(part)).content)) for part in parts]
        )
        assert sent < 100_000


async def test_crawlers_find_every_page_in_both_languages(browser: httpx.AsyncClient) -> None:
    robots = (await browser.get("/robots.txt")).text
    assert "Sitemap: http://shop.test/sitemap.xml" in robots
    document = ET.fromstring((await browser.get("/sitemap.xml")).content)
    addresses = [each.text or "" for each in document.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://shop.test/en/products/lotus%2Ftea" in addresses
    assert "http://shop.test/products/draft" not in addresses
    for address in addresses:
        assert (await browser.get(address)).status_code == 200, address
