"""Whatever the catalogue holds is text."""

import json

import httpx
import pytest

from tests.web.fakes import FakeCatalog, product
from tests.web.markup import Page, faults_of_policy
from vici.domains.catalog.api import Price, Translation, Variant

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt; ＜script＞ \u202e",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_text_of_a_product_becomes_code(browser: httpx.AsyncClient, catalog: FakeCatalog, text: str) -> None:
    hostile = product(
        "hostile",
        text,
        brand=text,
        shop_name=text,
        short_description=text,
        description=f"{text}\n\n{text}",
        attributes={text: text},
        translations={"en": Translation(name=text, description=text)},
        options=(text,),
        images=("/images/a.svg?" + text.replace(" ", "+"), "https://elsewhere.test/<b>.png"),
        variants=(
            Variant(variant_id=text, sku=text, options={text: text}, prices=(Price(currency="VND", amount_minor=1),)),
        ),
    )
    catalog.by_id = {"hostile": hostile, **catalog.by_id}
    for address in ("/", "/search", "/products/hostile", "/en/products/hostile"):
        answer = await browser.get(address)
        assert answer.status_code == 200
        page = Page(answer.text)
        assert faults_of_policy(page) == []
        assert text in page.text
        for tag, content in page.raw:
            if tag.attributes.get("type") == "application/ld+json":
                assert json.loads(content)["@graph"][0]["name"] == text
    variant = next(each["href"] for each in page.all("a") if each.get("class", "").startswith("value"))
    assert (await browser.get(variant)).status_code == 200
