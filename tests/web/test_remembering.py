"""Language and colours, as someone chose them."""

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


async def test_a_chosen_language_is_remembered_at_the_door(browser: httpx.AsyncClient) -> None:
    chosen = await browser.get("/remember?language=en&to=/products/lotus%252Ftea")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/en/products/lotus%2Ftea")
    assert (await browser.get("/")).headers["location"] == "/en/"
    assert (await browser.get("/products/tea-1")).status_code == 200  # a link someone sent stays what it is
    back = await browser.get("/en/remember?language=vi&to=/")
    assert back.headers["location"] == "/"
    assert (await browser.get("/")).status_code == 200


async def test_chosen_colours_are_remembered(browser: httpx.AsyncClient) -> None:
    await browser.get("/remember?theme=dark&to=/")
    assert '<html lang="vi" data-theme="dark">' in (await browser.get("/")).text
    await browser.get("/remember?theme=purple&to=/")
    assert 'data-theme="dark"' in (await browser.get("/")).text


@pytest.mark.parametrize(
    "to", ["//evil.example", "/\\evil.example", "https://evil.example", "\\\\evil", "/a\nb", "", "@evil"]
)
async def test_the_way_back_never_leads_out_of_the_shop(browser: httpx.AsyncClient, to: str) -> None:
    answer = await browser.get("/remember", params={"theme": "dark", "to": to})
    assert answer.headers["location"] == "/"


@given(to=st.text(max_size=30), language=st.text(max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
async def test_any_way_back_stays_on_this_host(browser: httpx.AsyncClient, to: str, language: str) -> None:
    answer = await browser.get("/remember", params={"language": language, "to": to})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/")
    assert httpx.URL("http://shop.test").join(answer.headers["location"]).host == "shop.test"
