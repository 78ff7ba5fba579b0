"""Styles, scripts, pictures, and what a browser may keep of them."""

import re

import httpx

from tests.web.markup import Page


async def test_styles_and_scripts_are_kept_for_ever_under_an_address_of_their_content(
    browser: httpx.AsyncClient,
) -> None:
    page = Page((await browser.get("/")).text)
    addresses = [each["src"] for each in page.all("script") if each.get("src", "").startswith("/static/")]
    addresses += [each["href"] for each in page.all("link") if each["href"].startswith("/static/")]
    assert len(addresses) == 5
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_page_from_before_an_update_gets_the_new_file_but_does_not_keep_it(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/static/0123456789/shop.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert (await browser.get("/static/0123456789/none.css")).status_code == 404


async def test_styles_load_nothing_from_elsewhere(browser: httpx.AsyncClient) -> None:
    style = (await browser.get("/static/0/shop.css")).text
    assert not re.search(r"url\(|@import|https?:", style)


async def test_the_widget_is_one_script_for_any_site(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/widget.js", headers={"Origin": "https://blog.example"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    for forbidden in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "import("):
        assert forbidden not in answer.text
    again = await browser.get("/widget.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_picture_runs_nothing_even_when_opened_by_itself(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/images/tea-1.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = await browser.get("/images/tea-1.svg", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_only_pictures_are_served_as_pictures(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/images/notes.html")).status_code == 404
    assert (await browser.get("/images/%2e%2e/secrets.svg")).status_code == 404
